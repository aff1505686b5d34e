"""Worked examples of the rule by which a publishing day counts as read."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from crawlers.items import Attempt
from crawlers.outcome import Outcome
from crawlers.outlet_days import DayState, Texts, judge

ZONE = ZoneInfo("UTC")
DAY = date(2026, 11, 22)


def fetch(
    day: int, outcome: Outcome = Outcome.NEW, overlap: int | None = None, back_to: int | None = None
) -> Attempt:
    reach = datetime(2026, 11, back_to, tzinfo=UTC) if back_to else None
    return Attempt(
        "o/feed", "o", datetime(2026, 11, day, 9, tzinfo=UTC), outcome, overlap=overlap, reaches_back=reach
    )


def state(
    *attempts: Attempt, texts: Texts | None = None, declared: list[tuple[date, date]] | None = None
) -> DayState:
    known = {DAY: texts} if texts else {}
    return judge(DAY, DAY, ZONE, {"o/feed": list(attempts)}, known, declared or [])[DAY].state


@pytest.mark.parametrize(
    ("attempts", "expected"),
    [
        pytest.param([fetch(23, back_to=20)], DayState.OBSERVED, id="one document that reaches back"),
        pytest.param([fetch(22, back_to=20)], DayState.UNOBSERVED, id="fetched before the day was over"),
        pytest.param(
            [fetch(21, back_to=20), fetch(22, Outcome.TIMEOUT), fetch(23, overlap=3, back_to=22)],
            DayState.OBSERVED, id="a time-out between two fetches that overlap lost nothing",
        ),
        pytest.param(
            [fetch(20, back_to=19), fetch(24, overlap=0, back_to=24)], DayState.LOST, id="no overlap and no reach"
        ),
        pytest.param([fetch(21, back_to=20), fetch(23, Outcome.UNCHANGED)], DayState.OBSERVED, id="304 vouches"),
        pytest.param([fetch(24, back_to=23)], DayState.UNOBSERVED, id="before the first fetch reaches"),
        pytest.param([fetch(23)], DayState.UNOBSERVED, id="an undated document reaches nowhere"),
        pytest.param([], DayState.UNOBSERVED, id="never tried"),
        *[
            pytest.param([fetch(23, outcome, back_to=20)], DayState.UNOBSERVED, id=outcome.value)
            for outcome in Outcome
            if outcome not in (Outcome.NEW, Outcome.UNCHANGED)
        ],
    ],
)  # fmt: skip
def test_day_is_judged_afterwards(attempts: list[Attempt], expected: DayState) -> None:
    assert state(*attempts) is expected


@pytest.mark.parametrize(("read", "expected"), [(9, DayState.OBSERVED), (8, DayState.PARTIAL)])
def test_nine_in_ten_texts_must_be_read(read: int, expected: DayState) -> None:
    assert state(fetch(23, back_to=20), texts=Texts(10, read)) is expected


def test_an_import_observes_the_days_that_it_declares() -> None:
    assert state(declared=[(DAY, DAY)]) is DayState.OBSERVED


THURSDAY = [3]  # the 12th and the 19th


@pytest.mark.parametrize(
    ("weekdays", "observed"),
    [
        pytest.param([], [10, 11, 12, 20, 21, 22], id="any day"),
        pytest.param(
            THURSDAY, [10, 11, 12, 13, 14, 15, 16, 17, 18], id="a weekly of which one issue was missed"
        ),
    ],
)
def test_weekly_counts_on_its_days_only(weekdays: list[int], observed: list[int]) -> None:
    tries = {"o/feed": [fetch(13, back_to=10), fetch(23, back_to=20)]}
    days = judge(date(2026, 11, 10), DAY, ZONE, tries, {}, weekdays=weekdays)
    assert [day.day for day, one in days.items() if one.state is DayState.OBSERVED] == observed


def test_what_a_weekly_prints_between_its_days_has_to_be_read_too() -> None:
    tries, unread = {"o/feed": [fetch(23, back_to=10)]}, {date(2026, 11, 20): Texts(2, 0)}
    days = judge(date(2026, 11, 19), DAY, ZONE, tries, unread, weekdays=THURSDAY)
    assert [day.day for day, one in days.items() if one.state is DayState.PARTIAL] == [20]
