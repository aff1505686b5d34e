"""When a source is due: taught by what its answers showed, always between floor and ceiling."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.items import Attempt
from crawlers.outcome import Outcome
from crawlers.polling import Pace, next_due
from tests.crawlers.local_press import at

NOW = at("2026-11-10T12:00")
HOUR = timedelta(hours=1)
PACE = Pace(4 * HOUR, HOUR, 24 * HOUR)


def told(outcome: Outcome, seen: int = 0, overlap: int | None = None, ago: timedelta = HOUR) -> Attempt:
    return Attempt("g/feed", "g", NOW - ago, outcome, entries_seen=seen, overlap=overlap)


NEW = told(Outcome.NEW, 20, 15)
FIRST = told(Outcome.NEW, 20)
LOST = told(Outcome.NEW, 20, 0)
SAME = told(Outcome.UNCHANGED)
EMPTY = told(Outcome.EMPTY)
DOWN = told(Outcome.TIMEOUT)
LEFT_OUT = told(Outcome.NOT_TRIED)


@pytest.mark.parametrize(
    ("history", "hours"),
    [
        pytest.param([FIRST], 4, id="the first document has none before it and teaches nothing"),
        pytest.param([NEW, NEW, NEW], 4, id="new entries beside known ones keep the interval"),
        pytest.param([FIRST, LOST], 2, id="no overlap"),
        pytest.param([FIRST, LOST, LOST], 1, id="no overlap, twice"),
        pytest.param([FIRST, LOST, NEW], 2, id="what was shortened stays short while it is needed"),
        pytest.param([FIRST, LOST, SAME], 3, id="until nothing is new"),
        pytest.param([told(Outcome.UNCHANGED, 20, 0)], 2, id="all known from elsewhere, and still no overlap"),
        pytest.param([told(Outcome.EMPTY, 0, 0)], 4, id="an empty feed cannot overlap"),
        pytest.param([SAME], 6, id="unchanged"),
        pytest.param([SAME, SAME], 9, id="unchanged, twice"),
        pytest.param([SAME] * 20, 24, id="unchanged for long"),
        pytest.param([SAME, SAME, NEW], 4, id="new after a silence"),
        pytest.param([EMPTY, EMPTY], 4, id="empty"),
        pytest.param([NEW, DOWN], 8, id="a failure"),
        pytest.param([NEW, DOWN, DOWN], 16, id="two failures"),
        pytest.param([NEW] + [DOWN] * 1000, 24, id="failures without end"),
        pytest.param([DOWN, DOWN, NEW], 4, id="a recovered source"),
        pytest.param([LOST, DOWN, LEFT_OUT], 4, id="a run that left it out teaches nothing"),
    ],
)
def test_interval(history: list[Attempt], hours: int) -> None:
    assert next_due(history, NOW, PACE) == NOW - HOUR + timedelta(hours=hours)


@pytest.mark.parametrize("history", [[], [LEFT_OUT]], ids=["unknown", "left out so far"])
def test_source_that_was_never_asked_is_due_at_once(history: list[Attempt]) -> None:
    assert next_due(history, NOW, PACE) == NOW


@pytest.mark.parametrize(("history", "hours"), [([SAME, SAME], 4), ([LOST], 2), ([DOWN], 8)])
def test_unread_pages_keep_a_slow_source_at_the_interval_of_its_group(
    history: list[Attempt], hours: int
) -> None:
    assert next_due(history, NOW, PACE, unread_pages=True) == NOW - HOUR + timedelta(hours=hours)


@pytest.mark.parametrize(("asked", "hours"), [(2, 8), (12, 12), (240, 24)])
def test_site_that_asks_for_a_pause_gets_it_up_to_the_ceiling(asked: int, hours: int) -> None:
    busy = replace(DOWN, retry_after=NOW - HOUR + timedelta(hours=asked))
    assert next_due([busy], NOW, PACE) == NOW - HOUR + timedelta(hours=hours)


def test_attempt_in_the_future_puts_nothing_off() -> None:
    """The clock of the machine was wrong for a while."""
    assert next_due([told(Outcome.NEW, 20, 15, ago=-1000 * HOUR)], NOW, PACE) == NOW + 4 * HOUR


attempts = st.builds(
    Attempt, st.just("g/feed"), st.just("g"), st.just(NOW), st.sampled_from(sorted(Outcome)),
    entries_seen=st.integers(0, 50), overlap=st.none() | st.integers(0, 50),
    retry_after=st.none() | st.integers(-(10**6), 10**6).map(lambda n: NOW + timedelta(minutes=n)),
)  # fmt: skip
paces = st.lists(st.integers(1, 100_000), min_size=3, max_size=3).map(
    lambda minutes: Pace(*(timedelta(minutes=n) for n in (sorted(minutes)[1], min(minutes), max(minutes))))
)


@given(st.lists(attempts, max_size=40), attempts, paces, st.booleans())
def test_never_sooner_than_the_floor_and_never_later_than_the_ceiling(
    history: list[Attempt], last: Attempt, pace: Pace, unread: bool
) -> None:
    due = next_due([*history, last], NOW, pace, unread)
    if all(one.outcome == Outcome.NOT_TRIED for one in (*history, last)):
        assert due == NOW
    else:
        assert NOW + pace.floor <= due <= NOW + pace.ceiling


@given(
    st.lists(attempts, max_size=20), st.sampled_from([Outcome.TIMEOUT, Outcome.GONE, Outcome.FORBIDDEN]), paces
)
def test_each_further_failure_is_waited_for_at_least_as_long(
    history: list[Attempt], failure: Outcome, pace: Pace
) -> None:
    down = Attempt("g/feed", "g", NOW, failure)
    dues = [next_due([*history, *[down] * count], NOW, pace) for count in range(1, 12)]
    assert dues == sorted(dues)
