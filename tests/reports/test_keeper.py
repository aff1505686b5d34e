"""What stands in the schedule's way from outside is said and waited for: without a process, so without the waiting."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawlers import store
from crawlers.dates import stamp
from crawlers.lock import alone
from reports import jobs, lease, work
from reports.config import Recipient, Settings
from reports.jobs import Result
from reports.schedule import Keeper
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


def test_letters_wait_for_the_end_of_a_crawl_whose_parent_was_killed(
    settings: Settings, other: sqlite3.Connection, tmp_path: Path
) -> None:
    listed = tmp_path / "catalogue" / "xx" / "one.yml"
    listed.parent.mkdir(parents=True)
    listed.write_text(CATALOGUE, encoding="utf-8")
    reader = Recipient(address="a@example.org", region="BY-HO")
    places = {"catalogue": tmp_path / "catalogue", "outbox": tmp_path / "outbox", "report": tmp_path / "report"}
    settings = settings.model_copy(update={**places, "recipients": (reader,)})
    long_ago = datetime.now(UTC) - timedelta(
        days=6, hours=23
    )  # the letters have been due since, whatever day it is
    settings = settings.model_copy(
        update={"schedule": settings.schedule.model_copy(update={"grace_hours": 167.9})}
    )
    keeper = Patient(settings, [], lambda: None)
    with closing(keeper.db.conn):
        jobs.note_start(keeper.db, "a", long_ago - timedelta(days=7))
        with alone(settings.db, "crawl", ""):  # as the child does
            keeper.step()
        found = jobs.last(keeper.db, "letters")
        assert found
        assert (found.outcome, "letters wait for its end" in found.detail) == ("busy", True)
        assert other.execute("SELECT count(*) FROM deliveries").fetchone() == (0,)
        keeper.step()
        assert keeper.slept_until[-1] == found.ended + settings.schedule.pause  # type: ignore[operator]
        other.execute("UPDATE job_runs SET ended = ? WHERE job = 'letters'", (stamp(long_ago),))
        keeper.step()
        assert jobs.last(keeper.db, "letters", Result.DONE)
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
