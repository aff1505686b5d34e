"""What test_outlet_days.py leaves out: zones, reasons, several sources, and holes that must stay holes."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers import ledger, store
from crawlers.items import Attempt
from crawlers.migrations import migrations
from crawlers.outcome import Outcome
from crawlers.outlet_days import Day, DayState, Texts, judge, spans_read
from tests.crawlers.local_press import at

UTC_ZONE = ZoneInfo("UTC")
MINSK = ZoneInfo("Europe/Minsk")


def fetch(
    when: str, outcome: Outcome = Outcome.NEW, overlap: int | None = None, reach: str | None = None
) -> Attempt:
    back = at(f"2026-11-{reach}") if reach else None
    return Attempt("g/feed", "g", at(f"2026-11-{when}"), outcome, overlap=overlap, reaches_back=back)


def days(
    *attempts: Attempt, first: int = 1, last: int = 30, zone: ZoneInfo = UTC_ZONE, usual: bool = False
) -> dict[int, Day]:
    empty = frozenset({"g/feed"} if usual else ())
    found = judge(
        date(2026, 11, first), date(2026, 11, last), zone, {"g/feed": list(attempts)}, {}, empty_is_usual=empty
    )
    return {day.day: judged for day, judged in found.items()}


def observed(judged: dict[int, Day]) -> list[int]:
    return [day for day, one in judged.items() if one.state is DayState.OBSERVED]


START = fetch("10T09:00", reach="07T15:00")
"""A first document, of Tuesday the 10th, that reaches back into Saturday the 7th."""


def test_one_document_shows_the_whole_days_that_it_reaches_over() -> None:
    assert observed(days(START)) == [8, 9]


@pytest.mark.parametrize("failure", [Outcome.TIMEOUT, Outcome.BLOCKED, Outcome.NOT_A_FEED, Outcome.NOT_TRIED])
def test_failure_between_two_documents_that_overlap_lost_nothing(failure: Outcome) -> None:
    judged = days(START, fetch("11T09:00", failure), fetch("13T09:00", overlap=4, reach="12T20:00"))
    assert observed(judged) == [8, 9, 10, 11, 12]


def test_failure_between_two_documents_that_do_not_overlap_did() -> None:
    judged = days(START, fetch("11T09:00", Outcome.TIMEOUT), fetch("13T20:00", overlap=0, reach="13T15:00"))
    assert observed(judged) == [8, 9]
    assert [judged[day] for day in (10, 11, 12)] == [Day(DayState.LOST, "lost")] * 3


def test_document_that_reaches_back_past_the_last_one_needs_no_overlap() -> None:
    judged = days(START, fetch("13T09:00", overlap=0, reach="10T08:00"))
    assert observed(judged) == [8, 9, 10, 11, 12]


@pytest.mark.parametrize("overlap", [None, 5])
def test_unchanged_document_extends_the_span(overlap: int | None) -> None:
    assert observed(days(START, fetch("13T09:00", Outcome.UNCHANGED, overlap))) == [8, 9, 10, 11, 12]


def test_document_of_articles_known_from_elsewhere_bridges_no_hole() -> None:
    """Its entries were stored by another source or an import, but the last document held none of them."""
    judged = days(START, fetch("20T20:00", Outcome.UNCHANGED, overlap=0, reach="20T15:00"))
    assert observed(judged) == [8, 9]


@pytest.mark.parametrize("outcome", [one for one in Outcome if one not in (Outcome.NEW, Outcome.UNCHANGED)])
def test_no_other_outcome_extends_the_span(outcome: Outcome) -> None:
    judged = days(START, fetch("13T09:00", outcome, overlap=5, reach="07T15:00"))
    assert observed(judged) == [8, 9]
    assert judged[11] == Day(DayState.UNOBSERVED, outcome)


def test_empty_document_counts_where_that_is_usual() -> None:
    empty = fetch("13T09:00", Outcome.EMPTY)
    assert observed(days(START, empty, usual=True)) == [8, 9, 10, 11, 12]
    assert observed(days(START, empty)) == [8, 9]


def test_undated_documents_observe_from_the_first_fetch_on() -> None:
    assert observed(days(fetch("10T09:00"), fetch("13T09:00", overlap=3))) == [11, 12]


def test_days_before_the_first_document_are_named_so() -> None:
    judged = days(START)
    assert judged[5] == judged[6] == Day(DayState.UNOBSERVED, "before_first_fetch")


@pytest.mark.parametrize(
    ("attempts", "day", "expected"),
    [
        pytest.param([START], 7, Day(DayState.UNOBSERVED, "before_first_fetch"), id="first document"),
        pytest.param(
            [START, fetch("13T20:00", overlap=0, reach="13T15:00"), fetch("14T09:00", overlap=3)], 13,
            Day(DayState.LOST, "lost"), id="after a hole",
        ),
    ],
)  # fmt: skip
def test_day_that_a_document_shows_in_part_is_not_called_new(
    attempts: list[Attempt], day: int, expected: Day
) -> None:
    assert days(*attempts)[day] == expected


def test_day_that_is_not_over_is_not_observed() -> None:
    judged = days(START)
    assert judged[10].state is judged[11].state is DayState.UNOBSERVED


def test_reason_is_that_of_the_last_attempt() -> None:
    judged = days(START, fetch("12T09:00", Outcome.TIMEOUT), fetch("13T09:00", Outcome.BLOCKED))
    assert judged[11] == Day(DayState.UNOBSERVED, Outcome.BLOCKED)


def test_outlet_that_was_never_tried_says_so() -> None:
    assert set(days().values()) == {Day(DayState.UNOBSERVED, Outcome.NOT_TRIED)}


def test_day_begins_at_midnight_of_the_outlet() -> None:
    evening = fetch("12T22:00", reach="07T21:00")  # 01:00 of the 13th, and 00:00 of the 8th, in Minsk
    assert observed(days(evening, zone=MINSK)) == [8, 9, 10, 11, 12]
    assert observed(days(evening)) == [8, 9, 10, 11]


@pytest.mark.parametrize(
    ("fetched", "expected"), [("2026-10-25T22:59", False), ("2026-10-25T23:00", True)], ids=["short", "whole"]
)
def test_day_of_the_clock_change_has_25_hours(fetched: str, expected: bool) -> None:
    """In Chisinau the 25th of October lasts from 21:00 of the 24th to 22:00 UTC; Warsaw's ends at 23:00."""
    attempt = Attempt("g/feed", "g", at(fetched), Outcome.NEW, reaches_back=at("2026-10-24T22:00"))
    day = date(2026, 10, 25)
    state = judge(day, day, ZoneInfo("Europe/Warsaw"), {"g/feed": [attempt]}, {})[day].state
    assert (state is DayState.OBSERVED) is expected


