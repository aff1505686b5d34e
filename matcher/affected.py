"""Which articles of the archive a change of the catalogue can concern, by the full-text index.

An answer of the matcher depends on the names in a text and on the entries both sides of which are named. So an
article that has none of the names that changed, and names no two sides of an entry that changed, is answered as
before. Too many articles found cost time; one too few would keep an answer that no longer holds.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from sqlite3 import Connection

from pydantic import ValidationError

from crawlers import codes, text
from crawlers.errors import DataError
from crawlers.registry import Outlet
from matcher import suffixed
from matcher.catalogue import Catalogue
from matcher.entries import Entry
from matcher.forms import adjective_forms, forms
from matcher.places import Gazetteer, LookAlike, Organisation, Place, PlaceFile

Records = dict[str, str]
"""The data of a catalogue that answers depend on: JSON by kind and id."""

_TERMS = 1000  # of one query
_MODELS: tuple[tuple[str, type[Place | Organisation | LookAlike]], ...] = (
    ("places", Place), ("organisations", Organisation), ("look_alikes", LookAlike),
)  # fmt: skip


def records(catalogue: Catalogue) -> Records:
    gazetteer = catalogue.gazetteer
    found = {f"places {one.id}": one.model_dump_json() for one in gazetteer.places.values()}
    found |= {f"organisations {one.id}": one.model_dump_json() for one in gazetteer.organisations.values()}
    for one in gazetteer.look_alikes:  # several may have one meaning
        found[f"look_alikes {one.model_dump_json()}"] = one.model_dump_json()
    return found | {f"entries {one.id}": one.model_dump_json() for one in catalogue.entries.values()}


def restored(known: Records) -> Catalogue | None:
    """The catalogue that gave these records; None if today's models do not read them."""
    listed: dict[str, list[str]] = {}
    for key, data in known.items():
        listed.setdefault(key.partition(" ")[0], []).append(data)
    try:
        read = {
            kind: tuple(model.model_validate_json(data) for data in listed.get(kind, ()))
            for kind, model in _MODELS
        }
        gazetteer = Gazetteer({Path("known"): PlaceFile.model_validate(read)})
        entries = [Entry.model_validate_json(data) for data in listed.get("entries", ())]
    except (ValidationError, DataError):
        return None
    return Catalogue({entry.id: entry for entry in entries}, gazetteer, "")


def articles(connection: Connection, old: Catalogue, new: Catalogue, outlets: Mapping[str, Outlet]) -> set[int]:
    """Ids of the articles that may be answered otherwise by `new` than by `old`."""
    before, after = records(old), records(new)
    keys = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    changed = {key for key in keys if not key.startswith("entries ")}
    entries = {key.partition(" ")[2] for key in keys - changed}
    organisations = {
        party.organisation for known in (old, new) for entry in entries & known.entries.keys()
        for party in known.entries[entry].parties if party.organisation
    }  # fmt: skip
    found: set[int] = set()
    for known in (old, new):
        index = _Index(connection, known, outlets)
        found |= index.naming(changed)
        for entry in known.entries.values():
            # whether an organisation has one entry only decides what its name proves
            shares = any(party.organisation in organisations for party in entry.parties)
            if entry.id in entries or shares or index.depends(entry, changed):
                found |= index.of_entry(entry)
    return found


