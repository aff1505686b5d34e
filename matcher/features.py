"""What speaks for an entry in a text and what against it, as numbers."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from crawlers import codes
from crawlers.codes import country_of, is_country
from crawlers.errors import DataError
from matcher.entries import Kind
from matcher.parties import Parties
from matcher.profiles import Profile, Profiles
from matcher.reading import ReadText
from matcher.records import Text
from matcher.sides import ITS_COUNTRY, ITS_REGION, LIKELY, NAMED, WITHIN, Named, Strengths

CAPITALS = frozenset({"BY-HM", "RU-MOW"})
"""They stand for their countries as often as for themselves."""


_FEWEST_BITS = 2.5
"""Less than half a rare word of its own, and both sides not named themselves: no candidate."""
_MOST_WINDOWS = 120
_KINDS = tuple(kind.value for kind in Kind)


@dataclass(slots=True)
class Window:
    """One sentence that tells, or two that follow each other."""

    first: int
    last: int
    sides: tuple[float, float]
    anchored: bool
    subject: float
    words: float
    """Bits of own words there or in a sentence beside it."""
    concepts: float

    @property
    def mask(self) -> int:
        return 1 << self.first | 1 << self.last

    @property
    def strength(self) -> float:
        told = min(self.words + self.concepts, 25.0) / 25
        near = 2 * math.sqrt(self.sides[0] * self.sides[1])
        place = (0.2 if self.first <= 2 else 0.0) - (0.1 if self.last > self.first else 0.0)
        return near + 0.5 * self.subject + told + self.anchored + place


@dataclass(slots=True)
class Candidate:
    """One entry that a text may be about."""

    profile: Profile
    window: Window
    values: dict[str, float] = field(default_factory=dict)
    stems: frozenset[str] = frozenset()
    """Own words of the entry that the text has."""
    concepts: frozenset[str] = frozenset()


class Features:
    """Works out the features of every candidate of a text."""

    def __init__(self, profiles: Profiles, parties: Parties) -> None:
        self._profiles, self._parties = profiles, parties
        self._strengths = Strengths(profiles, parties)

    def candidates(self, read: ReadText) -> tuple[Named, list[Candidate]]:
        """Entries that the text may be about, with their features; none where one side only is named."""
        named = Named(read, self._parties, self._strengths)
        outlet = _outlet(read.article)
        countries = {country_of(code) for code in named.regions}
        if outlet:
            countries.add(country_of(outlet))
        if not named.regions or "BY" not in countries or len(countries) < 2:
            return named, []
        found = [
            _OfEntry(read, named, profile, outlet, words, len(countries)).candidate()
            for profile, words in self._likely(read, named, outlet)
        ]
        listed = [one for one in found if one]
        if listed:
            _compare(listed)
        return named, listed

    def _likely(self, read: ReadText, named: Named, outlet: str | None) -> Iterable[tuple[Profile, "_Own"]]:
        own: dict[str, _Own] = {}
        for stem in read.stems.keys() & self._profiles.by_stem.keys():
            for entry, bits in self._profiles.by_stem[stem]:
                own.setdefault(entry, _Own()).stems[stem] = bits
        for concept in read.words.keys() & self._profiles.by_concept.keys():
            for entry, bits in self._profiles.by_concept[concept]:
                own.setdefault(entry, _Own()).concepts[concept] = bits
        for entry in named.by_entry.keys() | named.anchored:
            profile = self._profiles.by_entry.get(entry)
            words = own.get(entry) or _Own()
            if profile is None:
                continue
            if entry not in named.anchored:
                sides = [max(named.best(entry, n), _implied(profile, n, outlet)) for n in (0, 1)]
                if min(sides) < ITS_COUNTRY:
                    continue
                if words.bits < _FEWEST_BITS and (
                    min(sides) < WITHIN or not all(side.level for side in profile.sides)
                ):
                    continue
            yield profile, words


@dataclass(slots=True)
class _Own:
    """Own words of an entry that a text has, in bits."""

    stems: dict[str, float] = field(default_factory=dict)
    concepts: dict[str, float] = field(default_factory=dict)

    @property
    def bits(self) -> float:
        return sum(self.stems.values()) + sum(self.concepts.values())


class _OfEntry:
    """Features of one entry in one text."""

    def __init__(
        self, read: ReadText, named: Named, profile: Profile, outlet: str | None, own: _Own, countries: int
    ) -> None:
        self.read, self.named, self.profile, self.outlet, self.own = read, named, profile, outlet, own
        self.countries = countries
        self.entry = profile.entry
        self.anchors = named.anchors(profile) if self.entry.id in named.anchored else 0
        self.by_sentence = named.by_sentence(self.entry.id)
        self._subject = float(any(group in read.words for group in profile.groups))

    def candidate(self) -> Candidate | None:
        window = self._best_window()
        if window is None:
            return None
        values = {
            **self._sides(window), **self._words(window), **self._anchors(window), **self._when(),
            **self._against(window), **{f"is_{kind}": float(self.entry.kind == kind) for kind in _KINDS},
        }  # fmt: skip
        return Candidate(self.profile, window, values, frozenset(self.own.stems), frozenset(self.own.concepts))

    def _best_window(self) -> Window | None:
        """The strongest; of equal ones the first. None where neither a side nor an anchor is named."""
        count = len(self.read.spans)
        there = [n for n in range(count) if max(self.by_sentence[n]) >= ITS_COUNTRY or self.anchors >> n & 1]
        firsts = sorted({first for n in there for first in (n - 1, n) if first >= 0})
        spans = [
            (first, last) for first in firsts[:_MOST_WINDOWS] for last in (first, first + 1) if last < count
        ]
        # most that a window can come to, by its sides alone: those that cannot win are not looked at
        most = [(self._most(first, last), first, last) for first, last in spans]
        best: Window | None = None
        for bound, first, last in sorted(most, key=lambda one: -one[0]):
            if best is not None and bound < best.strength:
                break
            window = self._window(first, last)
            if best is None or (round(window.strength, 6), -window.first) > (
                round(best.strength, 6),
                -best.first,
            ):
                best = window
        return best

    def _most(self, first: int, last: int) -> float:
        anchored = bool(self.anchors & (1 << first | 1 << last))
        return Window(
            first, last, self._named_in(first, last), anchored, self._subject, self.own.bits, 0.0
        ).strength  # fmt: skip

    def _named_in(self, first: int, last: int) -> tuple[float, float]:
        one, other = self.by_sentence[first], self.by_sentence[last]
        return max(one[0], other[0]), max(one[1], other[1])

    def _window(self, first: int, last: int) -> Window:
        mask = 1 << first | 1 << last
        around = self._around(first, last)
        words = self.read.words
        here = [words.get(group, 0) for group in self.profile.groups]
        subject = 1.0 if any(one & mask for one in here) else 0.7 if any(one & around for one in here) else 0.0
        return Window(
            first, last,
            self._named_in(first, last),
            bool(self.anchors & mask), subject,
            sum(bits for stem, bits in self.own.stems.items() if self.read.stems[stem] & around),
            sum(bits for concept, bits in self.own.concepts.items() if words[concept] & around),
        )  # fmt: skip

    def _around(self, first: int, last: int) -> int:
        """The sentences of a window with those beside it; of the headline, with the lead."""
        start = max(0, first - 1)
        end = last + 1 if first else max(self.read.lead[-1], last + 1)
        return (1 << (end + 1)) - (1 << start)

    def _sides(self, window: Window) -> dict[str, float]:
        entry, sides = self.entry.id, self.profile.sides
        stated = [self.named.best(entry, n) for n in (0, 1)]
        implied = [_implied(self.profile, n, self.outlet) for n in (0, 1)]
        whole = [max(both) for both in zip(stated, implied, strict=True)]
        lead = self.by_sentence[: len(self.read.lead)]
        considered = self.by_sentence[:200]
        both = sum(min(one) >= 0.5 for one in considered)
        level = [side.level for side in sides]
        organisations, there = self.named.organisations(self.profile)
        return {
            **{
                f"weaker_{int(at * 100)}": float(min(whole) >= at) for at in (NAMED, LIKELY, WITHIN, ITS_REGION)
            },
            **{
                f"stronger_{int(at * 100)}": float(max(whole) >= at)
                for at in (NAMED, LIKELY, WITHIN, ITS_REGION)
            },
            "near": min(window.sides),
            "near_both": window.sides[0] * window.sides[1],
            "in_lead": min(max(one[n] for one in lead) for n in (0, 1)),
            "in_headline": min(self.by_sentence[0]),
            "often": min(both, 4) / 4,
            "share": both / len(considered),
            "implied": float(any(i > s for i, s in zip(implied, stated, strict=True))),
            "level_least": min(level) / 3,
            "level_sum": sum(level) / 6,
            "precise": float(min(whole) >= NAMED) * sum(level) / 6,
            "organisations": there / organisations if organisations else 0.0,
            "has_organisations": float(organisations > 0),
            "no_organisation": float(organisations > 0 and not there),
            "leads": float(window.first <= 2),
        }

    def _words(self, window: Window) -> dict[str, float]:
        words, profile = self.read.words, self.profile
        stems, known = sum(self.own.stems.values()), sum(self.own.concepts.values())
        return {
            "subject": window.subject,
            "subject_anywhere": float(any(group in words for group in profile.groups)),
            "cooperation": float("cooperation" in words or "agreement" in words),
            "words": min(window.words, 30.0) / 15,
            "concepts": min(window.concepts, 30.0) / 15,
            "words_anywhere": min(stems, 40.0) / 20,
            "concepts_anywhere": min(known, 40.0) / 20,
            "wording": max(self._share(title) for title in profile.titles),
            "number": float(bool(self.read.numbers & profile.numbers)),
            "concepts_share": min(1.0, known / max(1.0, sum(profile.concepts.values()))),
            "no_concept": float(bool(profile.concepts) and not known),
            "has_concepts": float(bool(profile.concepts)),
        }

    def _share(self, title: frozenset[str]) -> float:
        """How much of the title's own words, in bits, the text has."""
        bits = {stem: self.profile.stems[stem] for stem in title}
        return sum(bits[stem] for stem in title & self.own.stems.keys()) / max(1.0, sum(bits.values()))

    def _anchors(self, window: Window) -> dict[str, float]:
        return {
            "anchor_near": float(window.anchored),
            "anchor": float(bool(self.anchors)),
            "anchor_leads": float(bool(self.anchors & 7)),
            "no_anchor": float(bool(self.entry.anchors) and not self.anchors),
        }

    def _when(self) -> dict[str, float]:
        begin, day = self.entry.signed or self.entry.starts, self.read.article.published
        once = self.entry.kind in (Kind.FORUM, Kind.CONTRACT)
        near = far = before = 0.0
        if begin and day:
            years = (day - begin.first).days / 365
            near = float(abs(years) <= 1.1)
            far = float(once and years > 2)
            before = float(years < -0.6)
        stated = self.read.years
        return {
            "year": float(bool(stated & self.profile.years)),
            "other_year": float(bool(stated and self.profile.years and not stated & self.profile.years)),
            "published_near": near,
            "published_far": far,
            "published_before": before,
        }

    def _against(self, window: Window) -> dict[str, float]:
        near = sorted({*self.read.lead, window.first, window.last})
        counts, words = self.named.regions, self.read.words
        other = by_region = 0.0
        for side in self.profile.sides:
            for country in {country_of(code) for code in side.codes}:
                rivals = [
                    number for code, number in counts.items()
                    if country_of(code) == country and code not in {country, *side.codes, *CAPITALS}
                ]  # fmt: skip
                if side.codes == {country}:
                    by_region = max(by_region, min(1.0, sum(rivals) / 3))
                elif rivals:
                    ours = sum(counts.get(code, 0) for code in side.codes) or 0.5
                    other = max(other, min(1.5, max(rivals) / ours))
        regions = sum(not is_country(code) and code not in CAPITALS for code in counts)
        return {
            "other_region": other,
            "by_region": by_region,
            "countries": min(4, self.countries - 2) / 4,
            "regions": min(8, regions) / 8,
            **{group: min(3, words.get(group, 0).bit_count()) / 3 for group in ("sport", "crime", "past")},
            "aside": float(any(len(self.read.shown_words((group,), near)) > 1 for group in ("sport", "crime"))),
        }


