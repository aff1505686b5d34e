"""One database, several processes."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from crawlers import store
from crawlers.errors import Busy, DataError
from crawlers.migrations import migrations

OPEN = "import sys, pathlib; from crawlers import store; from crawlers.migrations import migrations; store.open_database(pathlib.Path(sys.argv[1]), [migrations])"


def test_four_processes_may_open_a_new_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    started = [
        subprocess.Popen([sys.executable, "-c", OPEN, str(path)], stderr=subprocess.PIPE) for _ in range(4)
    ]
    errors = [one.communicate()[1].decode() for one in started]
    assert [one.returncode for one in started] == [0, 0, 0, 0], errors


def test_wal_and_foreign_keys_are_on(tmp_path: Path) -> None:
    db = store.open_database(tmp_path / "a.db", [migrations])
    assert db.conn.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert db.conn.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_a_failed_write_leaves_nothing(tmp_path: Path) -> None:
    db = store.open_database(tmp_path / "a.db", [migrations])

    def fail_halfway() -> None:
        with store.writing(db) as connection:
            connection.execute("INSERT INTO source_state (source, fetched) VALUES ('a', 'b')")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_halfway()
    assert db.conn.execute("SELECT count(*) FROM source_state").fetchone() == (0,)


def test_a_locked_database_is_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.db"
    store.open_database(path, [migrations])
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.05)
    with pytest.raises(Busy, match="another process"):
        store.open_database(path, [migrations])
    holder.close()


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    db = store.open_database(path, [migrations])
    db.conn.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('crawlers', 'm999', '')"
    )
    with pytest.raises(DataError, match="m999"):
        store.open_database(path, [migrations])


@pytest.mark.parametrize("content", [b"not a database at all, but a long enough file of text", b"\x00" * 4096])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(content)
    with pytest.raises(DataError):
        store.open_database(path, [migrations])


def test_a_missing_file_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such file"):
        store.open_database(tmp_path / "a.db", [migrations], "read")
    assert not (tmp_path / "a.db").exists()
