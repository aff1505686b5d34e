"""A side of a line week by week: how many texts, and whether the side was observed. For sparklines and time lines."""

from dataclasses import dataclass
from datetime import date, timedelta

from reports.coverage import LineSide
from reports.observed import ENOUGH, of_outlets
from reports.snapshot import Snapshot

BARS = "▁▂▃▄▅▆▇█"
NONE, UNKNOWN = "·", "?"
"""Observed and no text; not observed well enough to say."""


@dataclass(frozen=True)
class WeekOf:
    """Seven days, the last week ending yesterday."""

    first: date
    texts: int
    own: int
    share: float
    """Of the outlet-days of the side's panel, 0 to 1."""

    @property
    def observed(self) -> bool:
        return self.share >= ENOUGH


def weekly(snapshot: Snapshot, one: LineSide, weeks: int) -> list[WeekOf]:
    """The last `weeks` weeks of a side, the oldest first, with its texts that are about the line."""
    begin = snapshot.today - timedelta(days=7 * weeks)
    texts, own = [0] * weeks, [0] * weeks
    for p in one.publications:
        if p.grade == "about" and begin <= p.day < snapshot.today:
            week = (p.day - begin).days // 7
            texts[week] += 1
            own[week] += p.own is True
    shares = _shares(snapshot, tuple(share.outlet.id for share in one.observed.outlets), begin, weeks)
    return [WeekOf(begin + timedelta(days=7 * n), texts[n], own[n], shares[n]) for n in range(weeks)]


def _shares(snapshot: Snapshot, panel: tuple[str, ...], begin: date, weeks: int) -> list[float]:
    """The observed share of each week; the sides of hundreds of lines have the same panel."""
    where = panel, begin, weeks
    if where not in snapshot.weeks:
        outlets = [snapshot.outlets[name] for name in panel]
        firsts = [begin + timedelta(days=7 * n) for n in range(weeks)]
        snapshot.weeks[where] = [
            of_outlets(snapshot, outlets, first, first + timedelta(days=6)).share for first in firsts
        ]
    return snapshot.weeks[where]


def sparkline(listed: list[WeekOf]) -> str:
    """One letter a week: a bar for texts, a dot for none, a question mark where it was not observed and nothing
    was found. A bar stands for texts also where the week was observed in part.
    """
    most = max((week.texts for week in listed), default=0)
    return "".join(
        BARS[(week.texts * len(BARS) - 1) // most] if week.texts else NONE if week.observed else UNKNOWN
        for week in listed
    )
