"""Which week a letter tells of: the ISO week that ended before the day on which it is written."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self

from crawlers.errors import DataError

_FORM = re.compile(r"(\d{4})-W(\d\d)")


@dataclass(frozen=True, order=True)
class Week:
    """One ISO week; the letter of Monday 23 November 2026 is that of 2026-W47."""

    year: int
    number: int

    @classmethod
    def before(cls, day: date) -> Self:
        """The last week that had ended on a day."""
        ended = (day - timedelta(days=7)).isocalendar()
        return cls(ended.year, ended.week)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads `2026-W47`; raises DataError for anything else, such as week 53 of a year of 52."""
        found = _FORM.fullmatch(text.strip().upper())
        try:
            if found is None:
                raise ValueError
            year, number = int(found[1]), int(found[2])
            date.fromisocalendar(year, number, 1)
        except ValueError:
            raise DataError("--week", "", text, "an ISO week such as 2026-W47") from None
        return cls(year, number)

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02}"

    @property
    def first(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return self.first + timedelta(days=6)

    @property
    def previous(self) -> "Week":
        return Week.before(self.first)

    def moment(self, now: datetime) -> datetime:
        """When its letter is written: now, if it is the week that last ended, else the Monday after it.

        Raises DataError for a week that has not ended.
        """
        if Week.before(now.date()) == self:
            return now
        written = datetime.combine(self.last + timedelta(days=1), time(6), tzinfo=UTC)
        if written > now:
            raise DataError(
                "--week", "", str(self), f"a week that has ended, {Week.before(now.date())} or before"
            )
        return written
