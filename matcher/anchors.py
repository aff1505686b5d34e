"""Finding names: one Aho-Corasick pass over a text for all forms of all places, organisations and anchors."""

from collections.abc import Iterable, Iterator

import ahocorasick_rs

from crawlers import text
from matcher import contexts
from matcher.catalogue import Catalogue
from matcher.forms import adjective_forms, forms, is_given_name
from matcher.suffixed import LANGUAGES, Suffixed
from matcher.terms import Form, Hit, Span, Term

_STREET = Term("a street, square or station", "look_alike")


class Anchors:
    """All forms of a catalogue's names, ready to be found."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._forms: dict[str, list[Form]] = {}
        for text_form, form in _all_forms(catalogue):
            known = self._forms.setdefault(text_form, [])
            if form.term not in (one.term for one in known):
                known.append(form)
        self._patterns = list(self._forms)
        self._automaton = ahocorasick_rs.AhoCorasick(self._patterns)
        self._suffixed = {one: Suffixed(one, _names_in(catalogue, one)) for one in sorted(LANGUAGES)}
        places = catalogue.gazetteer.places.values()
        self._given = {p.id for p in places if any(map(is_given_name, map(text.fold, p.names.get("ru", ()))))}
        self._named_by_adjective = {
            p.id for p in places if p.kind == "region" and " " in p.names.get("ru", ("",))[0]
        }

    def __len__(self) -> int:
        return len(self._patterns)

    @property
    def patterns(self) -> list[str]:
        """Folded forms of all languages that are looked for whole."""
        return self._patterns

    def find(self, clean: str, folded: str, language: str | None = None) -> list[Hit]:
        """Hits on whole words, without those inside a longer one, in the order of the text.

        `folded` is `clean` folded, of the same length. A proper name must begin with a capital, unless the
        text has hardly any. `language`: one that inflects by suffixes, whose names are looked for besides.
        """
        spans = self._longest(folded, language)
        if not spans:
            return []
        capitals = sum(map(str.isupper, clean[:2000])) * 100 > min(len(clean), 2000)
        hits: list[Hit] = []
        for start, end, found in spans:
            terms = [
                form.term for form in found if not (capitals and form.proper and not clean[start].isupper())
            ]
            terms = self._meant(terms, folded, start, end)
            if any(term.sense == "adjective" for term in terms) and contexts.is_street(
                clean, folded, start, end
            ):
                terms = [_STREET]
            hits += [Hit(start, end, term) for term in terms]
        return self._without_persons(hits, clean, folded)

    def _longest(self, folded: str, language: str | None) -> list[Span]:
        spans = self._suffixed[language].find(folded) if language else []
        for number, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            before = folded[start - 1] if start else " "
            after = folded[end] if end < len(folded) else " "
            if not (before.isalnum() or after.isalnum()):
                spans.append(Span(start, end, self._forms[self._patterns[number]]))
        found: list[Span] = []
        for span in sorted(spans, key=lambda one: (one.start, -one.end)):
            if found and (span.start, span.end) == (found[-1].start, found[-1].end):
                known = [form.term for form in found[-1].forms]
                found[-1] = Span(*span[:2], [*found[-1].forms, *(f for f in span.forms if f.term not in known)])
            elif not found or span.end > found[-1].end:
                found.append(span)
        return found

    def _meant(self, terms: list[Term], folded: str, start: int, end: int) -> list[Term]:
        """Of a city that is a region and the region around it, the one that the adjective stands for here."""
        regions = [term for term in terms if term.sense == "adjective"]
        if len(regions) < 2:
            return terms
        wanted = contexts.is_region(folded, start, end)
        return [t for t in terms if t not in regions or (t.id in self._named_by_adjective) == wanted]

    def _without_persons(self, hits: list[Hit], clean: str, folded: str) -> list[Hit]:
        """Leaves out given names: «Владимир Домашевский», and what else the text says of Владимир."""
        given = [hit for hit in hits if hit.term.sense == "name" and hit.term.id in self._given]
        if not given:
            return hits
        starts = {hit.start for hit in hits}
        lone = [hit for hit in given if not contexts.stands_in_place(folded, hit.start)]
        persons = {h.term for h in lone if contexts.is_followed_by_surname(clean, h.end, starts.__contains__)}
        return [hit for hit in hits if hit not in lone or hit.term not in persons]


def _all_forms(catalogue: Catalogue) -> Iterator[tuple[str, Form]]:
    gazetteer = catalogue.gazetteer
    for place in gazetteer.places.values():
        yield from _forms(place.names, Term(place.id, "name"))
        yield from _forms(place.demonyms, Term(place.id, "demonym"))
        for language, adjectives in place.adjectives.items():
            for adjective in adjectives:
                for form in adjective_forms(adjective, language):
                    yield form, Form(Term(place.id, "adjective"), False)
    for organisation in gazetteer.organisations.values():
        yield from _forms(organisation.names, Term(organisation.id, "organisation"))
    for look_alike in gazetteer.look_alikes:
        yield from _forms(look_alike.phrases, Term(look_alike.means, "look_alike"))
    for entry in catalogue.entries.values():
        yield from _forms(entry.anchors, Term(entry.id, "anchor"))


def _forms(names: dict[str, tuple[str, ...]], term: Term) -> Iterable[tuple[str, Form]]:
    for language, listed in names.items():
        for name in listed:
            proper = term.sense in ("name", "demonym") and name[:1].isupper()
            for form in forms(text.clean(name), language):
                yield form, Form(term, proper)


def _names_in(catalogue: Catalogue, language: str) -> Iterator[tuple[str, Form]]:
    """Names of one language as they stand, with the capital that the names of towns need: in Tajik «душанбе» is a
    day of the week.
    """
    gazetteer = catalogue.gazetteer
    for place in gazetteer.places.values():
        proper = place.kind != "country" and language != "ka"
        for sense, listed in (
            ("name", place.names),
            ("adjective", place.adjectives),
            ("demonym", place.demonyms),
        ):
            for name in listed.get(language, ()):
                yield name, Form(Term(place.id, sense), proper and sense == "name" and name[:1].isupper())  # type: ignore[arg-type]
    for organisation in gazetteer.organisations.values():
        for name in organisation.names.get(language, ()):
            yield name, Form(Term(organisation.id, "organisation"), False)
    for entry in catalogue.entries.values():
        for name in entry.anchors.get(language, ()):
            yield name, Form(Term(entry.id, "anchor"), False)
