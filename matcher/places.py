"""The gazetteer: places, organisations and the look-alikes that must not be taken for them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from crawlers import codes
from crawlers.datafile import Strict, build, read_yaml
from crawlers.errors import DataError
from matcher.partialdate import Partial
from matcher.texts import SomeTexts, Texts

PLACES = Path(__file__).parent / "places"


class Place(Strict):
    """A country, region, city or district, or a union of states, with its names by language."""

    id: str
    """ISO code of a country or region; else lower-case words joined by hyphens."""
    kind: Literal["union", "country", "region", "city", "district"]
    within: str | None = None
    """Where it lies today."""
    since: Partial | None = None
    """Since when it lies there, where that has changed."""
    before: str | None = None
    """Where it lay before: a document of that time was signed with this place's authority."""
    names: SomeTexts
    adjectives: Texts = {}
    """Words such as «костромской»: they point to the place, its city or its region alike."""
    ambiguous: bool = False
    """Whether its name is also a common word, so that it counts beside other names of its region only."""
    demonyms: Texts = {}
    """Inhabitants and colloquial names of the land: «гомельчане», «Гомельщина»."""

    @model_validator(mode="after")
    def _coded(self) -> Self:
        if self.kind in ("union", "country", "region"):
            if codes.region(self.id, "", "id") != self.id:
                raise DataError("", "id", self.id, f"the current code {codes.region(self.id)}")
        elif self.within is None:
            raise DataError("", "within", "nothing", "the place that it lies in")
        if (self.since is None) != (self.before is None):
            raise DataError("", "since", self.since and str(self.since), "a date with `before`, or neither")
        return self


class Organisation(Strict):
    """A body, company, institution or venue."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    seat: str
    """Place id."""
    names: SomeTexts
    ambiguous: bool = False
    """Whether its names are common words or shared by others, so that they prove nothing alone."""


class LookAlike(Strict):
    """A phrase that contains a place's or organisation's name and does not mean it."""

    means: str
    phrases: SomeTexts
    within: str | None = None
    """Place id of the region or country it lies in, where it is a place."""


class PlaceFile(Strict):
    places: tuple[Place, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    look_alikes: tuple[LookAlike, ...] = ()


class Gazetteer:
    """All places and organisations by id, and how places lie in one another."""

    def __init__(self, files: Mapping[Path, PlaceFile]) -> None:
        self.files = dict(files)
        self.paths = tuple(files)
        self.places: dict[str, Place] = {}
        self.organisations: dict[str, Organisation] = {}
        self.look_alikes: list[LookAlike] = []
        for path, file in files.items():
            records: list[Place | Organisation] = [*file.places, *file.organisations]
            for record in records:
                if record.id in self.places or record.id in self.organisations:
                    raise DataError(path, "id", record.id, "an id that stands once")
                if isinstance(record, Place):
                    self.places[record.id] = record
                else:
                    self.organisations[record.id] = record
            self.look_alikes += file.look_alikes
        for path, file in files.items():
            for place in file.places:
                if place.within is not None and place.within not in self.places:
                    raise DataError(path, f"{place.id}: within", place.within, "the id of a place")
                if place.before is not None and place.before not in self.places:
                    raise DataError(path, f"{place.id}: before", place.before, "the id of a place")
            for look_alike in file.look_alikes:
                if look_alike.within is not None and look_alike.within not in self.places:
                    raise DataError(path, f"{look_alike.means}: within", look_alike.within, "the id of a place")
            for organisation in file.organisations:
                if organisation.seat not in self.places:
                    raise DataError(path, f"{organisation.id}: seat", organisation.seat, "the id of a place")
        for path, file in files.items():
            for place in file.places:
                self._check_within(place, path)

    def _check_within(self, place: Place, path: Path) -> None:
        """Refuses circles, and regions that lie in anything but their country."""
        chain = [place.id]
        while (above := self.places[chain[-1]].within) is not None:
            if above in chain:
                raise DataError(path, f"{place.id}: within", above, "a place that does not lie in itself")
            chain.append(above)
        wanted = {"country": None, "region": codes.country_of(place.id)}.get(place.kind, place.within)
        if place.within != wanted:
            found = place.within or "nothing"
            raise DataError(path, f"{place.id}: within", found, wanted or "nothing, for a country")

    def chain(self, place: str) -> tuple[str, ...]:
        """The place and all that it lies in, the country last."""
        found = [place]
        while (above := self.places[found[-1]].within) is not None:
            found.append(above)
        return tuple(found)

    def code(self, place: str) -> str:
        """ISO code of the region, or else the country, that a place is or lies in."""
        return next(one for one in self.chain(place) if self.places[one].kind in ("region", "country", "union"))


def load(folder: Path = PLACES) -> Gazetteer:
    """The gazetteer of a folder of YAML files; raises DataError for the first fault."""
    paths = sorted(folder.glob("*.yml"))
    if not paths:
        raise DataError(folder, "", "no file", "a folder of places as *.yml")
    return Gazetteer({path: _read(path) for path in paths})


def _read(path: Path) -> PlaceFile:
    """One file; a fault names the place or organisation by its id rather than by its number."""
    data = read_yaml(path)
    for key, model in (("places", Place), ("organisations", Organisation)):
        records = data.get(key) if isinstance(data, dict) else None
        for record in records if isinstance(records, list) else ():
            if isinstance(record, dict) and record.get("id"):
                build(model, record, f"{path}: {record['id']}")
    return build(PlaceFile, data, path)
