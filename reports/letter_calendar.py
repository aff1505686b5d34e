"""Dates of the next two weeks: terms that end, forums and commissions that are due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from reports.coverage import LineSide
from reports.leads import due
from reports.liveness import State

AHEAD = timedelta(days=14)


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
        elif day := due(one.entry, today, AHEAD):
            found[one.line] = Date(day, "meeting", one, expected=True)
    return sorted(found.values(), key=lambda one: (one.day, one.side.line))
