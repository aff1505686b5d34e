"""Writing a source file: only one that the loader takes, and never over another."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import yaml

from crawlers import registry, urls
from crawlers.datafile import build
from crawlers.errors import DataError
from crawlers.registry import Outlet


def id_of(country: str, url: str) -> str:
    """The id that an outlet gets by its address: `by-example` for https://www.example.by/."""
    host = urls.host_of(url).partition(":")[0]
    head, _, last = host.rpartition(".")
    name = head if last == country.lower() else host
    return f"{country.lower()}-{re.sub(r'[^a-z0-9]+', '-', name or host).strip('-')}"


def root_of(url: str) -> str:
    """The front page of the site of an address."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, "/", "", ""))


def zone_of(outlets: Mapping[str, Outlet], country: str, region: str | None) -> str:
    """The time zone of the known outlets of a region, or else of a country that has only one."""
    here = {o.time_zone for o in outlets.values() if o.place == (region or country)}
    everywhere = {o.time_zone for o in outlets.values() if o.country == country}
    for zones in (here, everywhere):
        if len(zones) == 1:
            return zones.pop()
    raise DataError("--time-zone", "", "nothing", "a tz database name such as Europe/Minsk")


def write(folder: Path, data: Mapping[str, Any]) -> Path:
    """Writes a new outlet and returns its file; raises DataError for one that exists or is not valid."""
    outlets = registry.load(folder)
    outlet = build(Outlet, dict(data), data.get("id"))
    if outlet.id in outlets:
        raise DataError(outlet.id, "id", outlet.id, "an id that no outlet has", "name another with --id")
    known = {urls.canonical(s.url): o.id for o in outlets.values() for s in o.sources}
    known |= {urls.canonical(o.homepage): o.id for o in outlets.values()}
    for address in (outlet.homepage, *(source.url for source in outlet.sources)):
        if holder := known.get(urls.canonical(address)):
            raise DataError(outlet.id, "url", address, f"an address that {holder} does not have")
    path = folder / outlet.country.lower() / f"{outlet.id}.yml"
    text = yaml.safe_dump(dict(data), allow_unicode=True, sort_keys=False, width=110)
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        wanted = "a folder that you can write"
        raise DataError(
            path, "", error.strerror or str(error), wanted, "set `sources` in the settings"
        ) from None
    try:
        registry.load(folder)
    except DataError:
        path.unlink()
        raise
    return path
