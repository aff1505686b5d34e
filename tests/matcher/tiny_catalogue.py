"""A catalogue of three entries with a gazetteer of its own, to be broken by tests."""

from pathlib import Path

from matcher import catalogue, places
from matcher.catalogue import Catalogue
from matcher.places import Gazetteer

TINY_PLACES = """\
places:
  - id: BY
    kind: country
    names: {ru: [Беларусь], be: [Беларусь], en: [Belarus]}
  - id: BY-MA
    kind: region
    within: BY
    names: {ru: [Могилёвская область], be: [Магілёўская вобласць], en: [Mogilev Region]}
    adjectives: {ru: [могилёвский]}
  - id: by-mahiliou
    kind: city
    within: BY-MA
    names: {ru: [Могилёв], be: [Магілёў], en: [Mogilev]}
  - id: RU
    kind: country
    names: {ru: [Россия], en: [Russia]}
  - id: RU-KOS
    kind: region
    within: RU
    names: {ru: [Костромская область], en: [Kostroma Region]}
organisations:
  - id: linen-mill
    seat: by-mahiliou
    names: {ru: [Льнокомбинат]}
"""

TINY_ENTRIES = """\
names_checked: "2026-01-31"
entries:
  - id: tiny-agreement
    kind: agreement
    title: {ru: Соглашение областей, be: Пагадненне абласцей, en: Agreement of the regions}
    parties: [{place: BY-MA}, {place: RU-KOS}]
    pairs: ["BY-MA:RU-KOS"]
    signed: "2006"
    status: signed
    status_as_of: "2017"
    sector: [general]
    book: {chapters: [10]}
  - id: tiny-plan
    kind: plan
    title: {ru: План областей, be: План абласцей, en: Plan of the regions}
    parties: [{place: BY-MA}, {place: RU-KOS}]
    pairs: ["BY-MA:RU-KOS"]
    starts: "2017"
    ends: "2019"
    status: in_force
    status_as_of: "2017"
    part_of: tiny-agreement
    sector: [general]
    book: {chapters: [10]}
  - id: tiny-shop
    kind: dealership
    title: {ru: Магазин льна, be: Крама лёну, en: Linen shop}
    parties: [{organisation: linen-mill}, {place: RU-KOS}]
    pairs: ["BY-MA:RU-KOS"]
    status: running
    status_as_of: "2017"
    part_of: tiny-plan
    size: C
    size_reason: one shop
    sector: [trade]
    book: {chapters: [10]}
"""


class Tiny:
    """A valid catalogue of three entries with a gazetteer of its own, in a folder that a test may change."""

    def __init__(self, folder: Path) -> None:
        self.places = folder / "places" / "tiny.yml"
        self.entries = folder / "catalogue" / "ru" / "tiny.yml"
        for path, content in ((self.places, TINY_PLACES), (self.entries, TINY_ENTRIES)):
            path.parent.mkdir(parents=True)
            path.write_text(content, encoding="utf-8")

    def change(self, old: str, new: str) -> None:
        """Replaces one passage of the entries; a test whose passage is not there fails here."""
        self._change(self.entries, old, new)

    def change_places(self, old: str, new: str) -> None:
        self._change(self.places, old, new)

    def gazetteer(self) -> Gazetteer:
        return places.load(self.places.parent)

    def load(self) -> Catalogue:
        return catalogue.load(self.entries.parent.parent, self.gazetteer())

    @staticmethod
    def _change(path: Path, old: str, new: str) -> None:
        content = path.read_text(encoding="utf-8")
        assert content.count(old) == 1, f"{old!r} stands {content.count(old)} times in {path.name}"
        path.write_text(content.replace(old, new), encoding="utf-8")
