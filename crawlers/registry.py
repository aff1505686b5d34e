"""The outlets: one YAML file each, strictly read."""

import re
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, model_validator

from crawlers import codes, urls
from crawlers.datafile import Strict, build, read_yaml
from crawlers.errors import DataError
from crawlers.restrictions import Restriction, web_address, withheld
from crawlers.selectors import Selectors

SOURCES = Path(__file__).parent / "sources"


class Tier(StrEnum):
    """Always counted and shown apart, never one in place of another."""

    LOCAL = "local"
    REGIONAL = "regional"
    NATIONAL = "national"
    OFFICIAL = "official"
    UNION = "union"


_TIER_OF_LEVEL = {
    "district": Tier.LOCAL, "regional": Tier.REGIONAL, "national": Tier.NATIONAL, "supranational": Tier.UNION,
}  # fmt: skip


def time_zone(name: str) -> str:
    """The name of a zone, if there is one; raises DataError otherwise."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise DataError("", "", name, "a tz database name such as Europe/Minsk") from None
    return name


def _language(code: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", code):
        raise DataError("", "", code, "a BCP 47 language such as be or uz-Cyrl")
    return code


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise DataError("", "", text, "a day such as 2026-11-24, or null") from None


Url = Annotated[str, AfterValidator(web_address)]
Day = Annotated[str, AfterValidator(_day)]


class Expected(Strict):
    """What a healthy fetch of a source shows. Null: not known, and then nothing is said about it."""

    entries: int | None = Field(default=None, gt=0)
    """Entries in one fetch, at least."""
    newest_hours: int | None = Field(default=None, gt=0)
    """Age of the newest entry, at most."""


class Source(Strict):
    """One place of an outlet from which its new texts can be learned."""

    kind: Literal["feed", "sitemap", "wordpress", "listing"]
    url: Url
    selectors: Selectors | None = None
    """Of a listing page, and only of one."""
    content: Literal["full", "summary"] = "summary"
    """Whether the texts of the listing are whole. If not, each article's page is fetched."""
    primary: bool = True
    """Whether it lists all that the outlet publishes. A rubric proves silence of nothing but the rubric."""
    empty_is_usual: bool = False
    expected: Expected | None = None

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if self.kind == "listing" and self.selectors is None:
            raise DataError("", "sources.selectors", "nothing", "the CSS selectors of a listing page")
        if self.kind != "listing" and self.selectors is not None:
            raise DataError(
                "", "sources.selectors", f"selectors of a {self.kind}", "selectors of a listing only"
            )
        if self.kind in ("listing", "sitemap") and self.content == "full":
            raise DataError("", "sources.content", "full", f"summary: a {self.kind} holds no texts")
        return self


