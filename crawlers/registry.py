"""The outlets: one YAML file each, strictly read."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, model_validator

from crawlers import codes, urls
from crawlers.datafile import Strict, build, read_yaml
from crawlers.errors import DataError

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


def _web_address(url: str) -> str:
    if not urls.is_web(url):
        raise DataError("", "", url, "an http or https address")
    return url


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise DataError("", "", name, "a tz database name such as Europe/Minsk") from None
    return name


Url = Annotated[str, AfterValidator(_web_address)]


class Source(Strict):
    """One place of an outlet from which its new texts can be learned."""

    kind: Literal["feed", "sitemap", "wordpress"]
    url: Url
    content: Literal["full", "summary"] = "summary"
    """Whether the texts of the listing are whole. If not, each article's page is fetched."""
    primary: bool = True
    """Whether it lists all that the outlet publishes. A rubric proves silence of nothing but the rubric."""
    empty_is_usual: bool = False


class Restriction(Strict):
    """A legal restriction on reading or linking an outlet somewhere; such an outlet is withheld there."""

    jurisdiction: str
    kind: str
    since: str
    until: str | None = None
    source: Url
    as_of: str


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
    languages: tuple[str, ...] = Field(min_length=1)
    time_zone: Annotated[str, AfterValidator(_time_zone)]
    sources: tuple[Source, ...] = Field(min_length=1)
    hosts: tuple[str, ...] = ()
    """Further hosts on which its articles stand."""
    verified: str | None
    """Day on which its sources were last seen live, or null."""
    notes: str = ""

    @model_validator(mode="after")
    def _sides(self) -> Self:
        if codes.region(self.country, "", "country") != self.country:
            raise DataError("", "country", self.country, f"the code as it is written, {self.country.upper()}")
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
        return self

    @property
    def tier(self) -> Tier:
        return Tier.OFFICIAL if self.type in ("official", "corporate") else _TIER_OF_LEVEL[self.level]

    @property
    def place(self) -> str:
        """Code of the side that its texts count for."""
        return self.region or self.country

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
