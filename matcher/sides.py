"""Who is named where: the two sides of every entry in one text, and the names of an entry's own."""

from functools import cached_property
from typing import NamedTuple

from crawlers.codes import country_of
from matcher import contexts
from matcher.parties import Parties
from matcher.profiles import Profile, Profiles, Side
from matcher.reading import ReadText, bits, masks
from matcher.terms import Hit, Term

NAMED, LIKELY, WITHIN, ITS_REGION, IN_COUNTRY, ITS_COUNTRY = 1.0, 0.8, 0.7, 0.55, 0.4, 0.3
"""How surely a name stands for a side: itself; an adjective that its town and region share; a town of it; the region
that it lies in; a region, where a country is the side; the country that it lies in."""

_BY_PARTY = ((0.99, NAMED), (0.84, LIKELY), (0.55, WITHIN))


class Name(NamedTuple):
    """A name as it stands in a text."""

    term: Term
    as_region: bool
    """Whether it is an adjective beside a word for a region."""


class Strengths:
    """How surely each name stands for each side of each entry: worked out once per name."""

    def __init__(self, profiles: Profiles, parties: Parties) -> None:
        self._profiles, self._parties = profiles, parties
        self._known: dict[tuple[Name, str | None], dict[str, tuple[float, float]]] = {}

    def of(self, name: Name, hit: Hit) -> dict[str, tuple[float, float]]:
        """Strengths for both sides, of the entries for one of which it is more than 0."""
        code = self._parties.region_of(hit)
        if (name, code) not in self._known:
            found = {
                one: (
                    self._strength(profile.sides[0], name, hit, code),
                    self._strength(profile.sides[1], name, hit, code),
                )
                for one, profile in self._profiles.by_entry.items()
            }
            self._known[name, code] = {one: both for one, both in found.items() if any(both)}
        return self._known[name, code]

    def _strength(self, side: Side, name: Name, hit: Hit, code: str | None) -> float:
        best = max((self._parties.strength(party, hit) for party in side.parties), default=0.0)
        strength = next((value for least, value in _BY_PARTY if best >= least), 0.0)
        if strength == LIKELY and name.term.sense == "adjective":
            if side.level == 1 and name.as_region:
                strength = NAMED
            elif side.level == 2 and name.as_region:
                strength = ITS_REGION
        if code is None:
            return strength
        return max(strength, by_code(side, code))


def by_code(side: Side, code: str) -> float:
    """How surely any name of a region or country stands for a side."""
    if code in side.codes or code in side.homes:
        return ITS_REGION
    if any(country_of(one) == code for one in side.codes):
        return ITS_COUNTRY
    return IN_COUNTRY if country_of(code) in side.codes | side.homes else 0.0


class Named:
    """The names of one text, by entry and side."""

    def __init__(self, read: ReadText, parties: Parties, strengths: Strengths) -> None:
        self._read, self._parties, self._strengths = read, parties, strengths
        self.hits = [self._sure(n) for n in read.sentences]
        self._first: dict[Name, Hit] = {}
        listed = []
        for number, hits in enumerate(self.hits):
            for hit in hits:
                name = self._name(hit)
                self._first.setdefault(name, hit)
                listed.append((number, name))
        self.names = masks(listed)
        self.by_entry: dict[str, tuple[list[tuple[float, int]], list[tuple[float, int]]]] = {}
        """Of each entry and side: strengths with the sentences they stand in, as a mask."""
        for name, mask in self.names.items():
            for entry, both in strengths.of(name, self._first[name]).items():
                sides = self.by_entry.setdefault(entry, ([], []))
                for side in (0, 1):
                    if both[side]:
                        sides[side].append((both[side], mask))

    def best(self, entry: str, side: int, within: int = -1) -> float:
        """The greatest strength of a side in some sentences."""
        listed = self.by_entry.get(entry, ((), ()))[side]
        return max((strength for strength, mask in listed if mask & within), default=0.0)

    def by_sentence(self, entry: str) -> list[tuple[float, float]]:
        """The greatest strength of each side in each sentence."""
        found = [[0.0, 0.0] for _ in self.hits]
        for number, listed in enumerate(self.by_entry.get(entry, ())):
            for strength, mask in listed:
                for sentence in bits(mask):
                    found[sentence][number] = max(found[sentence][number], strength)
        return [(one, other) for one, other in found]

    @cached_property
    def regions(self) -> dict[str, int]:
        """How often each region or country is named, by a name or something of it."""
        counts: dict[str, int] = {}
        for hit in (hit for hits in self.hits for hit in hits):
            if code := self._parties.region_of(hit):
                counts[code] = counts.get(code, 0) + 1
        return counts

    def strength(self, profile: Profile, side: int, hit: Hit) -> float:
        """How surely one hit stands for a side."""
        return self._strengths.of(self._name(hit), hit).get(profile.entry.id, (0.0, 0.0))[side]

    def anchors(self, profile: Profile) -> int:
        """The sentences in which a name that is the entry's alone stands, as a mask."""
        there = (n for n, hits in enumerate(self.hits) if any(self._is_anchor(profile, hit) for hit in hits))
        return sum(1 << number for number in there)

    def anchor_hits(self, profile: Profile) -> list[Hit]:
        """Names that are the entry's alone."""
        return [hit for hits in self.hits for hit in hits if self._is_anchor(profile, hit)]

    @cached_property
    def anchored(self) -> set[str]:
        """Ids of the entries that an anchor in the text may stand for."""
        terms = {hit.term for hits in self.hits for hit in hits}
        return {term.id for term in terms if term.sense == "anchor"} | {
            entry for term in terms if (entry := self._parties.sole_entry(term))
        }

    def organisations(self, profile: Profile) -> tuple[int, int]:
        """How many organisations are parties, and how many of these are named."""
        wanted = [p.organisation for side in profile.sides for p in side.parties if p.organisation]
        there = {name.term.id for name in self.names if name.term.sense == "organisation"}
        return len(wanted), sum(one in there for one in wanted)

    def _is_anchor(self, profile: Profile, hit: Hit) -> bool:
        if self._parties.sole_entry(hit.term) == profile.entry.id:
            return True
        return hit.term.sense == "anchor" and hit.term.id == profile.entry.id and self._is_between(profile, hit)

    def _is_between(self, profile: Profile, anchor: Hit) -> bool:
        """Not «IV Форум регионов Беларуси и Узбекистана»: of two names after an anchor both must be of a side."""
        named = contexts.two_names(self._read.clean, anchor.end)
        countries = {country_of(code) for side in profile.sides for code in side.codes}
        return all(
            any(
                h.start == start and (self._parties.region_of(h) or "")[:2] in countries
                for h in self._read.hits
            )
            for start in named
        )

    def _name(self, hit: Hit) -> Name:
        folded = self._read.folded
        return Name(hit.term, hit.term.sense == "adjective" and contexts.is_region(folded, hit.start, hit.end))

    def _sure(self, sentence: int) -> list[Hit]:
        """Hits of a sentence; a common word that is also a town only beside another name of its region."""
        by_sentence = self._read.hits_by_sentence
        around = range(max(0, sentence - 1), min(len(by_sentence), sentence + 2))
        return [
            hit
            for hit in by_sentence[sentence]
            if not self._parties.is_ambiguous(hit)
            or any(self._parties.is_beside(hit, by_sentence[n]) for n in around)
        ]
