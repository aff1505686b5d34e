"""Features: what in a text speaks for an entry, each with the words that say so."""

from functools import cached_property

from rapidfuzz import fuzz, process

from crawlers import text
from matcher import words
from matcher.entries import DOCUMENTS, Kind
from matcher.qualifiers import Qualifiers
from matcher.reading import LEAD
from matcher.records import Evidence
from matcher.sides import Window

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

CALLED_BY_WORDS = DOCUMENTS | {Kind.DEALERSHIP}
"""Kinds whose anchors may be ordinary words («белорусские товары»): they need words of the kind beside them."""

_BESIDE = 0.8
"""How much words of the subject count in a sentence beside the window."""
_SOME_PLAN = 0.3
_ADJECTIVE = 0.85
_WORD_ALIKE = 82  # rapidfuzz ratio: one letter in six may differ, or an ending


class Reasons(Qualifiers):
    """Features of one text for one entry, for whichever window is asked about."""

    def named(self, window: Window) -> Evidence:
        strengths, words = [], []
        for side in (0, 1):
            strength, hit = self._side_in(window, side)
            strength = max(strength, self.beside(window)[side]) if self.entry.anchors else strength
            strengths.append(strength)
            words += [self.read.shown(hit)] if hit else []
        return Evidence("parties", round((strengths[0] * strengths[1]) ** 0.5, 3), tuple(words), window.first)

    def near(self, window: Window) -> Evidence:
        if min(self._side_in(window, side)[0] for side in (0, 1)) > 0.5:
            value = 1.0 if window.first == window.last else 0.8
        else:
            # a forum's own name says who meets; a shop's does not
            value = 0.8 if self.entry.kind is Kind.FORUM else 0.4
        return Evidence("near", value, (), window.first)

    def subject(self, window: Window) -> Evidence:
        """Words of this kind of document or project: in the window, or less surely in a sentence beside it."""
        hits = [h for n in window.sentences for h in self.read.hits_by_sentence[n] if self._is_anchor(h)]
        if (hits and self.entry.kind not in CALLED_BY_WORDS) or self.entry.kind is Kind.FORUM:
            shown = [self.read.shown(h) for h in hits]
            return Evidence("subject", 1.0 if shown else 0.0, tuple(dict.fromkeys(shown)), window.first)
        groups = SUBJECT[self.entry.kind]
        if self.entry.kind is Kind.TWINNING and self._is_called_accord and self._named_as_such(window):
            groups = (*groups, "accord")
        # what a headline names, the lead tells
        near = self.around(window) if window.first == 0 else window.sentences
        if self.entry.kind in NEEDS_TOPIC and not self._topic_words(near):
            return Evidence("subject", 0.0, (), window.first)
        for sentences, value in ((window.sentences, 1.0), (self.around(window), _BESIDE)):
            if found := self._words(groups, sentences):
                sure = self.entry.kind is not Kind.PLAN or self._is_this_plan(window)
                return Evidence("subject", value if sure else _SOME_PLAN, found, window.first)
        return Evidence("subject", 0.0, (), window.first)

    @cached_property
    def _is_called_accord(self) -> bool:
        """Whether its title says no more than "agreement on cooperation"; of others, firms of the towns have many."""
        accord, twinning = words.groups()["accord"], words.groups()["twinning"]
        title = text.fold(self.entry.title["ru"])
        return bool(accord.search(title)) and not twinning.search(title)

    def _named_as_such(self, window: Window) -> bool:
        """Whether both sides are named themselves, not by an adjective that their firms share."""
        return all(self._side_in(window, side)[0] > _ADJECTIVE for side in (0, 1))

    def _is_this_plan(self, window: Window) -> bool:
        """Plans are many: this one is known by its years, or by the document that it carries out."""
        dates = (self.entry.signed, self.entry.starts, self.entry.ends)
        years = {str(date.first.year) for date in dates if date}
        return any(year in self.read.folded for year in years) or bool(self._topic_words(self.around(window)))

    def topic(self, window: Window) -> Evidence:
        found = self._topic_words(self.around(window))
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

    def headlined(self) -> bool:
        """Whether headline and lead name both sides, be it by their towns, beside a word of the subject."""
        lead = range(min(LEAD + 1, len(self._best)))
        named = [
            any(self._parties.strength(p, h) > 0.5 for n in lead for h in self._hits[n] for p in side)
            for side in self._sides
        ]
        return all(named) and bool(self._words(SUBJECT[self.entry.kind] or ("cooperation",), lead))

    def telling(self) -> list[int]:
        """Sentences that name both sides, or one beside a word of the subject and no rival of the other."""
        groups = SUBJECT[self.entry.kind] or ("cooperation",)
        found = []
        for n in self.read.sentences:
            here = self._best[n]
            worded = bool(self._words(groups, (n,)) or self._topic_words((n,)))
            if self.entry.anchors:
                if any(map(self._is_anchor, self.read.hits_by_sentence[n])):
                    found.append(n)
            else:
                named = [side for side in (0, 1) if here[side][0] > 0.5]
                if len(named) == 2 or (worded and len(named) == 1 and not self._rivals(1 - named[0], (n,))):
                    found.append(n)
        return found
