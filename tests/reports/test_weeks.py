"""The week of a letter: the one that ended before it is written, in years of 52 and of 53 weeks."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.errors import DataError
from reports.weeks import Week


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 11, 23), "2026-W47"),  # a Monday: the week before
        (date(2026, 11, 29), "2026-W47"),  # the Sunday after it: no other has ended
        (date(2026, 11, 30), "2026-W48"),
        (date(2027, 1, 4), "2026-W53"),
        (date(2027, 1, 3), "2026-W52"),
        (date(2025, 1, 6), "2025-W01"),
        (date(2024, 12, 31), "2024-W52"),
    ],
)
def test_the_week_that_ended(day: date, week: str) -> None:
    assert str(Week.before(day)) == week


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_it_has_ended_and_is_the_last_that_has(day: date) -> None:
    week = Week.before(day)
    assert week.last < day <= week.last + timedelta(days=7)
    assert Week.parse(str(week)) == week
    assert week.previous.last + timedelta(days=1) == week.first


@pytest.mark.parametrize("text", ["2026-47", "2026-W54", "2025-W53", "W47", "2026-W00", "soon", "0000-W01"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(DataError, match="2026-W47"):
        Week.parse(text)


def test_a_week_that_has_not_ended_has_no_letter() -> None:
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert Week.parse("2026-W47").moment(now) == now
    assert Week.parse("2026-W46").moment(now).date() == date(2026, 11, 16)
    for ahead in ("2026-W48", "2026-W49"):
        with pytest.raises(DataError, match="2026-W47 or before"):
            Week.parse(ahead).moment(now)