class _Index:
    """The names of one catalogue, looked up in the archive's index."""

    def __init__(self, connection: Connection, catalogue: Catalogue, outlets: Mapping[str, Outlet]) -> None:
        self._connection, self._gazetteer, self._outlets = connection, catalogue.gazetteer, outlets
        self._of_code: dict[str, set[int]] = {}

    def depends(self, entry: Entry, changed: set[str]) -> bool:
        """Whether a party, or what it lies in, has changed: its names say who, and so what is the entry's own."""
        for party in entry.parties:
            seat = party.place or self._gazetteer.organisations[party.organisation or ""].seat
            above = {f"places {place}" for place in self._gazetteer.chain(seat)}
            if changed & (above | {f"organisations {party.organisation}"}):
                return True
        return False

    def naming(self, changed: set[str]) -> set[int]:
        """Articles with a name of a changed place, of what lies in it, or of anything else that changed."""
        return self._matching(
            term
            for key, record in self._records()
            if key in changed or any(f"places {above}" in changed for above in self._chain(record))
            for term in _terms(record)
        )

    def of_entry(self, entry: Entry) -> set[int]:
        """Articles that name both sides, or come from one and name the other, or have a name of the entry's own."""
        found = self._matching(term for term in _queries(entry.anchors, True))
        for table in ("matches", "near_misses"):
            rows = self._connection.execute(f"SELECT article FROM {table} WHERE entry = ?", (entry.id,))
            found |= {article for (article,) in rows}
        for pair in entry.pairs:
            found |= self._naming_code(pair.belarus) & self._naming_code(pair.partner)
        return found

    def _naming_code(self, code: str) -> set[int]:
        if code not in self._of_code:
            self._of_code[code] = self._matching(
                term
                for _, record in self._records()
                if code in (own := self._code(record), own and codes.country_of(own))
                for term in _terms(record)
            ) | self._from(code)
        return self._of_code[code]

    def _from(self, code: str) -> set[int]:
        """Articles whose outlet is of a region or country: it goes without saying there."""
        found: set[int] = set()
        for outlet in self._outlets.values():
            if code in (outlet.region, outlet.country):
                rows = self._connection.execute("SELECT id FROM articles WHERE outlet = ?", (outlet.id,))
                found |= {article for (article,) in rows}
        return found

    def _records(self) -> Iterator[tuple[str, Place | Organisation | LookAlike]]:
        for place in self._gazetteer.places.values():
            yield f"places {place.id}", place
        for organisation in self._gazetteer.organisations.values():
            yield f"organisations {organisation.id}", organisation
        for one in self._gazetteer.look_alikes:
            yield f"look_alikes {one.model_dump_json()}", one

    def _chain(self, record: Place | Organisation | LookAlike) -> tuple[str, ...]:
        seat = _seat(record)
        return self._gazetteer.chain(seat) if seat else ()

    def _code(self, record: Place | Organisation | LookAlike) -> str | None:
        seat = _seat(record)
        return self._gazetteer.code(seat) if seat else None

    def _matching(self, terms: Iterable[str]) -> set[int]:
        listed = list(dict.fromkeys(terms))
        found: set[int] = set()
        for begin in range(0, len(listed), _TERMS):
            query = " OR ".join(listed[begin : begin + _TERMS])
            rows = self._connection.execute(
                "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?", (query,)
            )
            found |= {article for (article,) in rows}
        return found


def _seat(record: Place | Organisation | LookAlike) -> str | None:
    if isinstance(record, Place):
        return record.id
    return record.seat if isinstance(record, Organisation) else record.within


def _terms(record: Place | Organisation | LookAlike) -> Iterator[str]:
    if isinstance(record, LookAlike):
        yield from _queries(record.phrases, True)
        return
    yield from _queries(record.names, True)
    if isinstance(record, Place):
        yield from _queries(record.demonyms, True)
        yield from _queries(record.adjectives, False)


def _queries(names: dict[str, tuple[str, ...]], nouns: bool) -> Iterator[str]:
    """Terms of FTS5 for all forms of names; of languages with suffixes, beginnings of all words."""
    for language, listed in names.items():
        for name in listed:
            for form in (forms if nouns else adjective_forms)(text.clean(name), language):
                if words := _words(form):
                    yield '"' + " ".join(words) + '"'
            if language in suffixed.LANGUAGES and (words := _words(text.fold(text.clean(name)))):
                yield "(" + " AND ".join(f'"{suffixed.stem(word, language)}"*' for word in words) + ")"


def _words(folded: str) -> list[str]:
    return re.findall(r"[^\W_]+", folded)
