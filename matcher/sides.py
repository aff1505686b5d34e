"""The two sides of an entry in a text: where each is named, how surely, and in which sentences both."""

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from crawlers import codes, text
from matcher import contexts
from matcher.entries import DOCUMENTS, Entry, Kind, Party
from matcher.parties import Parties
from matcher.reading import LEAD, ReadText
from matcher.terms import Hit
from matcher.words import pattern_of

OF_REGIONS = frozenset({Kind.TREATY, Kind.AGREEMENT, Kind.PLAN})
"""Kinds whose regional parties must be named as regions: their towns and firms have agreements of their own."""

OF_FIRMS = frozenset(
    {Kind.CONTRACT, Kind.ASSEMBLY, Kind.JOINT_VENTURE, Kind.DEALERSHIP, Kind.PROJECT, Kind.ROUTE}
)
"""Kinds whose firms news may leave out: «белорусские троллейбусы для Кишинёва»."""

_TOWN_FOR_REGION = 0.45
_BY_ITS_REGION = 0.7


class Window(NamedTuple):
    """One sentence that tells, or two that follow each other."""

    first: int
    last: int
    with_headline: bool = False
    """Whether a side is named in the headline only: it has said whose text this is."""

    @property
    def sentences(self) -> range:
        return range(self.first, self.last + 1)


