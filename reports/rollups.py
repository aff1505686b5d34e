"""The same figures for a region, a partner, a sector, a language: pure functions of judged lines.

A line counts once in each roll-up, also where it has several pairs in it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from crawlers import codes
from crawlers.codes import Pair
from crawlers.registry import Tier
from matcher.entries import Entry
from reports.coverage import Index, LineSide, Only, Value, coverage, index
from reports.snapshot import Snapshot

One = TypeVar("One")
Key = TypeVar("Key")

_ORDER = (
    Value.COVERED, Value.MENTIONED, Value.TO_CHECK, Value.UNOBSERVED, Value.NONE_FOUND, Value.NOT_EXPECTED,
)  # fmt: skip
"""Of several sides the first of these that one has: nothing is "not found" while one side may have it."""


@dataclass(frozen=True)
class Joined:
    """One line over the sides of one country: those of several pairs are one, the best known first."""

    sides: tuple[LineSide, ...]

    @cached_property
    def best(self) -> LineSide:
        return min(self.sides, key=lambda one: (_ORDER.index(one.value), not one.own, one.rests_on_one))

    @property
    def value(self) -> Value:
        return self.best.value

    @property
    def own(self) -> bool:
        return self.best.own

    @property
    def rests_on_one(self) -> bool:
        return self.best.rests_on_one


@dataclass(frozen=True)
class Both:
    """One line with its Belarusian side and its partner's."""

    line: str
    belarus: Joined
    partner: Joined

    @property
    def titled(self) -> tuple[str, Entry]:
        """The line and the document that stands for it."""
        return self.line, self.belarus.best.entry

    @property
    def expected(self) -> bool:
        """Whether either side is expected to report it."""
        return any(one.value is not Value.NOT_EXPECTED for one in (self.belarus, self.partner))


@dataclass(frozen=True)
class Rollup:
    """What is counted for one key: a pair, region, partner, sector or language."""

    key: str
    lines: tuple[Both, ...]
    """All its lines, in the order of the catalogue; those on neither side expected count nowhere."""

    @property
    def belarus(self) -> Index:
        return index(one.belarus for one in self.lines)

    @property
    def partner(self) -> Index:
        return index(one.partner for one in self.lines)

    @property
    def expected(self) -> int:
        """Lines that at least one side is expected to report: the n of the three numbers below."""
        return sum(one.expected for one in self.lines)

    @property
    def covered_anywhere(self) -> list[Both]:
        """Lines covered on at least one side."""
        return [one for one in self.lines if Value.COVERED in (one.belarus.value, one.partner.value)]

    @property
    def covered_both(self) -> list[Both]:
        """Lines covered on both sides."""
        return [one for one in self.lines if one.belarus.value is one.partner.value is Value.COVERED]

    @property
    def own_both(self) -> list[Both]:
        """Lines covered on both sides by own work."""
        return [one for one in self.lines if one.belarus.own and one.partner.own]

    @property
    def anywhere(self) -> int:
        return len(self.covered_anywhere)

    @property
    def both(self) -> int:
        return len(self.covered_both)

    @property
    def both_own(self) -> int:
        return len(self.own_both)


def rollup(key: str, lines: Iterable[LineSide]) -> Rollup:
    """The figures of all the given sides of lines under one key."""
    sides: dict[str, tuple[list[LineSide], list[LineSide]]] = {}
    for one in lines:
        sides.setdefault(one.line, ([], []))[one.side == one.pair.partner].append(one)
    # a line of which one side alone was given is none that can be told of both
    both = [Both(line, Joined(tuple(a)), Joined(tuple(b))) for line, (a, b) in sides.items() if a and b]
    return Rollup(key, tuple(both))


def by_pair(lines: Iterable[LineSide]) -> dict[Pair, Rollup]:
    """Roll-ups by pair, in the order of the lines."""
    return {pair: rollup(str(pair), listed) for pair, listed in by_keys(lines, lambda one: [one.pair]).items()}


def by_region(lines: Iterable[LineSide]) -> dict[str, Rollup]:
    """Roll-ups by Belarusian side: its regions, Minsk, and BY for what no single region signed."""
    return _rolled(lines, lambda one: [one.pair.belarus])


def by_partner(lines: Iterable[LineSide]) -> dict[str, Rollup]:
    """Roll-ups by partner country or union, over all its regions."""
    return _rolled(lines, lambda one: [codes.country_of(one.pair.partner)])


def by_sector(lines: Iterable[LineSide]) -> dict[str, Rollup]:
    """Roll-ups by sector; a line of two sectors counts in both."""
    return _rolled(lines, lambda one: list(one.entry.sector))


def matrix(lines: Iterable[LineSide]) -> dict[tuple[str, str], Rollup]:
    """Roll-ups by Belarusian side and partner country or union."""
    cells = by_keys(lines, lambda one: [(one.pair.belarus, codes.country_of(one.pair.partner))])
    return {cell: rollup(":".join(cell), listed) for cell, listed in cells.items()}


def by_language(snapshot: Snapshot) -> dict[str, Rollup]:
    """Roll-ups by language of the press: what was reported in texts of it, and what was not found in the outlets
    that publish in it. A side without such an outlet is not expected to.
    """
    spoken = _spoken(
        snapshot,
        {side for entry in snapshot.catalogue.entries.values() for pair in entry.pairs for side in pair},
    )
    found = {}
    for language in sorted(set().union(*spoken.values())):
        speaking = {side for side, languages in spoken.items() if language in languages}
        lines = {
            line
            for line, members in snapshot.catalogue.lines.items()
            if any(
                side in speaking
                for one in members
                for pair in snapshot.catalogue.entries[one].pairs
                for side in pair
            )
        }
        judged = coverage(snapshot, Only(language=language), lines)
        rolled = rollup(language, (one if one.side in speaking else _not_expected(one) for one in judged))
        if rolled.expected:
            found[language] = rolled
    return found


def _spoken(snapshot: Snapshot, sides: Iterable[str]) -> dict[str, set[str]]:
    """The languages of the press of each side; a region has those of its country's national press too."""
    at: dict[str, set[str]] = {}
    for outlet in snapshot.outlets.values():
        if outlet.is_press and outlet.control != "exile":
            national = outlet.tier is Tier.NATIONAL
            at.setdefault(outlet.country if national else outlet.place, set()).update(outlet.languages)
    return {side: at.get(side, set()) | at.get(codes.country_of(side), set()) for side in sides}


def _not_expected(one: LineSide) -> LineSide:
    return replace(one, value=Value.NOT_EXPECTED, reason="language", gap=None)


def by_keys(lines: Iterable[One], keys: Callable[[One], Iterable[Key]]) -> dict[Key, list[One]]:
    """Sides of lines, or leads of them, by one or several keys of each, in their order."""
    found: dict[Key, list[One]] = {}
    for one in lines:
        for key in keys(one):
            found.setdefault(key, []).append(one)
    return found


def _rolled(lines: Iterable[LineSide], keys: Callable[[LineSide], Iterable[str]]) -> dict[str, Rollup]:
    return {key: rollup(key, listed) for key, listed in sorted(by_keys(lines, keys).items())}
