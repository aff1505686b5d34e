"""When a job is due: pure functions of the time before and now, so that a year of them is tested at once."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Weekly(NamedTuple):
    """A weekday, by its name, and an hour of a zone."""

    weekday: str
    hour: int
    zone: ZoneInfo

    def after(self, moment: datetime) -> datetime:
        """The first occurrence later than `moment`, in UTC.

        Once in each ISO week, whatever the clocks do: an hour that they skip is the one that follows it, and
        of an hour that they repeat it is the first.
        """
        local = moment.astimezone(self.zone).date()
        day = local + timedelta(days=(WEEKDAYS.index(self.weekday) - local.weekday()) % 7)
        found = self._on(day)
        return found if found > moment else self._on(day + timedelta(days=7))

    def _on(self, day: date) -> datetime:
        return datetime.combine(day, time(self.hour), self.zone).astimezone(UTC)

    def day_of(self, due: datetime) -> date:
        """The day that an occurrence is for, as its readers call it."""
        return due.astimezone(self.zone).date()


class Plan(NamedTuple):
    """What to do about a job, as seen now."""

    due: datetime
    """When it is to run; not later than now: at once."""
    missed: tuple[datetime, ...] = ()
    """Earlier occurrences that will not be made up for."""


def plan_weekly(week: Weekly, last: datetime, now: datetime, grace: timedelta) -> Plan:
    """The next run of a weekly job whose last occurrence, run or given up, was at `last`.

    After a downtime the latest occurrence is made up for if it is not older than `grace`; those before it
    are missed: a letter of last month helps nobody, and several at once less.
    """
    passed = []
    due = week.after(last)
    while due <= now:
        passed.append(due)
        due = week.after(due)
    if passed and now - passed[-1] <= grace:
        due = passed.pop()
    return Plan(due, tuple(passed))


def not_before(due: datetime, ended: datetime | None, pause: timedelta, now: datetime) -> datetime:
    """`due`, put off until `pause` after the last run's end: what failed is not repeated without a break.

    An end that lies in the future was written by a clock that has been set back since.
    """
    return due if ended is None else max(due, min(ended, now) + pause)
