"""Finding names: one Aho-Corasick pass over a text for all forms of all places, organisations and anchors."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

import ahocorasick_rs

from crawlers import text
from matcher.catalogue import Catalogue
from matcher.forms import adjective_forms, forms

Sense = Literal["name", "adjective", "demonym", "organisation", "anchor", "look_alike"]


class Term(NamedTuple):
    """What a form stands for: the id of a place, organisation or entry, and in which way."""

    id: str
    sense: Sense


class Hit(NamedTuple):
    """One place in the text where a form of a term stands."""

    start: int
    end: int
    term: Term


class Anchors:
    """All forms of a catalogue's names, ready to be found."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._terms: dict[str, list[Term]] = {}
        for form, term in _all_forms(catalogue):
            known = self._terms.setdefault(form, [])
            if term not in known:
                known.append(term)
        self._patterns = list(self._terms)
        self._automaton = ahocorasick_rs.AhoCorasick(self._patterns)

    def __len__(self) -> int:
        return len(self._patterns)

    def find(self, clean: str, folded: str) -> list[Hit]:
        """Hits on whole words, without those inside a longer one, in the order of the text.

        `folded` is `clean` folded, of the same length. A name of a place must begin with a capital, unless
        the text has hardly any.
        """
        spans = []
        for number, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            before = folded[start - 1] if start else " "
            after = folded[end] if end < len(folded) else " "
            if not (before.isalnum() or after.isalnum()):
                spans.append((start, -end, number))
        if not spans:
            return []
        capitals = sum(map(str.isupper, clean[:2000])) * 100 > min(len(clean), 2000)
        hits: list[Hit] = []
        reach = -1
        for start, minus_end, number in sorted(spans):
            end = -minus_end
            if end <= reach:
                continue
            reach = end
            for term in self._terms[self._patterns[number]]:
                if not (capitals and term.sense in ("name", "demonym") and not clean[start].isupper()):
                    hits.append(Hit(start, end, term))
        return hits


def _all_forms(catalogue: Catalogue) -> Iterator[tuple[str, Term]]:
    gazetteer = catalogue.gazetteer
    for place in gazetteer.places.values():
        yield from _forms(place.names, Term(place.id, "name"))
        yield from _forms(place.demonyms, Term(place.id, "demonym"))
        for language, adjectives in place.adjectives.items():
            for adjective in adjectives:
                for form in adjective_forms(adjective, language):
                    yield form, Term(place.id, "adjective")
    for organisation in gazetteer.organisations.values():
        yield from _forms(organisation.names, Term(organisation.id, "organisation"))
    for look_alike in gazetteer.look_alikes:
        yield from _forms(look_alike.phrases, Term(look_alike.means, "look_alike"))
    for entry in catalogue.entries.values():
        yield from _forms(entry.anchors, Term(entry.id, "anchor"))


def _forms(names: dict[str, tuple[str, ...]], term: Term) -> Iterable[tuple[str, Term]]:
    for language, listed in names.items():
        for name in listed:
            for form in forms(text.clean(name), language):
                yield form, term
