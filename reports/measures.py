"""A plan of measures month by month: each measure, and what a side has published on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from matcher.entries import Entry, Kind
from reports.coverage import LineSide, speaks_for
from reports.lead_work import State as Said
from reports.liveness import State
from reports.observed import observed
from reports.snapshot import Publication
from reports.view import View

PLANS = (Kind.PLAN, Kind.PROGRAMME)
MONTHS = 6
"""As far back as a table goes, this month included."""


@dataclass(frozen=True)
class Cell:
    """A measure in a month."""

    texts: tuple[Publication, ...]
    """Reports of the side in the archive, the oldest first."""
    written: tuple[Said, ...]
    """What editors of the side said that they have written, in print and on air too."""

    @property
    def number(self) -> int:
        return len(self.texts) + len(self.written)


@dataclass(frozen=True)
class Row:
    measure: Entry
    cells: tuple[Cell, ...]
    """One a month, as the table has them."""


@dataclass(frozen=True)
class Table:
    """What one side published on a plan and its measures."""

    plan: LineSide
    months: tuple[date, ...]
    """Their first days, the oldest first."""
    observed: tuple[bool, ...]
    """Whether the side was observed well enough in the month to call nothing found "none"; the rule of `observed`."""
    rows: tuple[Row, ...]
    """The plan itself first, then its measures in the order of the catalogue."""

    @property
    def number(self) -> int:
        return sum(cell.number for row in self.rows for cell in row.cells)


def tables(view: View, line: str | None = None) -> list[Table]:
    """A table for each side of each plan, or of the plan `line` alone. Of all plans those are left out that are not
    known to work and of which nothing was published: a plan that has ended is nobody's task.
    """
    months = _months(view.snapshot.today)
    chosen = view.lines if line is None else view.of_line(line)
    found = [_table(view, one, months) for one in chosen if one.entry.kind in PLANS]
    return [one for one in found if line or one.number or one.plan.life.state is State.LIVE]


def _table(view: View, plan: LineSide, months: tuple[date, ...]) -> Table:
    members = view.snapshot.catalogue.lines[plan.line]
    measures = list(dict.fromkeys(_parts(view, members)))
    rows = [Row(plan.entry, _cells(view, plan.side, members, months))]
    entries = view.snapshot.catalogue.entries
    rows += [
        Row(entries[one], _cells(view, plan.side, (one,), months)) for one in measures if one not in members
    ]
    return Table(plan, months, tuple(_watched(view, plan.side, month) for month in months), tuple(rows))


def _watched(view: View, side: str, month: date) -> bool:
    """Of the month that is not over, its days until yesterday."""
    yesterday = view.snapshot.today - timedelta(days=1)
    last = min((month + timedelta(days=31)).replace(day=1) - timedelta(days=1), yesterday)
    return month <= last and observed(view.snapshot, side, month, last).obstacle is None


def _parts(view: View, of: Iterable[str]) -> Iterable[str]:
    for one in of:
        parts = view.snapshot.parts.get(one, ())
        yield from parts
        yield from _parts(view, parts)


def _cells(view: View, side: str, entries: Iterable[str], months: tuple[date, ...]) -> tuple[Cell, ...]:
    wanted = tuple(entries)
    reports = {
        p.article: p
        for entry in wanted
        for p in view.snapshot.publications.get(entry, ())
        if p.grade == "about" and speaks_for(view.snapshot, p, side)
    }
    texts = sorted(reports.values(), key=lambda p: p.sort_key)
    said = [one for one in view.beside.written if one.entry in wanted and one.side == side]
    return tuple(
        Cell(
            tuple(p for p in texts if p.day.replace(day=1) == month),
            tuple(one for one in said if one.said.date().replace(day=1) == month),
        )
        for month in months
    )


def _months(today: date) -> tuple[date, ...]:
    number = today.year * 12 + today.month - 1
    return tuple(date(n // 12, n % 12 + 1, 1) for n in range(number - MONTHS + 1, number + 1))
