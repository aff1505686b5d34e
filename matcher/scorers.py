"""Features: what in a text speaks for an entry, each with the words that say so."""

from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from rapidfuzz import fuzz, process

from crawlers import codes, text
from matcher.anchors import Hit
from matcher.contexts import REGION_FOLLOWS
from matcher.entries import Entry, Kind, Party
from matcher.parties import Parties
from matcher.reading import LEAD, ReadText
from matcher.records import Evidence
from matcher.words import pattern_of

# Groups of matcher/words/words.yml that show what a text tells, by the kind of entry.
SUBJECT = {
    Kind.TREATY: ("agreement",), Kind.AGREEMENT: ("agreement",), Kind.MEDIA: ("memorandum", "agreement"),
    Kind.PLAN: ("plan",), Kind.PROGRAMME: ("agreement", "plan"), Kind.TWINNING: ("twinning",),
    Kind.JOINT_VENTURE: ("venture",), Kind.ASSEMBLY: ("assembly",), Kind.DEALERSHIP: ("trade",),
    Kind.CONTRACT: ("contract",), Kind.INSTITUTION: ("study",), Kind.PROJECT: ("production", "cooperation"),
    Kind.ROUTE: ("production", "cooperation"), Kind.COMMISSION: ("cooperation",), Kind.FORUM: (),
}  # fmt: skip

NEEDS_TOPIC = frozenset({Kind.MEDIA, Kind.PROJECT, Kind.ASSEMBLY, Kind.JOINT_VENTURE, Kind.ROUTE})
"""Kinds whose parties share many projects: without a word of its subject, an entry is not told."""

CAPITALS = frozenset({"BY-HM", "RU-MOW"})
"""They stand for their countries as often as for themselves."""

OF_REGIONS = frozenset({Kind.TREATY, Kind.AGREEMENT, Kind.PLAN})
"""Kinds whose regional parties must be named as regions: their towns and firms have agreements of their own."""

_TOWN_FOR_REGION = 0.45

_LISTED_PLACES = 6
_WORD_ALIKE = 82  # rapidfuzz ratio: one letter in six may differ, or an ending


class Window(NamedTuple):
    """One sentence, or two that follow each other."""

    first: int
    last: int

    @property
    def sentences(self) -> range:
        return range(self.first, self.last + 1)


