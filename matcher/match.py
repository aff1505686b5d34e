"""The matcher: from a text to the entries it is about, the ones it nearly is about, and the pairs."""

from collections.abc import Iterator

from crawlers import text
from crawlers.codes import Pair, country_of, is_country
from matcher.anchors import Anchors
from matcher.catalogue import Catalogue
from matcher.entries import Entry
from matcher.ownwords import OwnWords
from matcher.parties import Parties
from matcher.qualifiers import CAPITALS
from matcher.reading import LEAD, ReadText
from matcher.records import Evidence, Grade, Match, Result, Text
from matcher.scorers import Reasons
from matcher.sides import Window
from matcher.weights import ABOUT, FEATURES, NEAR, QUALIFIERS

VERSION = "4"
"""Changes with every change that can change a result; matches carry it."""


def version_of(catalogue: Catalogue) -> str:
    """What a match was made by: it is made again by another."""
    return f"{VERSION}-{catalogue.version}"


_MANY_SENTENCES, _LARGE_SHARE = 3, 0.25  # the coding rule for `about`


class Matcher:
    """Matches texts against one catalogue. Loaded once per process, then a pure function of the text."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.version = version_of(catalogue)
        self._anchors = Anchors(catalogue)
        self._parties = Parties(catalogue)
        self._own_words = OwnWords(catalogue, self._parties)
        self._by_region: dict[tuple[str, str], list[Entry]] = {}
        for entry in catalogue.entries.values():
            for pair in entry.pairs:
                self._by_region.setdefault((pair.belarus, pair.partner), []).append(entry)

    def __reduce__(self) -> tuple[type["Matcher"], tuple[Catalogue]]:
        return Matcher, (self.catalogue,)  # the automaton cannot be pickled; it is built anew

    def match(self, article: Text) -> Result:
        """All that the text has to say. Never raises for any text."""
        read = ReadText(article, self._anchors)
        regions = {self._parties.region_of(hit) for hit in read.hits}
        sides = {side for code in regions if code for side in (code, country_of(code))}
        if "BY" not in sides or not any(country_of(code) != "BY" for code in sides):
            return Result()
        every = range(len(read.spans))
        found = [
            match
            for entry in self._candidates(sides)
            if self._own_words.are_in(entry, read.said(every)) and (match := self._weigh(read, entry))
        ]
        found.sort(key=lambda match: (-match.score, match.entry))
        matches = tuple(match for match in found if match.grade is not Grade.NEAR)
        near = tuple(match for match in found if match.grade is Grade.NEAR)
        return Result(self._pairs(read, matches), matches, near)

    def _candidates(self, sides: set[str]) -> Iterator[Entry]:
        seen = set()
        for (belarus, partner), entries in self._by_region.items():
            if belarus in sides and partner in sides:
                for entry in entries:
                    if entry.id not in seen:
                        seen.add(entry.id)
                        yield entry

    def _weigh(self, read: ReadText, entry: Entry) -> Match | None:
        reasons = Reasons(read, entry, self._parties)
        if not reasons.windows or not reasons.anchored:
            return None
        told_in = [
            w
            for w in reasons.windows
            if self._own_words.are_in(entry, read.said(reasons.around(w)), reasons.unnamed)
        ]
        if not told_in:
            return None
        weighed = [self._score(reasons, window) for window in told_in]
        # the best window; of equal ones the first
        score, evidence, window = max(weighed, key=lambda one: (one[0], -one[2].first))
        told = {e.feature for e in evidence}
        if score < NEAR or not told & {"subject", "topic"}:
            return None
        if score < ABOUT or "subject" not in told:
            grade = Grade.NEAR
        else:
            lead = reasons.headlined() or any(w.first <= LEAD and s >= ABOUT for s, _, w in weighed)
            # a sentence that only the headline completes tells no more than that there is the document
            much = not window.with_headline and _tells_much(read, reasons.telling())
            grade = Grade.ABOUT if lead or much else Grade.MENTION
        passage = " ".join(read.sentence(n) for n in window.sentences)
        return Match(entry.id, grade, score, evidence, passage[:600])

    def _score(self, reasons: Reasons, window: Window) -> tuple[float, tuple[Evidence, ...], Window]:
        score = 0.0
        evidence = []
        for name, feature in FEATURES.items():
            one = reasons.named(window) if name == "parties" else getattr(reasons, name)(window)
            score += feature.weight * one.value
            evidence.append(one)
        for name, qualifier in QUALIFIERS.items():
            one = getattr(reasons, name)(window)
            score -= qualifier.weight * one.value
            evidence.append(one)
        return round(max(0.0, min(1.0, score)), 3), tuple(e for e in evidence if e.value), window

    def _pairs(self, read: ReadText, matches: tuple[Match, ...]) -> tuple[Pair, ...]:
        """Pairs whose cooperation the text is about: by its entries, or by both sides near a word of it."""
        found = {p for m in matches if m.grade is Grade.ABOUT for p in self.catalogue.entries[m.entry].pairs}
        counts: dict[Pair, int] = {}
        # of a headline the lead tells more; of capitals alone it may mean their countries
        headline = {pair for pair in self._pairs_in(read, 0) if not CAPITALS & set(pair)}
        lead = range(min(LEAD + 1, len(read.spans)))
        for n in read.sentences:
            here = self._pairs_in(read, n)
            words_in = lead if n == 0 and headline else (n,)
            if not here or not read.find_words("cooperation", words_in) or self._is_aside(read, n):
                continue
            # a third region beside the two of the headline was there, no more
            for pair in here & headline or here:
                counts[pair] = counts.get(pair, 0) + (3 if n <= LEAD else 1)
        told = {pair for pair, count in counts.items() if count >= 3}
        return tuple(
            sorted(found | {p for p in told if not any(_contains(p, q) for q in (found | told) - {p})})
        )

    def _pairs_in(self, read: ReadText, sentence: int) -> set[Pair]:
        regions = {code for hit in read.hits_by_sentence[sentence] if (code := self._parties.region_of(hit))}
        return set(_most_precise(regions)) if len(regions) <= 5 else set()

    def _is_aside(self, read: ReadText, sentence: int) -> bool:
        """Whether two words of sport or crime stand in the sentence, the headline or the lead."""
        near = {*range(min(LEAD + 1, len(read.spans))), sentence}
        for group in ("sport", "crime"):
            found = {text.fold(w) for words in read.find_words(group, sorted(near)).values() for w in words}
            if len(found) > 1:
                return True
        return False


def _tells_much(read: ReadText, sentences: list[int]) -> bool:
    share = sum(len(read.sentence(n)) for n in sentences) / max(1, len(read.clean))
    return len(sentences) >= _MANY_SENTENCES or share >= _LARGE_SHARE


def _most_precise(regions: set[str]) -> list[Pair]:
    """Pairs of the regions named together; a country only where none of its regions is named."""
    # a capital beside another name of its country is where people met, not who cooperates
    regions = {
        c for c in regions if c not in CAPITALS or country_of(c) not in {country_of(r) for r in regions - {c}}
    }
    precise = {
        c for c in regions if not is_country(c) or not any(o != c and country_of(o) == c for o in regions)
    }
    belarus = [code for code in precise if country_of(code) == "BY"]
    partners = [code for code in precise if country_of(code) != "BY"]
    return [Pair(one, other) for one in belarus for other in partners]


def _contains(general: Pair, precise: Pair) -> bool:
    return all(g in (p, country_of(p)) for g, p in zip(general, precise, strict=True))
