"""The reasons of a match in words: what of the text speaks for the entry and what against it."""

from collections.abc import Iterable, Iterator

from crawlers import text
from crawlers.codes import country_of
from matcher.features import CAPITALS, Candidate
from matcher.reading import ReadText
from matcher.records import Evidence
from matcher.sides import Named, by_code
from matcher.terms import Hit

# For editors: what it means when the feature is there.
FOR = {
    "parties": "names both parties",
    "near": "names them in one sentence or in two that follow each other",
    "name": "names the document or project itself",
    "subject": "has the words of this kind of document or project beside them",
    "topic": "speaks of the entry's subject",
    "wording": "uses the words of the entry's title",
    "prominent": "does so in the headline or the lead",
    "year": "gives the year of the document",
}
AGAINST = {
    "other_region": "is rather about another region of the partner's country",
    "other_kind": "is on sport or crime",
    "by_region": "is about one region rather than the country",
}


def of(read: ReadText, named: Named, one: Candidate) -> Iterator[Evidence]:
    """Evidence of a candidate, each with a value from 0 to 1 and its words as they stand in the text."""
    window, values = one.window, one.values
    around = range(max(0, window.first - 1), min(len(read.spans), window.last + 2))
    beside = tuple(dict.fromkeys([window.first, window.last, *around, *read.lead]))
    sides = [window.sides[n] or named.best(one.profile.entry.id, n) for n in (0, 1)]
    near = min(window.sides)
    yield Evidence("parties", round((sides[0] * sides[1]) ** 0.5, 3), _parties(read, named, one), window.first)
    yield Evidence("near", round(near if window.first == window.last else 0.8 * near, 3), (), window.first)
    anchors = tuple(dict.fromkeys(read.shown(hit) for hit in named.anchor_hits(one.profile)))
    yield Evidence("name", values["anchor"], anchors[:4])
    yield Evidence("subject", window.subject, read.shown_words(one.profile.groups, beside)[:4], window.first)
    yield Evidence(
        "topic", min(1.0, window.concepts / 15), read.shown_words(one.concepts, beside)[:6], window.first
    )
    yield Evidence(
        "wording", min(1.0, values["wording"]), tuple(_worded(read, one.stems, beside))[:6], window.first
    )
    yield Evidence("prominent", values["leads"], (), window.first)
    yield Evidence("year", values["year"], tuple(sorted(y for y in one.profile.years if y in read.folded)))
    yield Evidence("other_region", min(1.0, values["other_region"]), tuple(_rivals(named, one)))
    yield Evidence("other_kind", values["aside"], read.shown_words(("sport", "crime"), beside)[:4])
    yield Evidence("by_region", values["by_region"], tuple(_rivals(named, one)) if values["by_region"] else ())


def _parties(read: ReadText, named: Named, one: Candidate) -> tuple[str, ...]:
    """For each side the name that stands for it most surely: in the window, or else in the text."""
    found = []
    for side in (0, 1):
        for sentences in ((one.window.first, one.window.last), read.sentences):
            hits = (hit for n in sentences for hit in named.hits[n])
            best = max(
                ((named.strength(one.profile, side, hit), hit) for hit in hits), default=None, key=_strength
            )
            if best and best[0]:
                found.append(read.shown(best[1]))
                break
    return tuple(dict.fromkeys(found))


def _strength(named: tuple[float, Hit]) -> float:
    return named[0]


def _worded(read: ReadText, stems: frozenset[str], sentences: Iterable[int]) -> Iterator[str]:
    seen: set[str] = set()
    for number in sentences:
        start = read.spans[number][0]
        for word in text.word_spans(read.folded_sentence(number)):
            kin = read.stems_of(read.folded[start + word[0] : start + word[1]]) & stems
            if kin - seen:
                seen |= kin
                yield read.clean[start + word[0] : start + word[1]]


def _rivals(named: Named, one: Candidate) -> list[str]:
    countries = {country_of(code) for side in one.profile.sides for code in side.codes}
    return sorted(
        code
        for code in named.regions
        if country_of(code) in countries
        and code not in countries | CAPITALS
        and not any(by_code(side, code) > 0.5 for side in one.profile.sides)
    )[:4]