def test_each_source_is_followed_by_itself() -> None:
    """A hole of one source is none where another shows the day; two halves of a day make no whole."""
    feed = [fetch("10T09:00", reach="07T15:00"), fetch("20T20:00", overlap=0, reach="20T15:00")]
    listing = [fetch("14T09:00", reach="11T00:00")]
    found = judge(date(2026, 11, 7), date(2026, 11, 14), UTC_ZONE, {"g/feed": feed, "g/wordpress": listing}, {})
    assert [day.day for day, one in found.items() if one.state is DayState.OBSERVED] == [8, 9, 11, 12, 13]
    assert found[date(2026, 11, 10)].state is DayState.LOST


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (None, Day(DayState.OBSERVED, "")),
        (Texts(0, 0), Day(DayState.OBSERVED, "")),
        (Texts(10, 9), Day(DayState.OBSERVED, "")),
        (Texts(10, 8), Day(DayState.PARTIAL, "8 of 10 texts read")),
        (Texts(1, 0), Day(DayState.PARTIAL, "0 of 1 texts read")),
    ],
)
def test_texts_of_a_day_have_to_be_read(texts: Texts | None, expected: Day) -> None:
    day = date(2026, 11, 9)
    assert judge(day, day, UTC_ZONE, {"g/feed": [START]}, {day: texts} if texts else {})[day] == expected