class Reasons:
    """Features of one text for one entry, for whichever window is asked about."""

    def __init__(self, read: ReadText, entry: Entry, parties: Parties) -> None:
        self.read, self.entry, self._parties = read, entry, parties
        belarus = [p for p in entry.parties if codes.country_of(parties.side(p)) == "BY"]
        partner = [p for p in entry.parties if p not in belarus]
        self._sides = (belarus or list(entry.parties[:1]), partner or list(entry.parties[1:]))
        self._hits = [self._sure(n) for n in read.sentences]
        self._best = [[self._strongest(hits, side) for side in self._sides] for hits in self._hits]

    @cached_property
    def windows(self) -> list[Window]:
        """Windows in which both parties are named, the headline's first.

        An entry with anchors of its own is told where these stand, wherever the parties are named.
        """
        if self.entry.anchors:
            there = [n for n, hits in enumerate(self.read.hits_by_sentence) if any(map(self._is_anchor, hits))]
            return [Window(n, n) for n in there if min(self._in_text) > 0.5]
        found = []
        for n in self.read.sentences:
            for last in (n, n + 1):
                if last < len(self._best) and all(
                    self._side_in(Window(n, last), side)[0] > 0.5 for side in (0, 1)
                ):
                    found.append(Window(n, last))
                    break
        return found

    @cached_property
    def anchored(self) -> bool:
        """Whether a name that an article about the entry must contain is there, if it has such names."""
        return not self.entry.anchors or any(map(self._is_anchor, self.read.hits))

    def named(self, window: Window) -> Evidence:
        strengths, words = [], []
        for side in (0, 1):
            strength, hit = self._side_in(window, side)
            strength = max(strength, self._in_text[side]) if self.entry.anchors else strength
            strengths.append(strength)
            words += [self.read.shown(hit)] if hit else []
        return Evidence("parties", round((strengths[0] * strengths[1]) ** 0.5, 3), tuple(words), window.first)

    def near(self, window: Window) -> Evidence:
        both = min(self._side_in(window, side)[0] for side in (0, 1)) > 0.5
        value = (1.0 if window.first == window.last else 0.8) if both else 0.4
        return Evidence("near", value, (), window.first)

    def subject(self, window: Window) -> Evidence:
        """Words of this kind of document or project: in the window, or less surely in a sentence beside it."""
        if self.entry.kind is Kind.FORUM:
            shown = [self.read.shown(h) for h in self.read.hits if h.term.id == self.entry.id]
            return Evidence("subject", 1.0 if shown else 0.0, tuple(dict.fromkeys(shown)), window.first)
        groups = SUBJECT[self.entry.kind]
        for sentences, value in ((window.sentences, 1.0), (self._around(window), 0.7)):
            found = self._words(groups, sentences)
            if found and (self.entry.kind not in NEEDS_TOPIC or self._topic_words(window.sentences)):
                return Evidence("subject", value, found, window.first)
        return Evidence("subject", 0.0, (), window.first)

    def topic(self, window: Window) -> Evidence:
        found = self._topic_words(self._around(window))
        return Evidence("topic", min(1.0, len(found) / 2), found, window.first)

    def prominent(self, window: Window) -> Evidence:
        return Evidence("prominent", 1.0 if window.first <= LEAD else 0.0, (), window.first)

    def year(self, _: Window) -> Evidence:
        begin = self.entry.signed or self.entry.starts
        stated = str(begin.first.year) if begin else ""
        there = bool(stated) and stated in self.read.folded
        return Evidence("year", 1.0 if there else 0.0, (stated,) if there else ())

    def wording(self, window: Window) -> Evidence:
        """Share of the title's own words that the window has in some form (rapidfuzz, word by word)."""
        wanted = [w for title in self.entry.title.values() for w in text.words(text.fold(title)) if len(w) > 4]
        there = [w for n in window.sentences for w in text.words(self.read.folded_sentence(n)) if len(w) > 4]
        if not there:
            return Evidence("wording", 0.0, (), window.first)
        shown = [
            word
            for word in wanted
            if process.extractOne(word, there, scorer=fuzz.ratio, processor=None, score_cutoff=_WORD_ALIKE)
        ]
        languages = len(self.entry.title)
        return Evidence("wording", round(min(1.0, languages * len(shown) / len(wanted)), 3), tuple(shown[:6]))

    def other_region(self, window: Window) -> Evidence:
        """Whether another region of either country is named as often as the entry's own, or oftener."""
        counts = Counter(self._parties.region_of(hit) for hit in self.read.hits)
        worst, words = 0.0, set()
        for side in (0, 1):
            own = {self._parties.side(party) for party in self._sides[side]}
            country = codes.country_of(next(iter(own)))
            if own == {country}:
                continue
            ours = sum(counts[code] for code in own) or 1
            others = {
                c: n for c, n in counts.items() if c and c not in own and c[:2] == country and c != country
            }
            near = {self._parties.region_of(h) for n in window.sentences for h in self.read.hits_by_sentence[n]}
            share = max((n / ours for c, n in others.items() if c in near and c not in CAPITALS), default=0)
            if share >= 0.5 and share > worst:
                worst, words = min(1.0, share), {c for c in others if c in near}
        return Evidence("other_region", worst, tuple(sorted(words)), window.first)

    def other_kind(self, window: Window) -> Evidence:
        words = [w for group in ("sport", "crime", "past") for w in self._words((group,), self._around(window))]
        return Evidence("other_kind", 1.0 if len(set(words)) >= 2 else 0.0, tuple(words[:4]), window.first)

    def listing(self, window: Window) -> Evidence:
        places = {
            h.term.id for n in window.sentences for h in self.read.hits_by_sentence[n] if h.term.sense == "name"
        }
        return Evidence("listing", 1.0 if len(places) >= _LISTED_PLACES else 0.0, (), window.first)

    def country_by_region(self, window: Window) -> Evidence:
        """For an agreement of the country: whether the sentence is about one of its regions instead."""
        if any(party.place != "BY" for party in self._sides[0]):
            return Evidence("country_by_region", 0.0, ())
        hits = [h for n in window.sentences for h in self.read.hits_by_sentence[n]]
        regions = {self._parties.region_of(h) for h in hits if h.term.sense != "organisation"}
        found = sorted(c for c in regions if c and c.startswith("BY-") and c != "BY-HM")
        return Evidence("country_by_region", 1.0 if found else 0.0, tuple(found), window.first)

    def headlined(self) -> bool:
        """Whether headline and lead name both sides, be it by their towns, beside a word of the subject."""
        lead = range(min(LEAD + 1, len(self._best)))
        named = [
            any(self._parties.strength(p, h) > 0.5 for n in lead for h in self._hits[n] for p in side)
            for side in self._sides
        ]
        return all(named) and bool(self._words(SUBJECT[self.entry.kind] or ("cooperation",), lead))

    def telling(self) -> list[int]:
        """Sentences that name a party of the partner's side, or both, beside a word of the subject."""
        groups = SUBJECT[self.entry.kind] or ("cooperation",)
        found = []
        for n in self.read.sentences:
            here = self._best[n]
            worded = bool(self._words(groups, (n,)) or self._topic_words((n,)))
            if self.entry.anchors:
                if any(map(self._is_anchor, self.read.hits_by_sentence[n])):
                    found.append(n)
            elif sum(s[0] > 0.5 for s in here) == 2 or (worded and any(s[0] > 0.5 for s in here)):
                found.append(n)
        return found

    @cached_property
    def _in_text(self) -> list[float]:
        """Strength of each side anywhere in the text; for the anchored, any name of its region counts."""
        regions = {self._parties.region_of(hit) for hit in self.read.hits}
        found = []
        for side in (0, 1):
            best = max((here[side][0] for here in self._best), default=0.0)
            near = any(self._parties.side(party) in regions for party in self._sides[side])
            found.append(max(best, 0.6 if near else 0.0))
        return found

    def _is_anchor(self, hit: Hit) -> bool:
        return hit.term.sense == "anchor" and hit.term.id == self.entry.id

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
        if self.entry.kind not in OF_REGIONS or party.place is None or "-" not in party.place[:3]:
            return strength
        if hit.term.id != party.place:
            return min(strength, _TOWN_FOR_REGION)
        if hit.term.sense == "adjective" and not REGION_FOLLOWS.match(self.read.folded, hit.end):
            return _TOWN_FOR_REGION
        return strength

    def _side_in(self, window: Window, side: int) -> tuple[float, Hit | None]:
        return max((self._best[n][side] for n in window.sentences), key=lambda option: option[0])

    def _around(self, window: Window) -> range:
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
