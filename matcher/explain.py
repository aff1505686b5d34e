"""All that the matcher sees in one text, entry by entry, for people who ask why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from crawlers import codes, text
from crawlers.codes import Pair
from matcher.entries import Entry
from matcher.match import Matcher
from matcher.parties import Parties
from matcher.reading import ReadText
from matcher.records import Evidence, Match, Text
from matcher.terms import Hit

Side = Literal["belarus", "partner"]
SIDES: tuple[Side, Side] = ("belarus", "partner")


class Spot(NamedTuple):
    """A stretch of `Explanation.text`, in characters from its beginning."""

    word: str
    start: int
    end: int


class Named(NamedTuple):
    """A name that stands for a side of an entry."""

    side: Side
    spot: Spot
    stands_for: str
    """Id of the place or organisation."""
    strength: float
    """From 0 (says nothing of the party) to 1 (names it)."""


class Reason(NamedTuple):
    """One feature of a match, with every place of the text that its words stand in."""

    feature: str
    value: float
    words: tuple[str, ...]
    spots: tuple[Spot, ...]


@dataclass(frozen=True)
class Candidate:
    """An entry that the matcher weighs, or that was asked about."""

    entry: str
    found: Match | None
    """None where too little speaks for it."""
    named: tuple[Named, ...]
    reasons: tuple[Reason, ...]
    probability: float | None = None
    """That the text is about it; None where the matcher does not weigh it at all."""
    features: Mapping[str, float] = field(default_factory=dict)
    """What the matcher weighs, by name."""
    contributions: Mapping[str, float] = field(default_factory=dict)
    """What each feature or product of two adds to the log-odds."""

    @property
    def missing(self) -> list[Side]:
        """Sides that nothing in the text stands for."""
        return [side for side in SIDES if side not in {one.side for one in self.named}]

    def plain(self) -> dict[str, Any]:
        return {
            "entry": self.entry,
            "grade": self.found.grade.value if self.found else None,
            "score": self.found.score if self.found else None,
            "passage": self.found.passage if self.found else None,
            "named": [
                {"side": n.side, **n.spot._asdict(), "stands_for": n.stands_for, "strength": n.strength}
                for n in self.named
            ],
            "probability": self.probability,
            "features": dict(self.features),
            "contributions": dict(self.contributions),
            "evidence": [
                {
                    "feature": r.feature, "value": r.value, "words": list(r.words),
                    "found": [spot._asdict() for spot in r.spots],
                }
                for r in self.reasons
            ],
        }  # fmt: skip


@dataclass(frozen=True)
class Explanation:
    """What the matcher of one version has to say of one text."""

    version: str
    text: str
    """Headline, line break, body, cleaned as the matcher reads it."""
    pairs: tuple[Pair, ...]
    candidates: tuple[Candidate, ...]
    """The graded ones first, as they were graded; then by their probability."""

    def plain(self) -> dict[str, Any]:
        return {
            "version": self.version,
            "text": self.text,
            "pairs": [list(pair) for pair in self.pairs],
            "candidates": [one.plain() for one in self.candidates],
        }


class Explainer:
    """Explains texts by one matcher."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._parties = Parties(matcher.catalogue)

    def explain(self, article: Text, entry: str | None = None) -> Explanation:
        """The table for all candidates of a text, or for `entry` alone, be it one or not."""
        result = self._matcher.match(article)
        read = self._matcher.read(article)
        weighed = {one.profile.entry.id: one.values for one in self._matcher.candidates(read)[1]}
        found = {one.entry: one for one in (*result.matches, *result.near_misses)}
        candidates = []
        for name in [entry] if entry is not None else weighed:
            named = tuple(self._named(self._matcher.catalogue.entries[name], read.hits, read))
            match, values = found.get(name), weighed.get(name)
            reasons = tuple(_reasons(read, match))
            if values is None:
                candidates.append(Candidate(name, match, named, reasons))
                continue
            one = self._matcher.model
            candidates.append(
                Candidate(
                    name,
                    match,
                    named,
                    reasons,
                    round(one.probability(values), 3),
                    values,
                    one.contributions(values),
                )
            )
        order = {one: number for number, one in enumerate(found)}
        candidates.sort(key=lambda one: (order.get(one.entry, len(order)), -(one.probability or 0), one.entry))
        return Explanation(self._matcher.version, read.clean, result.pairs, tuple(candidates))

    def _named(self, entry: Entry, hits: list[Hit], read: ReadText) -> Iterator[Named]:
        for hit in hits:
            strengths = [
                (self._parties.strength(party, hit), self._parties.side(party)) for party in entry.parties
            ]
            strength, code = max(strengths)
            if strength > 0:
                side = SIDES[0] if codes.country_of(code) == "BY" else SIDES[1]
                spot = Spot(read.shown(hit), hit.start, hit.end)
                yield Named(side, spot, hit.term.id, round(strength, 3))


def _reasons(read: ReadText, match: Match | None) -> Iterator[Reason]:
    for evidence in match.evidence if match else ():
        yield Reason(evidence.feature, evidence.value, evidence.words, tuple(_spots(read, evidence)))


def _spots(read: ReadText, evidence: Evidence) -> Iterator[Spot]:
    """Where the words of a reason stand: in its sentence and those beside it, or else anywhere."""
    number = evidence.sentence
    near = read.spans[max(0, number - 1) : number + 3] if number is not None else []
    spans = [(near[0][0], near[-1][1])] if near else []
    for word in evidence.words:
        folded = text.fold(word)
        for start, end in (*spans, (0, len(read.folded))):
            place = read.folded.find(folded, start, end)
            if place >= 0:
                yield Spot(read.clean[place : place + len(word)], place, place + len(word))
                break
