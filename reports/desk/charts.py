"""Small drawings as SVG: positions only, the templates draw them and say the same in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from crawlers.outlet_days import Day, DayState
from reports.coverage import LineSide
from reports.snapshot import Publication

DAYS = 400
WEEKS = 26
_BAR, _HEIGHT = 6, 18


@dataclass(frozen=True)
class Mark:
    x: float
    """Percent of the width, from DAYS ago to today."""
    form: str
    """own, other, mention or event."""
    publication: Publication


def marks(one: LineSide) -> list[Mark]:
    """The texts of a side within DAYS as places on a line of time, and the event that it has not reported."""
    found = [Mark(_x(p.day, one.last), _form(p), p) for p in one.publications if _x(p.day, one.last) >= 0]
    if one.event is not None and _x(one.event.day, one.last) >= 0:
        found.append(Mark(_x(one.event.day, one.last), "event", one.event))
    return found


def _x(day: date, today: date) -> float:
    return round(100 - (today - day).days * 100 / DAYS, 2)


def _form(publication: Publication) -> str:
    if publication.grade == "mention":
        return "mention"
    return "own" if publication.own else "other"


def months(today: date) -> list[tuple[float, date]]:
    """The firsts of each third month within DAYS, with their places."""
    firsts = [
        date(today.year - n // 12 - (today.month <= n % 12), (today.month - n - 1) % 12 + 1, 1)
        for n in range(14)
    ]
    return [(_x(first, today), first) for first in firsts if first.month % 3 == 1 and _x(first, today) > 0]


def weekly(days: Mapping[date, Day], today: date) -> list[int]:
    """Days observed in each of the last WEEKS full weeks, 0 to 7, oldest first."""
    last = today - timedelta(days=1)
    return [
        sum(
            (state := days.get(last - timedelta(days=7 * week + n))) is not None
            and state.state is DayState.OBSERVED
            for n in range(7)
        )
        for week in reversed(range(WEEKS))
    ]


def bars(values: Iterable[int], most: int = 7) -> str:
    """One path of bars: a page with hundreds of these stays small."""
    return "".join(
        f"M{n * _BAR} {_HEIGHT}v-{round(value * _HEIGHT / most)}h{_BAR - 1}V{_HEIGHT}z" for n, value in enumerate(values) if value
    )  # fmt: skip
