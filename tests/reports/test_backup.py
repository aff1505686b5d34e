"""Backups are whole, and the way back neither loses what stood there nor sends a letter twice."""

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from crawlers import store
from crawlers.errors import Busy, DataError
from reports import backup, lease, prune
from reports.config import Settings
from reports.jobs import Result, finish, miss, start

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        db=tmp_path / "mediagap.db", backups=tmp_path / "backups", outbox=tmp_path / "outbox"
    )  # fmt: skip


def deliver(db: Database, week: str, state: str) -> None:
    sql = "INSERT INTO deliveries (week, reader, address, state, updated, message_id) VALUES (?, 'r', 'a@b.org', ?, '', '')"
    db.conn.execute(sql, (week, state))


def deliveries(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT week, state FROM deliveries").fetchall())


def test_copy_made_under_a_writer_is_whole(settings: Settings, db: Database) -> None:
    deliver(db, "2026-W46", "sent")
    with store.writing(db) as connection:
        connection.execute("UPDATE deliveries SET state = 'refused'")
        made = backup.make(settings, NOW)
    assert made.name == "mediagap-20261123T040000Z.db"
    assert deliveries(made) == {"2026-W46": "sent"}
    assert [path.name for path in settings.backups.iterdir()] == [made.name]


@pytest.mark.parametrize("content", [b"", b"no database", None])
def test_what_is_no_backup_is_refused_and_nothing_is_touched(
    settings: Settings, db: Database, tmp_path: Path, content: bytes | None
) -> None:
    other = tmp_path / "other.db"
    if content is None:
        with closing(sqlite3.connect(other)) as connection:
            connection.execute("CREATE TABLE x (y)")
    else:
        other.write_bytes(content)
    with pytest.raises(DataError, match=r"other\.db"):
        backup.restore(settings, other, NOW)
    assert db.conn.execute("SELECT count(*) FROM job_runs").fetchone() == (0,)
    assert list(tmp_path.glob("*.replaced*")) == []


def test_damaged_backup_is_refused(settings: Settings, db: Database) -> None:
    deliver(db, "2026-W46", "sent")
    made = backup.make(settings, NOW)
    content = bytearray(made.read_bytes())
    content[8192:12288] = os.urandom(4096)
    made.write_bytes(content)
    with pytest.raises(DataError):
        backup.verify(made)


def test_letters_sent_since_the_backup_stay_sent(settings: Settings, db: Database) -> None:
    deliver(db, "2026-W45", "sent")
    deliver(db, "2026-W46", "due")
    made = backup.make(settings, NOW)
    db.conn.execute("UPDATE deliveries SET state = 'sent' WHERE week = '2026-W46'")
    deliver(db, "2026-W47", "uncertain")
    db.conn.close()
    done = backup.restore(settings, made, NOW)
    assert done.kept_deliveries == 2
    assert deliveries(settings.db) == {"2026-W45": "sent", "2026-W46": "sent", "2026-W47": "uncertain"}
    assert done.replaced
    assert deliveries(done.replaced) == deliveries(settings.db)


def test_a_database_that_is_none_any_more_is_replaced_and_kept(settings: Settings, db: Database) -> None:
    deliver(db, "2026-W46", "sent")
    made = backup.make(settings, NOW)
    db.conn.close()
    settings.db.write_bytes(b"garbage" * 1000)
    done = backup.restore(settings, made, NOW)
    assert done.kept_deliveries is None
    assert deliveries(settings.db) == {"2026-W46": "sent"}
    assert done.replaced
    assert done.replaced.read_bytes().startswith(b"garbage")


def test_nothing_is_restored_under_a_living_schedule(settings: Settings, db: Database) -> None:
    made = backup.make(settings, NOW)
    lease.take(db, "host:1:00", NOW)
    with pytest.raises(Busy, match="host:1:00"):
        backup.restore(settings, made, NOW)


def test_nothing_is_restored_under_a_writer(
    settings: Settings, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = backup.make(settings, NOW)
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.1)
    with store.writing(db), pytest.raises(Busy):
        backup.restore(settings, made, NOW)
    assert not list(settings.db.parent.glob("*.replaced*"))


def test_backup_of_nothing(settings: Settings) -> None:
    with pytest.raises(DataError, match="mediagap init"):
        backup.make(settings, NOW)


def test_prune_keeps_what_the_plan_rests_on(settings: Settings, db: Database) -> None:
    old, new = NOW - timedelta(days=500), NOW - timedelta(days=3)
    for day in range(4):
        for job in ("match", "letters"):
            at = old + timedelta(days=day)
            finish(db, start(db, job, at, at), Result.DONE, "", at)
    miss(db, "letters", old, "")
    miss(db, "letters", new, "")
    settings.outbox.mkdir()
    for name, at in (("old.eml", old), ("new.eml", new)):
        path = settings.outbox / name
        path.touch()
        os.utime(path, (at.timestamp(), at.timestamp()))
    made = backup.make(settings, NOW)
    for number in range(20):
        shutil.copy(made, settings.backups / f"mediagap-202610{number + 10}T000000Z.db")
    before = {path: path.read_bytes() for path in settings.outbox.iterdir()}
    told = prune.prune(db, settings, NOW, rehearse=True)
    assert {path: path.read_bytes() for path in settings.outbox.iterdir()} == before
    assert db.conn.execute("SELECT count(*) FROM job_runs").fetchone() == (10,)
    assert prune.prune(db, settings, NOW) == told
    assert told.job_runs == 6  # stay: the very first, the last of each job and outcome
    assert [path.name for path in settings.outbox.iterdir()] == ["new.eml"]
    assert len(list(settings.backups.iterdir())) == settings.retention.backups
    assert made.exists()
    assert prune.prune(db, settings, NOW) == prune.Pruned(0, 0, [], [])
