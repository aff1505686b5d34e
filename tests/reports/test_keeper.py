"""What stands in the schedule's way from outside is said and waited for: without a process, so without the waiting."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawlers import store
from crawlers.lock import alone
from reports import jobs, lease, schedule, work
from reports.config import CrawlHours, Recipient, ScheduleSection, Settings, SmtpSection
from reports.jobs import Result
from reports.schedule import Keeper
from tests.reports.mail_server import Mailbox, serving
from tests.reports.newsstand import CATALOGUE


class Patient(Keeper):
    """Does something in place of each pause."""

    def __init__(self, settings: Settings, said: list[str], meanwhile: Callable[[], object]) -> None:
        self.db = work.open_for(settings)
        super().__init__(settings, self.db, lambda line, _: said.append(line))
        self._meanwhile = meanwhile
        self.slept_until: list[datetime] = []
        lease.take(self.db, self._holder, datetime.now(UTC))

    def _sleep(self, until: datetime) -> None:
        self.slept_until.append(until)
        self._meanwhile()

    def step(self) -> None:
        self._step_or_wait()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "sources").mkdir()
    return Settings(db=tmp_path / "a.db", sources=tmp_path / "sources")


@pytest.fixture
def other(settings: Settings) -> Iterator[sqlite3.Connection]:
    work.open_for(settings).conn.close()
    with closing(sqlite3.connect(settings.db, isolation_level=None)) as connection:
        yield connection


def test_locked_database_is_waited_for(
    settings: Settings, other: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.1)
    said: list[str] = []
    keeper = Patient(settings, said, lambda: other.in_transaction and other.execute("ROLLBACK"))
    with closing(keeper.db.conn):
        other.execute("BEGIN IMMEDIATE")
        keeper.step()
        assert len(said) == 1
        assert "another process holds the database" in said[0]
        keeper.step()
        assert len(said) == 1
    first, second = keeper.slept_until
    assert first < second  # a pause, then until the letters are due


def test_full_disk_is_waited_for(settings: Settings, other: sqlite3.Connection) -> None:
    said: list[str] = []
    keeper = Patient(settings, said, lambda: None)
    with closing(keeper.db.conn):
        (pages,) = keeper.db.conn.execute("PRAGMA page_count").fetchone()
        keeper.db.conn.execute(f"PRAGMA max_page_count = {pages}")  # SQLite says the same as of a full disk
        keeper.db.conn.execute(
            "CREATE TEMP TRIGGER filling AFTER UPDATE ON main.heartbeats BEGIN"
            " INSERT INTO imports (file, sha256, finished, records, added, known, broken)"
            " VALUES (hex(zeroblob(20000)), '', '', 0, 0, 0, 0); END"
        )
        keeper.step()
        assert "no space left on the disk" in said[0]
        keeper.db.conn.execute("PRAGMA max_page_count = 100000")
        keeper.step()
        assert len(said) == 1
    assert other.execute("SELECT count(*) FROM imports").fetchone() == (1,)


def test_faulty_source_file_is_waited_for(settings: Settings, other: sqlite3.Connection) -> None:
    said: list[str] = []
    faulty = settings.sources / "by" / "paper.yml"
    faulty.parent.mkdir()
    faulty.write_text("id: [", encoding="utf-8")
    keeper = Patient(settings, said, lambda: faulty.unlink(missing_ok=True))
    with closing(keeper.db.conn):
        keeper.step()
        assert "paper.yml" in said[0]
        keeper.step()
    assert len(said) == 1
    assert other.execute("SELECT count(*) FROM job_runs").fetchone() == (0,)


class Clock:
    """The schedule's clock, which goes on where the schedule sleeps."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def monday(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Settings, Clock]:
    """One reader, no outlets, and the clock at a past Monday at which the letters are due."""
    listed = tmp_path / "catalogue" / "xx" / "one.yml"
    listed.parent.mkdir(parents=True)
    listed.write_text(CATALOGUE, encoding="utf-8")
    places = {name: tmp_path / name for name in ("catalogue", "outbox", "report")}
    reader = Recipient(address="a@example.org", region="BY-HO")
    due = settings.schedule.letters.after(datetime.now(UTC) - timedelta(days=10))
    clock = Clock(due)
    monkeypatch.setattr(schedule, "_now", clock)
    with closing((db := work.open_for(settings)).conn):
        jobs.note_start(db, "a", due - timedelta(hours=1))
    return settings.model_copy(update={**places, "recipients": (reader,)}), clock


def test_letters_wait_for_the_end_of_a_crawl_whose_parent_was_killed(
    monday: tuple[Settings, Clock], other: sqlite3.Connection
) -> None:
    settings, clock = monday
    keeper = Patient(settings, [], lambda: None)
    with closing(keeper.db.conn):
        with alone(settings.db, "crawl", ""):  # as the child does
            keeper.step()
        found = jobs.last(keeper.db, "letters")
        assert found
        assert (found.outcome, "letters wait for its end" in found.detail) == ("busy", True)
        assert other.execute("SELECT count(*) FROM deliveries").fetchone() == (0,)
        keeper.step()
        assert keeper.slept_until == [clock.now + settings.schedule.pause]
        clock.now += settings.schedule.pause
        keeper.step()
        assert jobs.last(keeper.db, "letters", Result.DONE)
    assert other.execute("SELECT state FROM deliveries").fetchall() == [("sent",)]


def test_mail_server_away_for_a_day_and_the_clock_set_back_make_no_letter_twice(
    monday: tuple[Settings, Clock], other: sqlite3.Connection
) -> None:
    settings, clock = monday
    mailbox, due = Mailbox(), clock.now
    with serving(mailbox) as served:
        port = served.port
    smtp = SmtpSection(host="127.0.0.1", port=port, security="none", retries=0, timeout=5)
    # of 36 hours' grace a day goes by, with a try every four hours
    seldom = ScheduleSection(shortest_minutes=240, crawl_hours=CrawlHours(national=4))
    keeper = Patient(settings.model_copy(update={"smtp": smtp, "schedule": seldom}), [], lambda: None)

    def step() -> None:
        slept = len(keeper.slept_until)
        keeper.step()
        if len(keeper.slept_until) > slept:
            clock.now = keeper.slept_until[-1]

    with closing(keeper.db.conn):
        while clock.now < due + timedelta(days=1):
            step()
        tries = other.execute("SELECT outcome FROM job_runs WHERE job = 'letters'").fetchall()
        assert tries == [("failed",)] * 6
        assert other.execute("SELECT state FROM deliveries").fetchall() == [("deferred",)]
        with serving(mailbox, port=port):
            step()
            assert mailbox.addresses == ["a@example.org"]
            clock.now -= timedelta(hours=1)
            step()  # sleeps until the Monday after
            assert clock.now - due == timedelta(weeks=1)
    assert mailbox.addresses == ["a@example.org"]
    assert other.execute("SELECT state FROM deliveries").fetchall() == [("sent",)]


def test_clock_set_back_by_an_hour_repeats_nothing(settings: Settings, other: sqlite3.Connection) -> None:
    """Its own heartbeat lies ahead then: the lease stays its own, and no run begins that was not due."""
    keeper = Patient(settings, [], lambda: None)
    with closing(keeper.db.conn):
        other.execute("UPDATE heartbeats SET beat = '2099-01-01T00:00:00Z'")
        keeper.step()
        (beat,) = other.execute("SELECT beat FROM heartbeats").fetchone()
    assert beat < "2099"
    assert other.execute("SELECT count(*) FROM job_runs").fetchone() == (0,)
