"""How well the press of a side was observed over a stretch of days, and whether silence may be claimed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

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
    dates = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    shares = []
    anyone: set[date] = set()
    for outlet in outlets:
        where = outlet.id, first, last
        if where not in snapshot.shares:
            snapshot.shares[where] = _share(snapshot, outlet, dates)
        share, seen = snapshot.shares[where]
        shares.append(share)
        anyone |= seen
    hole = longest = 0
    for day in dates:
        hole = 0 if day in anyone else hole + 1
        longest = max(longest, hole)
    return Observed(first, last, tuple(shares), longest)


def _share(snapshot: Snapshot, outlet: Outlet, dates: list[date]) -> tuple[OutletShare, set[date]]:
    known, observed = snapshot.days.get(outlet.id, {}), DayState.OBSERVED
    seen = {day for day in dates if (judged := known.get(day)) and judged.state is observed}
    missing = Counter(_reason(known.get(day)) for day in dates if day not in seen)
    reasons = tuple(reason for reason, _ in missing.most_common())
    return OutletShare(outlet, len(seen), len(dates), reasons), seen


def _reason(day: Day | None) -> str:
    if day is None:
        return "not_tried"
    return day.reason if day.state is DayState.UNOBSERVED else day.state.value
