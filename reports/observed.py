"""How well the press of a side was observed over a stretch of days, and whether silence may be claimed."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from crawlers import codes
from crawlers.outlet_days import Day, DayState
from crawlers.registry import Outlet, Tier
from reports.snapshot import Snapshot

ENOUGH = 0.8
"""Share of outlet-days, overall and of each reference outlet, below which no gap is claimed."""
FAMILIES = 2
LONGEST_HOLE = 14
"""Days in a row on which the whole panel may go unobserved."""


@dataclass(frozen=True)
class OutletShare:
    """One outlet of a panel over a stretch of days."""

    outlet: Outlet
    observed: int
    days: int
    reasons: tuple[str, ...]
    """Why the other days were not observed, the commonest first."""

    @property
    def share(self) -> float:
        return self.observed / self.days if self.days else 0.0


@dataclass(frozen=True)
class Observed:
    """A panel of outlets over a stretch of days."""

    first: date
    last: date
    outlets: tuple[OutletShare, ...]
    longest_hole: int

    @property
    def share(self) -> float:
        days = sum(one.days for one in self.outlets)
        return sum(one.observed for one in self.outlets) / days if days else 0.0

    @property
    def seen(self) -> tuple[OutletShare, ...]:
        """Outlets observed on at least ENOUGH of the days."""
        return tuple(one for one in self.outlets if one.share >= ENOUGH)

    @property
    def families(self) -> int:
        return len({one.outlet.family for one in self.outlets if one.observed})

    @property
    def obstacle(self) -> str | None:
        """Why no silence may be claimed, as a word that the reader's language is found for; None: it may."""
        if not self.outlets:
            return "no_outlets"
        if self.share < ENOUGH:
            return "share"
        if any(one.outlet.reference and one.share < ENOUGH for one in self.outlets):
            return "reference"
        if self.families < FAMILIES:
            return "families"
        return "hole" if self.longest_hole > LONGEST_HOLE else None


def panel(outlets: Mapping[str, Outlet] | None, side: str) -> list[Outlet]:
    """The press outlets whose silence can be that of a side.

    A region: its local and regional outlets. A country: its national ones. Newsrooms that work from abroad
    are not part of it; official sites and unions of states are no press of any side. Nor is an outlet without
    a source that lists all it publishes: its silence could not be seen.
    """
    return [outlet for outlet in known(outlets, side) if outlet.observable]


def known(outlets: Mapping[str, Outlet] | None, side: str) -> list[Outlet]:
    """The press of a side with those of its outlets that are known and cannot be observed."""
    tiers = {Tier.NATIONAL} if codes.is_country(side) else {Tier.LOCAL, Tier.REGIONAL}
    return [o for o in (outlets or {}).values() if o.place == side and o.tier in tiers and o.control != "exile"]


def observed(snapshot: Snapshot, side: str, first: date, last: date) -> Observed:
    """The panel of a side from `first` to `last`, both included."""
    return of_outlets(snapshot, panel(snapshot.outlets, side), first, last)


def of_outlets(snapshot: Snapshot, outlets: Sequence[Outlet], first: date, last: date) -> Observed:
    """Given outlets from `first` to `last`, both included."""
    shares = []
    anyone = 0
    for outlet in outlets:
        where = outlet.id, first, last
        if where not in snapshot.shares:
            snapshot.shares[where] = _share(snapshot, outlet, first, last)
        share, seen = snapshot.shares[where]
        shares.append(share)
        anyone |= seen
    holes = f"{anyone:0{(last - first).days + 1}b}".split("1")
    return Observed(first, last, tuple(shares), max(map(len, holes)))


class _Record(NamedTuple):
    """The judged days of an outlet in a row, for the many stretches of them that are asked for."""

    first: int
    """Ordinal of the first day."""
    days: int
    seen: int
    """The n-th day is bit n, set where it was observed."""
    missing: tuple[int, ...]
    """Ordinals of the days that were not, in order."""
    reasons: tuple[str, ...]
    """Of each of these."""


def _record(days: Mapping[date, Day]) -> _Record:
    if not days:
        return _Record(0, 0, 0, (), ())
    first, last = min(days).toordinal(), max(days).toordinal()
    seen = DayState.OBSERVED
    judged = {day.toordinal(): _reason(one) for day, one in days.items() if one.state is not seen}
    if len(days) <= last - first:  # days of which nothing is known
        judged = {n: _reason(None) for n in range(first, last + 1) if date.fromordinal(n) not in days} | judged
    missing = tuple(sorted(judged))
    unseen = sum(1 << ordinal - first for ordinal in missing)
    reasons = tuple(judged[ordinal] for ordinal in missing)
    return _Record(first, last - first + 1, (1 << last - first + 1) - 1 ^ unseen, missing, reasons)


def _share(snapshot: Snapshot, outlet: Outlet, first: date, last: date) -> tuple[OutletShare, int]:
    """An outlet's share, and the days on which it was observed: the n-th is bit n."""
    if outlet.id not in snapshot.records:
        snapshot.records[outlet.id] = _record(snapshot.days.get(outlet.id, {}))
    record: _Record = snapshot.records[outlet.id]
    begin, end = first.toordinal(), last.toordinal() + 1
    days, offset = end - begin, begin - record.first
    seen = (record.seen >> offset if offset >= 0 else record.seen << -offset) & (1 << days) - 1
    known = slice(bisect_left(record.missing, begin), bisect_left(record.missing, end))
    # days beyond the record were not tried; of two reasons as common the one that came first stands first
    before = min(days, max(0, record.first - begin))
    after = min(days - before, max(0, end - record.first - record.days))
    missing = Counter({"not_tried": before} if before else {})
    missing.update(record.reasons[known])
    if after:
        missing["not_tried"] += after
    reasons = tuple(reason for reason, _ in missing.most_common())
    return OutletShare(outlet, seen.bit_count(), days, reasons), seen


def _reason(day: Day | None) -> str:
    if day is None:
        return "not_tried"
    return day.reason if day.state is DayState.UNOBSERVED else day.state.value