def _outlet(article: Text) -> str | None:
    """Code of the outlet's region, or of its country, where it is one that the codes know."""
    for code in (article.outlet_region, article.outlet_country):
        try:
            if code:
                return codes.region(code)
        except DataError:
            continue
    return None


def _implied(profile: Profile, side: int, outlet: str | None) -> float:
    """A regional outlet need not say where it is: its region stands for itself."""
    one = profile.sides[side]
    return ITS_REGION if outlet and outlet in one.codes | one.homes else 0.0


def _compare(listed: list[Candidate]) -> None:
    """Adds how far each candidate is ahead of the others of its pair, and of all others."""
    strength = {one.profile.entry.id: _told(one) for one in listed}
    bits = {one.profile.entry.id: one.window.words + one.window.concepts for one in listed}
    by_pair: dict[object, list[str]] = {}
    for one in listed:
        for pair in one.profile.entry.pairs:
            by_pair.setdefault(pair, []).append(one.profile.entry.id)
    best_all = _two_best(strength, [one.profile.entry.id for one in listed])
    of_pair = {pair: (_two_best(strength, ids), _two_best(bits, ids)) for pair, ids in by_pair.items()}
    for one in listed:
        entry = one.profile.entry
        ahead = min(_ahead(strength, entry.id, of_pair[pair][0]) for pair in entry.pairs)
        by_words = min(_ahead(bits, entry.id, of_pair[pair][1]) for pair in entry.pairs)
        of_all = _ahead(strength, entry.id, best_all)
        one.values |= {
            "ahead_in_pair": max(-1.0, min(1.0, ahead)), "ahead": max(-1.0, min(1.0, of_all)),
            "words_ahead": max(-1.0, min(1.0, by_words / 10)),
            "first_in_pair": float(ahead >= 0), "first": float(of_all >= 0),
        }  # fmt: skip


def _told(one: Candidate) -> float:
    """How much tells of a candidate, by rule of thumb, to compare it with others."""
    values = one.values
    return (
        values["words"] + values["concepts"] + 0.5 * values["wording"] + 0.7 * values["subject"]
        + 2 * values["near_both"] + 2 * values["anchor"] + values["organisations"]
        + 0.3 * values["year"] + 0.5 * values["precise"]
    )  # fmt: skip


def _two_best(values: dict[str, float], ids: list[str]) -> tuple[str, float, float]:
    """The id of the best, its value, and that of the second (0 where there is none)."""
    ordered = sorted(ids, key=lambda one: -values[one])[:2]
    return ordered[0], values[ordered[0]], values[ordered[1]] if len(ordered) > 1 else 0.0


def _ahead(values: dict[str, float], entry: str, best: tuple[str, float, float]) -> float:
    first, value, second = best
    return values[entry] - (second if entry == first else value)
