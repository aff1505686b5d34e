"""When the weekly letter is due, over changes of the clock and a year of 53 weeks, without waiting."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.timing import WEEKDAYS, Plan, Weekly, not_before, plan_weekly
from tests.crawlers.local_press import at

MINSK, BERLIN = ZoneInfo("Europe/Minsk"), ZoneInfo("Europe/Berlin")
MONDAY = Weekly("monday", 7, MINSK)
GRACE = timedelta(hours=36)


def runs(week: Weekly, first: datetime, last: datetime) -> list[datetime]:
    found = [week.after(first)]
    while (due := week.after(found[-1])) <= last:
        found.append(due)
    return found


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        ("2026-11-20T12:00", "2026-11-23T04:00"),
        ("2026-11-23T03:59", "2026-11-23T04:00"),
        ("2026-11-23T04:00", "2026-11-30T04:00"),
        ("2026-11-22T21:30", "2026-11-23T04:00"),  # Monday in Minsk, Sunday in UTC
        ("2026-12-31T00:00", "2027-01-04T04:00"),
    ],
)
def test_next_monday_at_seven_in_minsk(moment: str, due: str) -> None:
    assert MONDAY.after(at(moment)) == at(due)


@pytest.mark.parametrize(
    ("week", "moment", "due"),
    [
        pytest.param(Weekly("monday", 7, BERLIN), "2026-03-27T00:00", "2026-03-30T05:00", id="summer begins"),
        pytest.param(Weekly("monday", 7, BERLIN), "2026-10-23T00:00", "2026-10-26T06:00", id="summer ends"),
        pytest.param(Weekly("sunday", 2, BERLIN), "2026-03-28T00:00", "2026-03-29T01:00", id="no such hour"),
        pytest.param(Weekly("sunday", 2, BERLIN), "2026-10-24T00:00", "2026-10-25T00:00", id="the hour twice"),
        pytest.param(Weekly("sunday", 2, BERLIN), "2026-10-25T00:00", "2026-11-01T01:00", id="and only once"),
    ],
)
def test_clocks_change(week: Weekly, moment: str, due: str) -> None:
    assert week.after(at(moment)) == at(due)


@pytest.mark.parametrize("weekday", WEEKDAYS)
@pytest.mark.parametrize("hour", [0, 2, 7, 23])
def test_once_in_each_iso_week_of_two_years(weekday: str, hour: int) -> None:
    """2026 has 53 weeks, and each year changes its clocks twice."""
    week = Weekly(weekday, hour, BERLIN)
    found = runs(week, at("2026-01-01T00:00"), at("2027-12-31T00:00"))
    days = [week.day_of(due) for due in found]
    assert {day.weekday() for day in days} == {WEEKDAYS.index(weekday)}
    weeks = [day.isocalendar()[:2] for day in days]
    expected = [day.isocalendar()[:2] for n in range((days[-1] - days[0]).days // 7 + 1)
                for day in [days[0] + timedelta(weeks=n)]]  # fmt: skip
    assert weeks == expected
    assert (2026, 53) in weeks
    assert all(later - earlier > timedelta(days=6) for earlier, later in pairwise(found))


moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
weeks = st.builds(
    Weekly, st.sampled_from(WEEKDAYS), st.integers(0, 23),
    st.sampled_from(["Europe/Minsk", "Europe/Kyiv", "America/New_York", "Pacific/Apia", "Asia/Kamchatka"]).map(ZoneInfo),
)  # fmt: skip


@given(weeks, moments)
def test_next_is_later_and_within_a_week_and_a_change_of_the_clocks(week: Weekly, moment: datetime) -> None:
    assert moment < week.after(moment) <= moment + timedelta(days=7, hours=1)


@pytest.mark.parametrize(
    ("last", "now", "expected"),
    [
        pytest.param("16", "20", Plan(at("2026-11-23T04:00")), id="nothing was missed"),
        pytest.param("16", "24", Plan(at("2026-11-23T04:00")), id="late within the grace: at once"),
        pytest.param("16", "25", Plan(at("2026-11-30T04:00"), (at("2026-11-23T04:00"),)), id="too late"),
        pytest.param("02", "24", Plan(at("2026-11-23T04:00"), (at("2026-11-09T04:00"), at("2026-11-16T04:00"))),
                     id="weeks of downtime: one letter"),
    ],
)  # fmt: skip
def test_downtime(last: str, now: str, expected: Plan) -> None:
    assert plan_weekly(MONDAY, at(f"2026-11-{last}T04:00"), at(f"2026-11-{now}T12:00"), GRACE) == expected


@given(weeks, moments, st.integers(0, 400 * 24), st.integers(1, 167))
def test_no_occurrence_is_forgotten(week: Weekly, last: datetime, hours: int, grace: int) -> None:
    """Each one since the last is run, missed, or still ahead; the one that is run is not too old."""
    now = last + timedelta(hours=hours)
    plan = plan_weekly(week, last, now, timedelta(hours=grace))
    listed = [*plan.missed, plan.due]
    assert listed == [due for due in runs(week, last, max(now, plan.due)) if due <= plan.due]
    assert plan.due > now or now - plan.due <= timedelta(hours=grace)
    assert week.after(max(now, plan.due)) > now


def test_failed_run_is_repeated_after_a_pause() -> None:
    due, now = at("2026-11-23T04:00"), at("2026-11-23T05:00")
    pause = timedelta(minutes=30)
    assert not_before(due, None, pause, now) == due
    assert not_before(due, at("2026-11-23T04:50"), pause, now) == at("2026-11-23T05:20")
    assert not_before(due, at("2026-11-20T04:50"), pause, now) == due
    assert not_before(due, at("2027-11-20T04:50"), pause, now) == now + pause


def test_day_of_a_letter_is_that_of_its_zone() -> None:
    kamchatka = Weekly("monday", 7, ZoneInfo("Asia/Kamchatka"))
    due = kamchatka.after(at("2026-11-22T12:00"))
    assert (due, kamchatka.day_of(due)) == (at("2026-11-22T19:00"), date(2026, 11, 23))