class Sides:
    """Who is named where, for one text and one entry."""

    def __init__(self, read: ReadText, entry: Entry, parties: Parties) -> None:
        self.read, self.entry, self._parties = read, entry, parties
        belarus = [p for p in entry.parties if codes.country_of(parties.side(p)) == "BY"]
        partner = [p for p in entry.parties if p not in belarus]
        self._sides = (belarus or list(entry.parties[:1]), partner or list(entry.parties[1:]))
        self._hits = [self._sure(n) for n in read.sentences]
        self._best: list[list[tuple[float, Hit | None]]] = [
            [self._strongest(hits, side) for side in self._sides] for hits in self._hits
        ]

    @cached_property
    def windows(self) -> list[Window]:
        """Windows in which both parties are named, the headline's first.

        An entry with anchors of its own is told where these stand, wherever the parties are named.
        """
        there = [n for n, hits in enumerate(self.read.hits_by_sentence) if any(map(self._is_anchor, hits))]
        anchored = [Window(n, n) for n in there if min(self.beside(Window(n, n))) > 0.5]
        if self.entry.anchors:
            return anchored
        found = anchored
        for n in self.read.sentences:
            for last in (n, n + 1):
                if last < len(self._best) and all(
                    self._side_in(Window(n, last), side)[0] > 0.5 for side in (0, 1)
                ):
                    found.append(Window(n, last))
                    break
            else:
                if n > LEAD and self._continues_headline(n):
                    found.append(Window(n, n, True))
        return found

    def _continues_headline(self, sentence: int) -> bool:
        """Whether a sentence names a side beside a word for a document, and the headline names the other."""
        if self.entry.kind not in DOCUMENTS or not self._words(("agreement", "twinning"), (sentence,)):
            return False
        own = [side for side in (0, 1) if self._best[sentence][side][0] > 0.5]
        return len(own) == 1 and self._best[0][1 - own[0]][0] > 0.5

    @cached_property
    def anchored(self) -> bool:
        """Whether a name that an article about the entry must contain is there, if it has such names."""
        return not self.entry.anchors or any(map(self._is_anchor, self.read.hits))

    def beside(self, window: Window) -> list[float]:
        """Strength of each side near an anchor: in its sentence, those beside it, the headline, or of a forum the
        lead. Any name of a party's region counts; where all parties are countries, any region of theirs, too.

        Further off, a name has nothing to do with it: «межправительственная комиссия» every country has.
        """
        lead = range(min(LEAD + 1, len(self._best))) if self.entry.kind is Kind.FORUM else range(1)
        near = sorted({*self.around(window), *lead})
        hits = [hit for n in near for hit in self.read.hits_by_sentence[n]]
        regions = {code for hit in hits if (code := self._parties.region_of(hit))}
        if all(codes.is_country(party.place or "-") for side in self._sides for party in side):
            regions |= {codes.country_of(code) for code in regions}
        found = []
        for side in (0, 1):
            best = max((self._best[n][side][0] for n in near), default=0.0)
            by_region = any(self._parties.side(party) in regions for party in self._sides[side])
            found.append(max(best, _BY_ITS_REGION if by_region else 0.0))
        return found

    @cached_property
    def unnamed(self) -> bool:
        """Whether a side is organisations only and none of them is named: its region or country stands for it."""
        return any(
            all(p.organisation for p in side)
            and not any(
                h.term.sense == "organisation" and h.term.id == p.organisation
                for h in self.read.hits
                for p in side
            )
            for side in self._sides
        )

    def _is_anchor(self, hit: Hit) -> bool:
        if self._parties.is_sole(self.entry, hit):
            return True
        return hit.term.sense == "anchor" and hit.term.id == self.entry.id and self._is_between_sides(hit)

    def _is_between_sides(self, anchor: Hit) -> bool:
        """Not «IV Форум регионов Беларуси и Узбекистана»: of two names after an anchor both must be of a side."""
        named = contexts.two_names(self.read.clean, anchor.end)
        countries = {codes.country_of(self._parties.side(p)) for side in self._sides for p in side}
        return all(
            any(
                h.start == start and (self._parties.region_of(h) or "")[:2] in countries for h in self.read.hits
            )
            for start in named
        )

    def _rivals(self, side: int, sentences: Iterable[int]) -> set[str]:
        """Regions named there that lie in the country of a side and are not its own."""
        own = {self._parties.side(party) for party in self._sides[side]}
        country = codes.country_of(next(iter(own)))
        named = {self._parties.region_of(hit) for n in sentences for hit in self.read.hits_by_sentence[n]}
        return {code for code in named if code and code not in own and code[:2] == country and code != country}

    def _sure(self, sentence: int) -> list[Hit]:
        """Hits of a sentence; a common word that is also a town only beside another name of its region."""
        around = range(max(0, sentence - 1), min(len(self.read.spans), sentence + 2))
        return [
            hit
            for hit in self.read.hits_by_sentence[sentence]
            if not self._parties.is_ambiguous(hit)
            or any(self._parties.is_beside(hit, self.read.hits_by_sentence[n]) for n in around)
        ]

    def _strongest(self, hits: list[Hit], side: list[Party]) -> tuple[float, Hit | None]:
        options = [(self._strength(party, hit), hit) for hit in hits for party in side]
        return max(options, key=lambda option: option[0], default=(0.0, None))

    def _strength(self, party: Party, hit: Hit) -> float:
        strength = self._parties.strength(party, hit)
        if (
            party.organisation is not None
            and hit.term.sense != "organisation"
            and self.entry.kind not in OF_FIRMS
        ):
            return 0.0
        if self.entry.kind not in OF_REGIONS or party.place is None or "-" not in party.place[:3]:
            return strength
        if hit.term.id != party.place:
            return min(strength, _TOWN_FOR_REGION)
        if hit.term.sense == "adjective" and not contexts.is_region(self.read.folded, hit.start, hit.end):
            return _TOWN_FOR_REGION
        return strength

    def _side_in(self, window: Window, side: int) -> tuple[float, Hit | None]:
        there = [*window.sentences, *([0] if window.with_headline else [])]
        options = [self._best[n][side] for n in there]
        best: tuple[float, Hit | None] = max(options, key=lambda option: option[0])
        return best

    def around(self, window: Window) -> range:
        """The sentences of a window with those beside it; of a headline, with the lead."""
        if window.first == 0:
            return range(min(len(self._best), max(LEAD, window.last + 1) + 1))
        return range(max(0, window.first - 1), min(len(self._best), window.last + 2))

    def _words(self, groups: tuple[str, ...], sentences: Iterable[int]) -> tuple[str, ...]:
        listed = list(sentences)
        found = [w for g in groups for words in self.read.find_words(g, listed).values() for w in words]
        return tuple(dict.fromkeys(found))

    def _topic_words(self, sentences: Iterable[int]) -> tuple[str, ...]:
        beginnings = tuple(word for words in self.entry.topics.values() for word in words)
        if not beginnings:
            return ()
        found = self.read.find_pattern(pattern_of(beginnings), sentences)
        return tuple(dict.fromkeys(text.fold(w) for words in found.values() for w in words))