class Outlet(Strict):
    """A publisher of one of the sides."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str = Field(min_length=1)
    family: str = Field(min_length=1)
    """Publisher. Outlets of one family are one voice where two are asked for."""
    homepage: Url
    country: str
    region: str | None = None
    level: Literal["national", "regional", "district", "supranational"]
    type: Literal["press", "agency", "broadcaster", "blog", "official", "corporate"]
    control: Literal["state", "private", "public", "exile", "unknown"]
    control_source: Url | None = None
    restrictions: tuple[Restriction, ...] = ()
    reference: bool = False
    """Whether it carried so much of its tier's texts that nothing is claimed without it."""
    languages: tuple[Annotated[str, AfterValidator(_language)], ...] = Field(min_length=1)
    time_zone: Annotated[str, AfterValidator(time_zone)]
    days: tuple[Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"], ...] = ()
    """Of a weekly: the only days on which it publishes. None: any day."""
    sources: tuple[Source, ...]
    """None: the outlet is known and cannot be observed. It is listed and never fetched."""
    on_request: bool = False
    """Fetched only when it is named in the command."""
    hosts: tuple[str, ...] = ()
    """Further hosts on which its articles stand."""
    verified: Day | None
    """Day on which its sources were last seen live, or null."""
    notes: str = ""

    @model_validator(mode="after")
    def _sides(self) -> Self:
        if codes.region(self.country, "", "country") != self.country:
            raise DataError("", "country", self.country, f"capital letters, {self.country.upper()}")
        if not codes.is_country(self.country):
            raise DataError("", "country", self.country, "a two-letter country code")
        if (self.region is None) != (self.level in ("national", "supranational")):
            raise DataError("", "region", self.region, "a region for regional and district outlets, else none")
        if self.region and codes.region(self.region) != self.region:
            raise DataError("", "region", self.region, f"the current code {codes.region(self.region)}")
        if self.region and codes.country_of(self.region) != self.country:
            raise DataError("", "region", self.region, f"a region of {self.country}")
        if self.control != "unknown" and self.control_source is None:
            raise DataError("", "control_source", "nothing", f"the page that shows control: {self.control}")
        for host in self.hosts:
            if not urls.host_of(f"https://{host}"):
                raise DataError("", "hosts", host, "a host such as news.example.by")
        if self.control == "unknown" and self.control_source is not None:
            raise DataError("", "control", "unknown", "what the page in control_source shows")
        for one in self.restrictions:
            if one.kind != "to_verify" and (one.source is None or one.as_of is None):
                missing = "source" if one.source is None else "as_of"
                allowed = "register and day of reading it, or kind: to_verify"
                raise DataError("", f"restrictions.{missing}", "nothing", allowed)
        return self

    @property
    def tier(self) -> Tier:
        return Tier.OFFICIAL if self.type in ("official", "corporate") else _TIER_OF_LEVEL[self.level]

    @property
    def place(self) -> str:
        """Code of the side that its texts count for."""
        return self.region or self.country

    @property
    def observable(self) -> bool:
        """Whether some source lists all that it publishes, so that its silence could be seen at all."""
        return any(source.primary for source in self.sources)

    def withheld(self, profile: str, today: date) -> bool:
        """Whether it is neither fetched for nor named to readers of a profile."""
        return withheld(self.restrictions, profile, today)

    @property
    def weekdays(self) -> frozenset[int]:
        """Its days, Monday being 0; none where it publishes on any."""
        names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
        return frozenset(map(names.index, self.days))

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def is_press(self) -> bool:
        """Editorial: its texts can be coverage. Official and corporate sites only signal events."""
        return self.tier is not Tier.OFFICIAL

    def source_id(self, source: Source) -> str:
        """`outlet/kind`, with a number where an outlet has several of one kind."""
        same = [one for one in self.sources if one.kind == source.kind]
        position = same.index(source)
        return f"{self.id}/{source.kind}" + (f"-{position + 1}" if position else "")

    @property
    def own_hosts(self) -> frozenset[str]:
        """Hosts whose pages are the outlet's own; nothing is fetched for it from any other."""
        further = (f"https://{host}" for host in self.hosts)
        return frozenset(map(urls.host_of, (self.homepage, *(s.url for s in self.sources), *further)))


def load(folder: Path = SOURCES) -> dict[str, Outlet]:
    """All outlets of a folder by id, in the order of their files; raises DataError for the first fault."""
    if not folder.is_dir():
        raise DataError(folder, "", "no such folder", "a folder of <cc>/<outlet>.yml files")
    outlets: dict[str, Outlet] = {}
    addresses: dict[str, Path] = {}
    for path in sorted(folder.glob("*/*.yml")):
        outlet = build(Outlet, read_yaml(path), path)
        if outlet.id != path.stem:
            raise DataError(path, "id", outlet.id, f"the name of the file, {path.stem}")
        if outlet.id in outlets:
            raise DataError(path, "id", outlet.id, "an id that no other outlet has")
        if outlet.country.lower() != path.parent.name:
            raise DataError(path, "country", outlet.country, f"the country of its folder, {path.parent.name}")
        for source in outlet.sources:
            key = urls.canonical(source.url) or source.url
            if key in addresses:
                raise DataError(path, "sources", source.url, f"an address not used in {addresses[key]}")
            addresses[key] = path
        outlets[outlet.id] = outlet
    return outlets
