"""What a letter told is known to the next one, if it can have reached its reader."""

from pathlib import Path

import pytest
from sqlite_utils import Database

from crawlers.store import open_database
from reports import deliveries, letter_issues, letter_mail
from reports.deliveries import State
from reports.letter import Task
from reports.migrations import migrations
from reports.weeks import Week
from tests.reports.made_up import NOW, ago, entry, snapshot, task, text, view


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return open_database(tmp_path / "news.db", [migrations])


def written(db: Database, one: Task, week: Week) -> None:
    of = snapshot(
        [entry("deal-one"), entry("deal-two", ends="2026-12-31")], [text(1, "deal-one", ago(30), "volga")]
    )
    mail, letter = letter_mail.message(view(of), one, "news@example.org", "", "0123")
    deliveries.make(db, week, one.reader, mail, letter, NOW)


@pytest.mark.parametrize("state", list(State))
def test_only_what_may_have_arrived_counts_as_told(db: Database, state: State) -> None:
    one, next_week = task(), Week.parse("2026-W48")
    written(db, one, one.week)
    (kept,) = deliveries.listed(db)
    deliveries.end(db, kept, state, "", NOW)
    found = letter_issues.history(db, next_week, one.reader.key)
    if state not in (State.SENT, State.UNCERTAIN):
        assert (found.named, found.gaps_before) == ((), None)
        return
    assert [(named.kind, named.line, named.week) for named in found.named] == [
        ("term", "deal-two", "2026-W47"), ("event", "deal-one", "2026-W47"),
    ]  # fmt: skip
    assert (found.named[1].first, found.named[1].last) == (ago(32), ago(1))
    assert found.gaps_before is not None
    assert "deal-one BY-MA:RU-KOS BY-MA" in found.gaps_before


def test_the_change_is_told_only_since_the_week_before(db: Database) -> None:
    one = task()
    written(db, one, one.week)
    deliveries.end(db, deliveries.listed(db)[0], State.SENT, "", NOW)
    assert letter_issues.history(db, Week.parse("2026-W49"), one.reader.key).gaps_before is None
    assert letter_issues.history(db, one.week, one.reader.key).named == ()
    assert letter_issues.history(db, Week.parse("2026-W48"), "another reader").named == ()


def test_a_letter_is_made_once_and_its_text_kept_until_it_is_sent(db: Database) -> None:
    one = task()
    for _ in range(2):
        written(db, one, one.week)
    (kept,) = deliveries.listed(db)
    assert str(deliveries.mail_of(db, kept)["Message-ID"]) == kept.message_id
    assert deliveries.begin(db, kept, NOW)
    assert not deliveries.begin(db, kept, NOW)
    deliveries.end(db, kept, State.SENT, "250 taken\r\nby\x00 the server", NOW)
    assert deliveries.listed(db)[0].answer == "250 taken by the server"
    assert [mail for (mail,) in db.conn.execute("SELECT mail FROM deliveries")] == [None]