def test_declared_days_are_observed_and_no_others() -> None:
    span = (date(2026, 11, 3), date(2026, 11, 5))
    found = judge(date(2026, 11, 2), date(2026, 11, 6), UTC_ZONE, {}, {}, [span])
    assert [one.state is DayState.OBSERVED for one in found.values()] == [False, True, True, True, False]


def test_declared_day_with_unread_texts_is_partial() -> None:
    day = date(2026, 11, 3)
    assert judge(day, day, UTC_ZONE, {}, {day: Texts(2, 1)}, [(day, day)])[day].state is DayState.PARTIAL


def test_spans_without_a_hole_are_joined() -> None:
    later = fetch("13T20:00", overlap=0, reach="13T15:00")
    assert spans_read([START, fetch("11T09:00", overlap=1, reach="10T20:00"), later]) == [
        (at("2026-11-07T15:00"), at("2026-11-11T09:00")),
        (at("2026-11-13T15:00"), at("2026-11-13T20:00")),
    ]


def test_later_document_may_reach_further_back() -> None:
    assert spans_read([START, fetch("11T09:00", overlap=9, reach="01T00:00")]) == [
        (at("2026-11-01T00:00"), at("2026-11-11T09:00"))
    ]


@pytest.mark.parametrize("hours", [1, 24, 24 * 300])
def test_no_failure_makes_a_span(hours: int) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    tries = [Attempt("g/feed", "g", start + timedelta(hours=hours * n), Outcome.BLOCKED) for n in range(3)]
    assert spans_read(tries) == []


@st.composite
def fetched(draw: st.DrawFn) -> Attempt:
    moment = at("2026-11-05T00:00") + timedelta(hours=draw(st.integers(0, 90)))
    back = draw(st.none() | st.integers(0, 60))
    return Attempt(
        draw(st.sampled_from(["g/feed", "g/map"])), "g", moment,
        draw(st.sampled_from(["new", "unchanged", "empty", "timeout"])), entries_seen=draw(st.integers(0, 1)),
        overlap=draw(st.none() | st.integers(0, 1)),
        reaches_back=None if back is None else moment - timedelta(hours=back),
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(tries=st.lists(fetched(), max_size=12), usual=st.booleans(), hours=st.integers(-1, 90))
def test_database_tells_spans_as_the_rule_does(tries: list[Attempt], usual: bool, hours: int) -> None:
    db = store.open_database(Path(":memory:"), [migrations])
    tries = sorted(tries, key=lambda one: one.fetched)
    with store.writing(db) as connection:
        for one in tries:
            ledger.record(connection, one)
    begin = at("2026-11-05T00:00")
    since, until = begin + timedelta(hours=hours), begin + timedelta(hours=80)
    found = ledger.spans(db, ["g/feed", "g/map"], ["g/feed"] if usual else [], since, until)
    known = [one for one in tries if one.fetched <= until]
    for source in ("g/feed", "g/map"):
        mine = [one for one in known if one.source == source]
        expected = spans_read(mine, usual and source == "g/feed")
        shown = found.get(source, [])
        # what ended before `since` is told by its last span, whose beginning may be cut off
        assert [s for s in shown if s[0] >= since] == [s for s in expected if s[0] >= since]
        assert [s[1] for s in shown if s[1] >= since] == [s[1] for s in expected if s[1] >= since]
        assert bool(shown) == bool(expected)
        newest = ledger.last_attempts(db, [source], until).get(source)
        assert newest == (mine[-1] if mine else None)
    db.conn.close()
