"""`mediagap sources add, import, export`: new source files, and the list of feeds for others."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from crawlers import codes, opml, registry, sourcefile, urls
from crawlers.datafile import build
from crawlers.errors import DataError, NothingObserved
from crawlers.probe import Target
from crawlers.registry import Outlet
from reports import config
from reports.commands import options
from reports.commands.options import ConfigOption, JsonOption
from reports.commands.sources_check import PortOption, look
from reports.terminal import tell

CountryOption = Annotated[str, typer.Option(help="Country, such as BY.")]
RegionOption = Annotated[
    str | None, typer.Option(help="Region that it covers, such as BY-HO; none: the country.")
]
LevelOption = Annotated[
    str | None,
    typer.Option(help="national, regional, district or supranational; regional with a region, else national."),
]
TypeOption = Annotated[
    str, typer.Option("--type", help="press, agency, broadcaster, blog, official or corporate.")
]
TongueOption = Annotated[list[str], typer.Option("--language", help="Language, such as be; may be repeated.")]
ZoneOption = Annotated[str | None, typer.Option("--time-zone", help="Such as Europe/Minsk; by default that of the region's known outlets.")]  # fmt: skip

UNREAD = "restrictions were not looked up"


def add_to(app: typer.Typer) -> None:
    """Makes these commands part of the group `sources`."""
    for name, command in (("add", add), ("import", import_), ("export", export)):
        app.command(name)(command)


def add(
    url: Annotated[str, typer.Argument(help="The homepage, or a feed.")],
    country: CountryOption, language: TongueOption, region: RegionOption = None, level: LevelOption = None,
    type_: TypeOption = "press", time_zone: ZoneOption = None,
    name: Annotated[str | None, typer.Option("--id", help="Id and name of the file; by default from the address.")] = None,
    title: Annotated[str | None, typer.Option(help="As the outlet writes it; by default that of its page.")] = None,
    family: Annotated[str | None, typer.Option(help="Publisher, where it has other outlets; by default its own id.")] = None,
    ports: PortOption = None, config_file: ConfigOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Discover the feed of a site and write its file. Example: mediagap sources add https://example.by/ --country BY --language be"""
    settings = config.load(config_file)
    data = _outlet(settings, url, country, language, region, level, type_, time_zone, name)
    if data["id"] in registry.load(settings.sources):
        raise DataError("--id", "", data["id"], "an id that no outlet has", "name another with --id")
    (found,) = look(settings, [Target(data["id"], "page", url, url, data["time_zone"])], ports)
    if not found.reached:
        raise NothingObserved(f"{url}: not reached ({found.message})")
    if not found.proposals:
        raise DataError(url, "", found.message or "no feed", "a feed or a page that announces one", "write the file by hand")  # fmt: skip
    best = found.proposals[0]
    today = datetime.now(UTC).date().isoformat()
    data |= {
        "title": title or found.title or data["id"], "family": family or data["id"],
        "sources": [{"kind": best.kind, "url": best.url, "content": "full" if best.kind == "wordpress" else "summary"}],
        "verified": today, "notes": f"{best.kind} {best.reason} on {today}, {best.entries} entries; {UNREAD}",
    }  # fmt: skip
    _written([sourcefile.write(settings.sources, data)], [], as_json)


def import_(
    file: Annotated[Path, typer.Argument(help="An OPML file of feeds that are all of one region.")],
    country: CountryOption, language: TongueOption, region: RegionOption = None, level: LevelOption = None,
    type_: TypeOption = "press", time_zone: ZoneOption = None,
    config_file: ConfigOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Write a file for each feed of an OPML list, unseen. Example: mediagap sources import feeds.opml --country BY --language ru"""
    settings = config.load(config_file)
    written, left_out = [], []
    for feed in opml.read(file):
        home = feed.homepage or sourcefile.root_of(feed.url)
        data = _outlet(settings, home, country, language, region, level, type_, time_zone, None)
        data |= {
            "title": feed.title or data["id"], "family": data["id"],
            "sources": [{"kind": "feed", "url": feed.url, "content": "summary"}],
            "verified": None, "notes": f"from the list {file.name}; never fetched by us; {UNREAD}",
        }  # fmt: skip
        try:
            written.append(sourcefile.write(settings.sources, data))
        except DataError as error:
            left_out.append(str(error))
    _written(written, left_out, as_json)


def export(config_file: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Print the feeds as OPML for a feed reader. Example: mediagap sources export > feeds.opml"""
    settings = config.load(config_file)
    today = datetime.now(UTC).date()
    shown = [o for o in registry.load(settings.sources).values() if not o.withheld(settings.profile, today)]
    if as_json:
        feeds = [(o, s) for o in shown for s in o.sources if s.kind == "feed"]
        options.print_json([{"title": o.title, "url": s.url, "homepage": o.homepage} for o, s in feeds])
    else:
        options.print_text(opml.write(shown))


def _outlet(
    settings: config.Settings, url: str, country: str, languages: Sequence[str], region: str | None,
    level: str | None, type_: str, time_zone: str | None, name: str | None,
) -> dict[str, Any]:  # fmt: skip
    nation = codes.region(country, "--country", "")
    area = codes.region(region, "--region", "") if region else None
    if not urls.is_web(url):
        raise DataError("url", "", url, "an http or https address")
    known = registry.load(settings.sources)
    found = {
        "id": name or sourcefile.id_of(nation, url), "title": "", "family": "", "homepage": sourcefile.root_of(url),
        "country": nation, "region": area, "level": level or ("regional" if area else "national"), "type": type_,
        "control": "unknown", "languages": list(languages),
        "time_zone": time_zone or sourcefile.zone_of(known, nation, area),
    }  # fmt: skip
    # what is wrong with the options is told before anything is fetched
    build(Outlet, found | {"title": "x", "family": "x", "sources": [], "verified": None}, found["id"])
    return found


def _written(paths: list[Path], left_out: list[str], as_json: bool) -> None:
    if as_json:
        options.print_json({"files": [str(path) for path in paths], "left_out": left_out})
        return
    for path in paths:
        tell(f"Written: {path}")
    for line in left_out:
        tell(f"Left out: {line}")
    tell(
        "Read what was written; restrictions and control are not known of a new outlet."
        if paths
        else "Nothing written"
    )
