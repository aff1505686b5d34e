"""Finding an entry by any name, part of a name, misspelt name or id, in Cyrillic or Latin letters."""

from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from crawlers import text
from crawlers.errors import DataError
from matcher.catalogue import Catalogue
from matcher.entries import Entry

_LATIN = dict(zip("абвгдежзийклмнопрстуфхцчшщъыьэюяіўґ", ["a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", ".", "y", ".", "e", "yu", "ya", "i", "u", "g"], strict=True))  # fmt: skip
_AS_GOOD = 3.0  # points of likeness within which two entries fit a query alike
_ALIKE = 75  # rapidfuzz ratio below which a word of the query is not found at all


class Found(NamedTuple):
    entry: Entry
    score: float
    """Mean likeness of the query's words, 0 to 100."""


class Lookup:
    """The words of all entries, split and transliterated once for many queries."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        words = {entry.id: _words(catalogue, entry) for entry in catalogue.entries.values()}
        self._there = sorted({word for listed in words.values() for word in listed})
        place = {word: n for n, word in enumerate(self._there)}
        self._of_entry = {name: [place[word] for word in listed] for name, listed in words.items()}

    def find(self, query: str, typing: bool = False) -> list[Found]:
        """Entries of which every word of the query, of a long one all but one, is a word or nearly; likeliest first.

        `typing`: the last word may be the beginning of one.
        """
        if query in self._catalogue.entries:
            return [Found(self._catalogue.entries[query], 100.0)]
        wanted = _latin_words(query)
        likeness = [self._likeness(word, typing and word is wanted[-1]) for word in wanted]
        best = {
            name: [max((one[n] for n in listed if n in one), default=0.0) for one in likeness]
            for name, listed in self._of_entry.items()
        }
        # of three words and more one may be of no entry: «побратимство» where the title says «побратимских связях»
        for spare in (0, 1) if len(wanted) > 2 else (0,):
            found = [
                Found(self._catalogue.entries[name], round(sum(scores) / len(scores), 1))
                for name, scores in best.items()
                if scores and scores.count(0.0) <= spare
            ]
            if found:
                return sorted(found, key=lambda one: (-one.score, one.entry.id))
        return []

    def _likeness(self, word: str, beginning: bool) -> dict[int, float]:
        """How like a word of a query is to the words of the catalogue that are at all like it."""
        alike = process.extract(
            word, self._there, scorer=fuzz.ratio, processor=None, score_cutoff=_ALIKE, limit=None
        )
        found = {place: score for _, score, place in alike}
        if beginning:
            found |= {place: 100.0 for place, one in enumerate(self._there) if one.startswith(word)}
        return found


def find(catalogue: Catalogue, query: str) -> list[Found]:
    """One query by `Lookup.find`."""
    return Lookup(catalogue).find(query)


class Several(DataError):
    """More than one entry fits a query."""

    def __init__(self, where: str, query: str, fitting: list[Entry]) -> None:
        super().__init__(
            where, "", query, f"words that fit one entry, not {len(fitting)}", "add a word or give an id"
        )
        self.fitting = fitting


def one(catalogue: Catalogue, query: str, where: str) -> Entry:
    """The one entry that a query means; raises Several, or DataError with the nearest of none."""
    if query in catalogue.entries:
        return catalogue.entries[query]
    found = find(catalogue, query)
    if not found:
        near = "; ".join(f"{e.id} ({e.title['ru']})" for e in nearest(catalogue, query))
        raise DataError(where, "", query, "a name or id of an entry", f"nearest: {near}")
    best = [each for each in found if each.score >= found[0].score - _AS_GOOD]
    if len(best) > 1:
        raise Several(where, query, [each.entry for each in best])
    return best[0].entry


def nearest(catalogue: Catalogue, query: str, most: int = 3) -> list[Entry]:
    """Entries whose titles are most like a query that finds nothing."""
    titles = {entry.id: _latin(" ".join(entry.title.values())) for entry in catalogue.entries.values()}
    best = process.extract(
        _latin(text.fold(query)), titles, scorer=fuzz.token_set_ratio, processor=None, limit=most
    )
    return [catalogue.entries[key] for _, _, key in best]


def _words(catalogue: Catalogue, entry: Entry) -> list[str]:
    names = [
        *entry.title.values(),
        *(n for listed in entry.names.values() for n in listed),
        entry.id.replace("-", " "),
        *(str(when.first.year) for when in (entry.signed, entry.starts, entry.ends) if when),
    ]
    for party in entry.parties:
        known = party.place or party.organisation or ""
        record = catalogue.gazetteer.places.get(known) or catalogue.gazetteer.organisations[known]
        names += [name for listed in record.names.values() for name in listed]
    return list(dict.fromkeys(word for name in names for word in _latin_words(name)))


@lru_cache(maxsize=65_536)  # a place is a party of hundreds of entries
def _latin_words(name: str) -> tuple[str, ...]:
    return tuple(_latin(word) for word in text.words(text.fold(name)))


def _latin(word: str) -> str:
    return "".join(_LATIN.get(char, char) for char in word.lower()).replace(".", "")
