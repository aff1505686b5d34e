"""Loading the catalogue. The loader is the validator: what it returns is whole and consistent."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from crawlers import codes, kept, text
from crawlers.codes import Pair
from crawlers.datafile import build, read_yaml
from crawlers.errors import DataError
from matcher import frequencies, places, words
from matcher.entries import DOCUMENTS, Entry, EntryFile
from matcher.places import Gazetteer

CATALOGUE = Path(__file__).parent / "catalogue"


@dataclass(frozen=True)
class Catalogue:
    """All entries by id, in the order of the files and of the book, with the gazetteer they refer to."""

    entries: dict[str, Entry]
    gazetteer: Gazetteer
    version: str
    """Fingerprint of all data files: matches carry it."""

    @cached_property
    def lines(self) -> dict[str, tuple[str, ...]]:
        """Chains of documents with the same parties and subject, by the id of the oldest.

        `succeeds` joins entries into one line. `part_of` does so between documents (a plan belongs to the
        line of its agreement), while a plant or contract named in a plan is a line of its own.
        """
        lines: dict[str, list[str]] = {}
        for entry in self.entries.values():
            lines.setdefault(self._head(entry), []).append(entry.id)
        return {line: tuple(members) for line, members in lines.items()}

    def _head(self, entry: Entry) -> str:
        while (above := self._joined_to(entry)) is not None:
            entry = self.entries[above]
        return entry.id

    def _joined_to(self, entry: Entry) -> str | None:
        if entry.succeeds:
            return entry.succeeds[0]
        if entry.part_of and {entry.kind, self.entries[entry.part_of].kind} <= DOCUMENTS:
            return entry.part_of
        return None

    def of_line(self, line: str) -> "Catalogue":
        """The part of the catalogue that a line needs: its documents, what is part of them, what they refer to."""
        kept = set(self.lines[line])
        kept |= {entry.id for entry in self.entries.values() if entry.part_of in kept}
        waiting = list(kept)
        while waiting:
            entry = self.entries[waiting.pop()]
            above = {*entry.succeeds, *((entry.part_of,) if entry.part_of else ())} - kept
            kept |= above
            waiting += above
        return replace(self, entries={name: one for name, one in self.entries.items() if name in kept})

    def pairs(self) -> list[Pair]:
        """All home pairs, in the order of their codes."""
        return sorted({pair for entry in self.entries.values() for pair in entry.pairs})

    def export(self) -> Iterator[dict[str, Any]]:
        """One plain record per entry, in the order of the catalogue."""
        for entry in self.entries.values():
            data = entry.model_dump(mode="json", exclude_defaults=False)
            keys = ("id", "kind", "title", "parties", "pairs", "signed", "ends", "status", "sector", "book")
            record = {key: data.pop(key) for key in keys}
            record["parties"] = [self._party(party) for party in record["parties"]]
            yield record | {key: value for key, value in data.items() if value not in (None, {}, [], False)}

    def _party(self, party: dict[str, Any]) -> dict[str, Any]:
        known = party["place"] or party["organisation"]
        record = self.gazetteer.places.get(known) or self.gazetteer.organisations[known]
        seat = known if party["place"] else self.gazetteer.organisations[known].seat
        name = {language: names[0] for language, names in record.names.items() if names}
        return {"id": known, "name": name, "region": self.gazetteer.code(seat)}


def load(folder: Path = CATALOGUE, gazetteer: Gazetteer | None = None) -> Catalogue:
    """The catalogue of a folder of <cc>/<region>.yml files; raises DataError for the first fault."""
    gazetteer = gazetteer or places.load()
    paths = sorted(folder.glob("*/*.yml"))
    if not paths:
        raise DataError(folder, "", "no file", "a folder of entries as <cc>/<region>.yml")
    entries: dict[str, Entry] = {}
    homes: dict[str, Path] = {}
    titles: dict[str, str] = {}
    named: dict[str, Entry] = {}
    for path in paths:
        for entry in read(path):
            where = f"{path}: {entry.id}"
            if entry.id in entries:
                raise DataError(where, "id", entry.id, f"an id that {homes[entry.id].name} does not use")
            for title in entry.title.values():
                if titles.setdefault(title, entry.id) != entry.id:
                    raise DataError(where, "title", title, f"a title that {titles[title]} does not have")
            _check_names(entry, named, where)
            _check_places(entry, gazetteer, where)
            entries[entry.id], homes[entry.id] = entry, path
    for entry in entries.values():
        for field, ids in (
            ("succeeds", entry.succeeds),
            ("part_of", (entry.part_of,) if entry.part_of else ()),
        ):
            for other in ids:
                if other not in entries:
                    raise DataError(f"{homes[entry.id]}: {entry.id}", field, other, "the id of an entry")
    for entry in entries.values():
        _check_circles(entry, entries, homes, ())
    return Catalogue(entries, gazetteer, fingerprint(folder, gazetteer.paths))


def _check_circles(
    entry: Entry, entries: dict[str, Entry], homes: dict[str, Path], below: tuple[str, ...]
) -> None:
    path = (*below, entry.id)
    for above in (*entry.succeeds, *((entry.part_of,) if entry.part_of else ())):
        if above in path:
            where = f"{homes[entry.id]}: {entry.id}"
            raise DataError(where, "succeeds or part_of", above, "an entry above it, no circle")
        _check_circles(entries[above], entries, homes, path)


def read(path: Path) -> list[Entry]:
    """Entries of one file; a fault names the entry by its id rather than by its number."""
    data = read_yaml(path)
    records = data.get("entries") if isinstance(data, dict) else None
    if isinstance(records, list):
        for record in records:
            name = record.get("id", "an entry without id") if isinstance(record, dict) else "an entry"
            build(Entry, record, f"{path}: {name}")
    return list(build(EntryFile, data, path).entries)


def _check_names(entry: Entry, named: dict[str, Entry], where: str) -> None:
    """Two entries of one name are told apart by anchors, or not at all."""
    for name in {*entry.title.values(), *(name for listed in entry.names.values() for name in listed)}:
        other = named.setdefault(text.fold(name), entry)
        if other is not entry and (not entry.anchors or entry.anchors == other.anchors):
            raise DataError(
                where,
                "names",
                name,
                f"a name that {other.id} does not have, or anchors unlike its",
                "say what differs",
            )


def _check_places(entry: Entry, gazetteer: Gazetteer, where: str) -> None:
    sides = []
    for party in entry.parties:
        if party.place is not None and party.place not in gazetteer.places:
            raise DataError(
                where, "parties.place", party.place, "the id of a place", "add it under matcher/places"
            )
        if party.organisation is not None and party.organisation not in gazetteer.organisations:
            raise DataError(where, "parties.organisation", party.organisation, "the id of an organisation")
        seat = party.place or gazetteer.organisations[party.organisation or ""].seat
        sides.append(gazetteer.code(seat))
    for pair in entry.pairs:
        for side in pair:
            if not any(code == side or codes.country_of(code) == side for code in sides):
                raise DataError(
                    where, "pairs", str(pair), "sides that hold a party: " + ", ".join(sorted(set(sides)))
                )


def fingerprint(folder: Path, gazetteer: Iterable[Path]) -> str:
    """Fingerprint of the data files of a catalogue: its entries, the gazetteer and the words."""
    return kept.digest([*sorted(folder.glob("*/*.yml")), *gazetteer, words.WORDS, frequencies.TABLE])
