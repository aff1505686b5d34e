"""The ledger: attempts as they were, validators with what they vouch for, and overlap."""

from datetime import datetime

import pytest
from sqlite_utils import Database

from crawlers import ledger, store
from crawlers.items import Attempt
from crawlers.ledger import Validators
from crawlers.outcome import Outcome
from tests.crawlers.local_press import at

FIRST, SECOND, THIRD = at("2026-11-09T10:00"), at("2026-11-10T10:00"), at("2026-11-11T10:00")


def test_attempt_is_read_back_as_it_was_recorded(db: Database) -> None:
    full = Attempt(
        "g/feed", "g", FIRST, Outcome.NEW, 200, 5120, 20, 3, 17, at("2026-11-01T00:00"), 340, "ok", THIRD, "BY"
    )
    with store.writing(db) as connection:
        ledger.record(connection, full)
    assert ledger.attempts(db) == [full]


def test_attempt_without_an_answer_is_one_too(db: Database) -> None:
    bare = Attempt("g/feed", "g", FIRST, Outcome.TIMEOUT)
    with store.writing(db) as connection:
        ledger.record(connection, bare)
    assert ledger.attempts(db) == [bare]


def test_long_message_is_cut(db: Database) -> None:
    with store.writing(db) as connection:
        ledger.record(connection, Attempt("g/feed", "g", FIRST, Outcome.ERROR, message="x" * 1000))
    assert ledger.attempts(db)[0].message == "x" * 300


@pytest.mark.parametrize(("until", "count"), [(None, 3), (THIRD, 3), (SECOND, 2), (at("2026-11-01T00:00"), 0)])
def test_attempts_come_oldest_first_up_to_a_moment(db: Database, until: object, count: int) -> None:
    with store.writing(db) as connection:
        for moment in (THIRD, FIRST, SECOND):
            ledger.record(connection, Attempt("g/feed", "g", moment, Outcome.NEW))
    assert [one.fetched for one in ledger.attempts(db, until)] == [FIRST, SECOND, THIRD][:count]  # type: ignore[arg-type]


@pytest.mark.parametrize(("most", "expected"), [(9, [FIRST, SECOND, THIRD]), (2, [SECOND, THIRD])])
def test_recent_attempts_of_one_source(db: Database, most: int, expected: list[datetime]) -> None:
    with store.writing(db) as connection:
        for moment in (THIRD, FIRST, SECOND):
            ledger.record(connection, Attempt("g/feed", "g", moment, Outcome.NEW))
            ledger.record(connection, Attempt("h/feed", "h", moment, Outcome.NEW))
    assert [one.fetched for one in ledger.recent(db, "g/feed", most)] == expected


def test_source_that_was_never_read_has_no_validators(db: Database) -> None:
    assert ledger.validators(db, "g/feed") == Validators(None, None, None)


def test_validators_of_the_last_document_are_kept_for_each_source(db: Database) -> None:
    with store.writing(db) as connection:
        ledger.remember(connection, "g/feed", Validators("e1", "m1", "h1"), ["a"], FIRST)
        ledger.remember(connection, "g/feed", Validators("e2", None, "h2"), ["a"], SECOND)
        ledger.remember(connection, "g/feed-2", Validators("x", "y", "z"), ["a"], SECOND)
    assert ledger.validators(db, "g/feed") == Validators("e2", None, "h2")
    assert ledger.validators(db, "g/feed-2") == Validators("x", "y", "z")


@pytest.mark.parametrize(
    ("documents", "overlap"),
    [
        pytest.param([["a", "b"]], None, id="the first has none before it"),
        pytest.param([[], ["a"]], 0, id="after an empty first one"),
        pytest.param([["a", "b"], ["b", "c"]], 1, id="one in common"),
        pytest.param([["a", "b"], ["c", "d"]], 0, id="none in common"),
        pytest.param([["a", "b"], ["a", "b", "a", "b"]], 2, id="repeated keys count once"),
        pytest.param([["a"], ["b"], ["a"]], 0, id="only the last document counts"),
    ],
)
def test_overlap_with_the_document_before(
    db: Database, documents: list[list[str]], overlap: int | None
) -> None:
    with store.writing(db) as connection:
        counts = [
            ledger.remember(connection, "g/feed", Validators(), keys, moment)
            for keys, moment in zip(documents, (FIRST, SECOND, THIRD), strict=False)
        ]
    assert counts[-1] == overlap


def test_sources_do_not_overlap_each_other(db: Database) -> None:
    with store.writing(db) as connection:
        ledger.remember(connection, "g/feed", Validators(), ["a"], FIRST)
        assert ledger.remember(connection, "h/feed", Validators(), ["a"], FIRST) is None
        assert ledger.remember(connection, "h/feed", Validators(), ["b"], SECOND) == 0


def test_what_is_remembered_falls_with_its_transaction(db: Database) -> None:
    def fail_after() -> None:
        with store.writing(db) as connection:
            ledger.remember(connection, "g/feed", Validators("e", "m", "h"), ["a"], FIRST)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after()
    assert ledger.validators(db, "g/feed") == Validators()
