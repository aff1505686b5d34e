"""The matcher: from a text to the entries it is about, the ones it nearly is about, and the pairs."""

from collections.abc import Iterable
from functools import cached_property

from crawlers.codes import Pair, country_of, is_country
from matcher import evidence
from matcher import model as weights
from matcher.anchors import Anchors
from matcher.catalogue import Catalogue
from matcher.features import CAPITALS, Candidate, Features
from matcher.parties import Parties
from matcher.profiles import Profiles
from matcher.reading import LEAD, ReadText
from matcher.records import Grade, Match, Result, Text
from matcher.sides import Named

VERSION = "5"
"""Changes with every change that can change a result; matches carry it."""

SEATS = CAPITALS | {"UA-30", "MD-CU", "KZ-71", "GE-TB", "AM-ER", "KG-GB", "TJ-DU", "UZ-TK", "AZ-BA"}
"""Capitals in which countries meet."""

_COOPERATING = (
    "cooperation",
    "agreement",
    "memorandum",
    "plan",
    "twinning",
    "venture",
    "study",
    "assembly",
    "contract",
)

ABOUT, NEAR = 0.5, 0.15
"""Probability from which an article is said to be about an entry, and from which it is kept as a near miss."""


def version_of(catalogue: Catalogue, learned: weights.Model | None = None) -> str:
    """What a match was made by: it is made again by another. `learned`: weights in place of the program's."""
    made_by = f"{VERSION}-{catalogue.version}"
    return f"{made_by}-{learned.version}" if learned else made_by


class Matcher:
    """Matches texts against one catalogue. Loaded once per process, then a pure function of the text."""

    def __init__(self, catalogue: Catalogue, learned: weights.Model | None = None) -> None:
        self.catalogue = catalogue
        self.learned = learned
        self.version = version_of(catalogue, learned)
        self._anchors = Anchors(catalogue)
        self._parties = Parties(catalogue)
        self._profiles = Profiles(catalogue, self._parties)
        self._features = Features(self._profiles, self._parties)

    @cached_property
    def model(self) -> weights.Model:
        """The learned weights, or those that come with the program."""
        return self.learned or weights.load()  # late: what fits the weights has none yet

    def __reduce__(self) -> tuple[type["Matcher"], tuple[Catalogue, weights.Model | None]]:
        return Matcher, (self.catalogue, self.learned)  # the automaton cannot be pickled; it is built anew

    def read(self, article: Text) -> ReadText:
        """The article cut into sentences, with the names and words found in each."""
        return ReadText(article, self._anchors, self._profiles.vocabulary)

    def candidates(self, read: ReadText) -> tuple[Named, list[Candidate]]:
        """Every entry that the text may be about, with its features, and who is named where."""
        return self._features.candidates(read)

    def match(self, article: Text) -> Result:
        """All that the text has to say. Never raises for any text."""
        read = self.read(article)
        named, candidates = self.candidates(read)
        found = [match for one in candidates if (match := self._grade(read, named, one))]
        found.sort(key=lambda match: (-match.score, match.entry))
        matches = tuple(match for match in found if match.grade is not Grade.NEAR)
        near = tuple(match for match in found if match.grade is Grade.NEAR)
        about = [match.entry for match in matches if match.grade is Grade.ABOUT]
        return Result(self.pairs(read, about), matches, near)

    def _grade(self, read: ReadText, named: Named, one: Candidate) -> Match | None:
        probability = round(self.model.probability(one.values), 3)
        if probability < NEAR:
            return None
        if probability >= ABOUT:
            grade = Grade.ABOUT
        else:
            # a name of its own beside both sides is beyond doubt; that the text is about it is not
            grade = Grade.MENTION if one.window.anchored and min(one.window.sides) > 0.5 else Grade.NEAR
        reasons = tuple(e for e in evidence.of(read, named, one) if e.value)
        sentences = dict.fromkeys([one.window.first, one.window.last])
        passage = " ".join(filter(None, map(read.sentence, sentences))) or read.clean
        return Match(one.profile.entry.id, grade, probability, reasons, passage[:600])

    def pairs(self, read: ReadText, about: Iterable[str]) -> tuple[Pair, ...]:
        """Pairs whose cooperation the text is about: by its entries, or by both sides near a word of it."""
        found = {p for entry in about for p in self.catalogue.entries[entry].pairs}
        counts: dict[Pair, int] = {}
        worded = [read.words.get(group, 0) for group in _COOPERATING]
        # of a headline the lead tells more; of capitals alone it may mean their countries
        headline = {pair for pair in self._pairs_in(read, 0) if not CAPITALS & set(pair)}
        lead = (1 << len(read.lead)) - 1
        for n in read.sentences:
            here = self._pairs_in(read, n)
            words_in = lead if n == 0 and headline else 1 << n
            if not here or not any(mask & words_in for mask in worded) or self._is_aside(read, n):
                continue
            # a third region beside the two of the headline was there, no more
            for pair in here & headline or here:
                counts[pair] = counts.get(pair, 0) + (3 if n <= LEAD else 1)
        told = {pair for pair, count in counts.items() if count >= 3}
        # what an entry is about is known better than where its parties met
        told = {pair for pair in told if not any(_is_of(pair, one) for one in found)}
        every = found | told
        return tuple(sorted(found | {p for p in told if not any(_contains(p, q) for q in every - {p})}))

    def _pairs_in(self, read: ReadText, sentence: int) -> set[Pair]:
        regions = {code for hit in read.hits_by_sentence[sentence] if (code := self._parties.region_of(hit))}
        return set(_most_precise(regions)) if len(regions) <= 5 else set()

    def _is_aside(self, read: ReadText, sentence: int) -> bool:
        """Whether two words of sport or crime stand in the sentence, the headline or the lead."""
        near = sorted({*read.lead, sentence})
        return any(len(read.shown_words((group,), near)) > 1 for group in ("sport", "crime"))


def _is_of(told: Pair, found: Pair) -> bool:
    """Whether a pair is another's by the country, or by a capital in its stead."""
    return all(
        country_of(one) == country_of(other)
        and (one == other or one in SEATS or is_country(one) or is_country(other))
        for one, other in zip(told, found, strict=True)
    )


def _most_precise(regions: set[str]) -> list[Pair]:
    """Pairs of the regions named together; a country only where none of its regions is named."""
    # a capital beside another name of its country is where people met, not who cooperates
    regions = {
        c for c in regions if c not in SEATS or country_of(c) not in {country_of(r) for r in regions - {c}}
    }
    precise = {
        c for c in regions if not is_country(c) or not any(o != c and country_of(o) == c for o in regions)
    }
    belarus = [code for code in precise if country_of(code) == "BY"]
    partners = [code for code in precise if country_of(code) != "BY"]
    return [Pair(one, other) for one in belarus for other in partners]


def _contains(general: Pair, precise: Pair) -> bool:
    return all(g in (p, country_of(p)) for g, p in zip(general, precise, strict=True))
