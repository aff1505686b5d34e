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
    outlets = [share.outlet for share in one.observed.outlets]
    about = [p for p in one.publications if p.grade == "about"]
    found = []
    for back in range(weeks, 0, -1):
        first = snapshot.today - timedelta(days=7 * back)
        last = first + timedelta(days=6)
        inside = [p for p in about if first <= p.day <= last]
        share = of_outlets(snapshot, outlets, first, last).share
        found.append(WeekOf(first, len(inside), sum(p.own is True for p in inside), share))
    return found


def sparkline(listed: list[WeekOf]) -> str:
    """One letter a week: a bar for texts, a dot for none, a question mark where it was not observed and nothing
    was found. A bar stands for texts also where the week was observed in part.
    """
    most = max((week.texts for week in listed), default=0)
    return "".join(
        BARS[(week.texts * len(BARS) - 1) // most] if week.texts else NONE if week.observed else UNKNOWN
        for week in listed
    )
