"""What lowers the score of a window: that the text is rather about something else."""

import re
from collections import Counter

from crawlers import codes, text
from matcher.records import Evidence
from matcher.sides import Sides, Window

CAPITALS = frozenset({"BY-HM", "RU-MOW"})
"""They stand for their countries as often as for themselves."""

_LISTED_PLACES = 6
_ITS_REGIONS = re.compile(
    r"(?<!форум )(?<!форуме )(?<!форума )\b(?:регион|област|рэгіён|вобласц)\w* (?:беларус|белорусс)\w+"
)


class Qualifiers(Sides):
    """Each from 0 (nothing against it) to 1."""

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
            there = [*window.sentences, *([0] if window.with_headline else [])]
            near = self._rivals(side, there)
            share = max((n / ours for c, n in others.items() if c in near and c not in CAPITALS), default=0)
            if share >= 0.5 and share > worst:
                worst, words = min(1.0, share), {c for c in others if c in near}
        return Evidence("other_region", worst, tuple(sorted(words)), window.first)

    def other_kind(self, window: Window) -> Evidence:
        """Sport and crime weigh more than history, which festivals and museums of partners bring along."""
        for groups, value in ((("sport", "crime"), 1.0), (("sport", "crime", "past"), 0.5)):
            words = self._words(groups, self.around(window))
            if len({text.fold(word) for word in words}) >= 2:
                return Evidence("other_kind", value, words[:4], window.first)
        return Evidence("other_kind", 0.0, (), window.first)

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
        found += [m[0] for n in window.sentences for m in _ITS_REGIONS.finditer(self.read.folded_sentence(n))]
        return Evidence("country_by_region", 1.0 if found else 0.0, tuple(found), window.first)
