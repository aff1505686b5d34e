"""Dates of the next two weeks: terms that end, forums and commissions that are due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from matcher.entries import Entry, Kind
from matcher.partialdate import PartialDate
from reports.coverage import LineSide
from reports.liveness import State

AHEAD = timedelta(days=14)
MEETINGS = (Kind.FORUM, Kind.COMMISSION)
_DAYS_A_MONTH = 30.44


@dataclass(frozen=True)
class Date:
    """One date ahead. `expected`: reckoned from the last time, nobody has announced it."""

    day: date
    kind: Literal["term", "meeting"]
    side: LineSide
    expected: bool = False


def ahead(lines: Iterable[LineSide], today: date) -> list[Date]:
    """The dates of live lines, each line once, the nearest first."""
    found: dict[str, Date] = {}
    for one in lines:
        if one.life.state is not State.LIVE or one.line in found:
            continue
        ends = one.entry.ends
        if ends and today <= ends.last <= today + AHEAD:
            found[one.line] = Date(ends.last, "term", one)
        elif due := _due(one, today):
            found[one.line] = Date(due, "meeting", one, expected=True)
    return sorted(found.values(), key=lambda one: (one.day, one.side.line))


def _due(one: LineSide, today: date) -> date | None:
    entry = one.entry
    last = _last_met(entry, today)
    if entry.kind not in MEETINGS or not entry.period_months or last is None:
        return None
    due = last
    while due < today:
        due += timedelta(days=round(entry.period_months * _DAYS_A_MONTH))
    return due if due <= today + AHEAD else None


def _last_met(entry: Entry, today: date) -> date | None:
    """When it last met, where that is known well enough to reckon from: a year is not."""
    dates: list[PartialDate | None] = [entry.signed, entry.starts, *(fact.date for fact in entry.history)]
    known = [one.first for one in dates if one and one.precision != "year" and one.first <= today]
    return max(known, default=None)
