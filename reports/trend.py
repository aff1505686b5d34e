"""How the figures of a fixed set of lines and outlets changed: never a growing catalogue or press."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from crawlers.codes import Pair
from reports.coverage import Index, LineSide, Value, coverage, index
from reports.liveness import State
from reports.snapshot import Publication, Snapshot

WEEKS = 12
"""How far back the series goes, a point at every fourth week and one now."""
_EVERY = 4


@dataclass(frozen=True)
class Trend:
    """The index of one side at several days, all of the same lines and outlets, the oldest first."""

    pair: Pair
    side: str
    lines: tuple[str, ...]
    outlets: tuple[str, ...]
    points: tuple[tuple[date, Index], ...]
    covered: tuple[tuple[str, ...], ...]
    """At each point, those of the lines that were covered."""

    @property
    def change(self) -> int | None:
        """Lines covered now less those covered at first; None where there are fewer than ten: no trend."""
        (_, first), (_, last) = self.points[0], self.points[-1]
        return last.covered - first.covered if len(self.lines) >= 10 else None


def trends(snapshot: Snapshot, lines: Iterable[LineSide]) -> dict[tuple[Pair, str], Trend]:
    """A trend for each side of each pair that has a cohort.

    The cohort's lines are those that live now, lived at the first point too, and whose window lies at every
    point in days of which it is known whether they were observed. Its outlets are those that were observed
    before the first point: who came later is left out, who was lost since stays and is not observed.
    All points are counted with what is known today, so that a text found late changes the past as well.
    """
    judged = [one for one in lines if one.life.state is State.LIVE]
    moments = [snapshot.now - timedelta(weeks=back) for back in range(WEEKS, -1, -_EVERY)]
    start = moments[0].date()
    earliest = min((day for days in snapshot.days.values() for day in days), default=snapshot.today)
    fixed = replace(
        snapshot,
        outlets={
            name: outlet
            for name, outlet in snapshot.outlets.items()
            if any(
                day < start and state.state == "observed" for day, state in snapshot.days.get(name, {}).items()
            )
        },
    )
    reaching = {
        (one.line, one.pair, one.side)
        for one in judged
        if one.interval is not None and start - timedelta(days=one.interval) >= earliest
    }
    wanted = {line for line, _, _ in reaching}
    series = [{_where(one): one for one in coverage(as_of(fixed, moment), lines=wanted)} for moment in moments]
    cohort = [key for key in series[0] if key in reaching and all(_live(points.get(key)) for points in series)]
    sides: dict[tuple[Pair, str], list[str]] = {}
    for line, pair, side in cohort:
        sides.setdefault((pair, side), []).append(line)
    found = {}
    for (pair, side), members in sides.items():
        points = tuple(
            (moment.date(), index(at[line, pair, side] for line in members))
            for moment, at in zip(moments, series, strict=True)
        )
        covered = tuple(
            tuple(line for line in members if at[line, pair, side].value is Value.COVERED) for at in series
        )
        outlets = sorted(
            {s.outlet.id for line in members for s in series[-1][line, pair, side].observed.outlets}
        )
        found[pair, side] = Trend(pair, side, tuple(members), tuple(outlets), points, covered)
    return found


def as_of(snapshot: Snapshot, moment: datetime) -> Snapshot:
    """An earlier day seen with what is known today: texts published since are left out."""
    until = moment.date()

    def before(found: Iterable[Publication]) -> tuple[Publication, ...]:
        return tuple(p for p in found if p.day <= until)

    return replace(
        snapshot,
        now=moment,
        publications={entry: before(listed) for entry, listed in snapshot.publications.items()},
        near_misses={entry: before(listed) for entry, listed in snapshot.near_misses.items()},
    )


def _where(one: LineSide) -> tuple[str, Pair, str]:
    return one.line, one.pair, one.side


def _live(one: LineSide | None) -> bool:
    return one is not None and one.life.state is State.LIVE
