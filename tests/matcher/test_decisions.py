"""A decision outweighs the matcher for as long as the text stands it was made on."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlite_utils import Database

from crawlers import archive, store
from crawlers.errors import DataError
from crawlers.items import Item, Reading
from matcher import decisions
from matcher.decisions import Verdict
from reports.work import TABLES

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
ENTRIES = {"one-entry": 1, "other-entry": 2}


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = store.open_database(tmp_path / "a.db", TABLES)
    print_text(opened, "Текст")
    yield opened
    opened.conn.close()


def print_text(db: Database, body: str) -> int:
    item = Item("https://paper.example/1", "Заголовок", body, reading=Reading.FULL)
    with store.writing(db) as connection:
        number, _ = archive.save(connection, item, "paper", "paper/feed", ZoneInfo("UTC"), NOW)
    return number


def decide(db: Database, verdict: Verdict, now: datetime = NOW, entry: str = "one-entry") -> None:
    decisions.decide(db, ENTRIES, 1, entry, verdict, "anna", now, "read it")


def test_last_verdict_holds_and_all_stay_on_record(db: Database) -> None:
    decide(db, Verdict.YES)
    decide(db, Verdict.NO, LATER)
    decide(db, Verdict.UNSURE, entry="other-entry")
    held = decisions.in_force(db, LATER)
    assert {key: one.verdict for key, one in held.items()} == {
        (1, "one-entry"): Verdict.NO, (1, "other-entry"): Verdict.UNSURE,
    }  # fmt: skip
    assert held[1, "one-entry"].author == "anna"
    assert held[1, "one-entry"].reason == "read it"
    assert held[1, "one-entry"].decided == LATER
    assert [one.verdict for one in decisions.of_article(db, 1)] == ["yes", "no", "unsure"]


def test_what_was_decided_later_is_not_known_before(db: Database) -> None:
    decide(db, Verdict.YES)
    decide(db, Verdict.NO, LATER)
    assert decisions.in_force(db, NOW)[1, "one-entry"].verdict is Verdict.YES
    assert decisions.in_force(db, NOW - timedelta(seconds=1)) == {}


def test_changed_text_reopens_the_question_until_it_is_answered_again(db: Database) -> None:
    decide(db, Verdict.YES)
    assert decisions.reopened(db) == []
    print_text(db, "Ein anderer Text")
    assert decisions.in_force(db, LATER) == {}
    (one,) = decisions.reopened(db)
    assert (one.article, one.entry, one.verdict) == (1, "one-entry", Verdict.YES)
    decide(db, Verdict.NO, LATER)
    assert decisions.reopened(db) == []
    assert decisions.in_force(db, LATER)[1, "one-entry"].verdict is Verdict.NO


@pytest.mark.parametrize(
    ("article", "entry", "author", "reason", "says"),
    [
        (2, "one-entry", "anna", "", "article: found 2"),
        (1, "none", "anna", "", "entry: found 'none'"),
        (1, "one-entry", "  ", "", "the name of who decides"),
        (1, "one-entry", "anna\nyes", "", "author: found"),
        (1, "one-entry", "anna", "x" * 501, "at most 500 letters"),
    ],
)
def test_what_cannot_be_decided(
    db: Database, article: int, entry: str, author: str, reason: str, says: str
) -> None:
    with pytest.raises(DataError, match=says):
        decisions.decide(db, ENTRIES, article, entry, Verdict.YES, author, NOW, reason)
    assert decisions.of_article(db, 1) == []
