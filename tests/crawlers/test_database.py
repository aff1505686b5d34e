"""What test_store.py leaves out: reading modes, competing writers, and the start of many at once."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from crawlers import store
from crawlers.errors import Busy, DataError
from crawlers.migrations import migrations

# Opens each file named on its input, and says how that went.
OPENER = """
import sys
from pathlib import Path
from crawlers import store
from crawlers.migrations import migrations
print("ready", flush=True)
for line in sys.stdin:
    try:
        store.open_database(Path(line.strip()), [migrations]).conn.close()
        print("opened", flush=True)
    except Exception as error:
        print(repr(error), flush=True)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "mediagap.db"


@pytest.fixture
def migrated(path: Path) -> Path:
    store.open_database(path, [migrations]).conn.close()
    return path


@pytest.fixture
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection of another program to the same file."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    yield connection
    connection.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.05)


@pytest.fixture
def openers() -> Iterator[list[subprocess.Popen[str]]]:
    started = [
        subprocess.Popen(
            [sys.executable, "-c", OPENER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        for _ in range(4)
    ]
    yield started
    for one in started:
        one.communicate()


def test_migrations_are_named_and_applied_once(migrated: Path) -> None:
    db = store.open_database(migrated, [migrations])
    names = store.query(db, "SELECT migration_set, name FROM _sqlite_migrations ORDER BY name")
    db.conn.close()
    assert [(row["migration_set"], row["name"]) for row in names] == [
        ("crawlers", "archive_of_a_million"), ("crawlers", "crawlers_observed_from"), ("crawlers", "crawlers_retirements"), ("crawlers", "m001_ledger"), ("crawlers", "m002_articles"), ("crawlers", "m003_imports"),
        ("crawlers", "m004_listed_address_and_moment"), ("crawlers", "m005_retry_after"),
        ("crawlers", "m006_stories"), ("crawlers", "m007_search"), ("crawlers", "m008_manners"),
        ("crawlers", "m009_stub_checks"),
    ]  # fmt: skip


def test_foreign_keys_hold(db: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError), store.writing(db) as connection:
        connection.execute("INSERT INTO texts VALUES (7, x'')")


@pytest.mark.parametrize("table", ["texts", "revisions"])
def test_what_belongs_to_an_article_goes_with_it(db: Database, table: str) -> None:
    with store.writing(db) as connection:
        connection.execute(
            "INSERT INTO articles (id, key, source, title, published_quality, first_seen, reading, text_hash)"
            " VALUES (1, 'k', 's', 't', 'feed', '', 'title', '')"
        )
        connection.execute("INSERT INTO texts VALUES (1, x'')")
        connection.execute("INSERT INTO revisions VALUES (1, '', '', '')")
        connection.execute("DELETE FROM articles")
    assert store.query(db, f"SELECT * FROM {table}") == []


def test_reader_cannot_write(migrated: Path) -> None:
    db = store.open_database(migrated, [migrations], "read")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        db.conn.execute("DELETE FROM articles")
    db.conn.close()


def test_reader_sees_what_stood_before_a_writer(migrated: Path, raw: sqlite3.Connection) -> None:
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("INSERT INTO source_state (source, fetched) VALUES ('a', 'b')")
    db = store.open_database(migrated, [migrations], "read")
    assert store.query(db, "SELECT * FROM source_state") == []
    db.conn.close()


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        pytest.param("", "migration: found no crawlers.m001_ledger, allowed: a database of this version", id="empty"),
        pytest.param("CREATE TABLE notes (a)", "a database of another program", id="of another program"),
        pytest.param(
            "CREATE TABLE _sqlite_migrations (migration_set, name, applied_at);"
            "INSERT INTO _sqlite_migrations VALUES ('crawlers', 'm001_ledger', '')",
            "migration: found no crawlers.m002_articles", id="migrated half-way",
        ),
        pytest.param(
            "CREATE TABLE _sqlite_migrations (migration_set, name, applied_at);"
            "INSERT INTO _sqlite_migrations VALUES ('crawlers', 'm999_later', '')",
            "migration: found 'crawlers.m999_later', allowed: a database of this or an older version", id="newer",
        ),
    ],
)  # fmt: skip
def test_reader_refuses(path: Path, raw: sqlite3.Connection, sql: str, says: str) -> None:
    raw.execute("PRAGMA user_version=1")  # so that even the empty database has a file
    raw.executescript(sql)
    with pytest.raises(DataError) as caught:
        store.open_database(path, [migrations], "read")
    assert str(caught.value).startswith(f"{path}: ")
    assert says in str(caught.value)


def test_writer_refuses_the_database_of_another_program_and_leaves_it(
    path: Path, raw: sqlite3.Connection
) -> None:
    raw.execute("CREATE TABLE notes (a)")
    with pytest.raises(DataError, match="a database of another program"):
        store.open_database(path, [migrations])
    assert raw.execute("SELECT name FROM sqlite_master").fetchall() == [("notes",)]


def test_tables_of_a_further_package_are_no_obstacle(migrated: Path) -> None:
    later = Migrations("reports")

    @later()
    def m001_letters(db: Database) -> None:
        db.conn.execute("CREATE TABLE letters (id INTEGER PRIMARY KEY)")

    store.open_database(migrated, [migrations, later]).conn.close()
    db = store.open_database(migrated, [migrations], "read")
    assert "letters" in db.table_names()
    db.conn.close()


@pytest.mark.parametrize("mode", ["write", "read"])
def test_path_that_cannot_be_a_file_is_refused(tmp_path: Path, mode: str) -> None:
    with pytest.raises(DataError):
        store.open_database(tmp_path, [migrations], mode)


def test_folder_that_is_missing_is_refused_with_a_repair(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="name another with --db"):
        store.open_database(tmp_path / "gone" / "a.db", [migrations])


@pytest.mark.usefixtures("impatient")
def test_locked_database_is_busy_and_says_for_how_long(
    migrated: Path, raw: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.6)
    raw.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy) as caught:
        store.open_database(migrated, [migrations])
    assert f"{migrated}: another process holds the database; waited 1 s" in str(caught.value)


def test_writer_waits_for_another_to_end(migrated: Path, raw: sqlite3.Connection) -> None:
    raw.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(0.1, raw.execute, ["COMMIT"])
    timer.start()
    db = store.open_database(migrated, [migrations])
    timer.join()
    assert db.table_names()
    db.conn.close()


def test_opener_of_a_fresh_file_waits_for_another_to_end(path: Path, raw: sqlite3.Connection) -> None:
    raw.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(0.1, raw.execute, ["COMMIT"])
    timer.start()
    try:
        store.open_database(path, [migrations]).conn.close()
    finally:
        timer.join()


def test_four_processes_open_fresh_files_at_once(tmp_path: Path, openers: list[subprocess.Popen[str]]) -> None:
    """Twelve files, one after the other, since a single start can be lucky."""

    def all_say(line: str = "") -> list[str]:
        for one in openers:
            assert one.stdin is not None
            one.stdin.write(line)
        return [one.stdout.readline().strip() for one in openers if one.stdout]

    assert all_say() == ["ready"] * 4
    told = [answer for number in range(12) for answer in all_say(f"{tmp_path / str(number)}.db\n")]
    assert told == ["opened"] * 48


def test_competing_writers_lose_nothing(migrated: Path) -> None:
    """Each reads a number and writes the next; a lock taken only at the write would lose some."""

    def count(times: int) -> None:
        db = store.open_database(migrated, [migrations])
        for _ in range(times):
            with store.writing(db) as connection:
                row = connection.execute("SELECT body_hash FROM source_state WHERE source = 'a'").fetchone()
                known = int(row[0]) if row else 0
                connection.execute(
                    "INSERT OR REPLACE INTO source_state (source, body_hash, fetched) VALUES ('a', ?, '')",
                    (str(known + 1),),
                )
        db.conn.close()

    threads = [threading.Thread(target=count, args=(40,)) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    db = store.open_database(migrated, [migrations], "read")
    assert store.query(db, "SELECT body_hash FROM source_state") == [{"body_hash": "120"}]
    db.conn.close()


@pytest.mark.usefixtures("impatient")
def test_write_against_a_lock_becomes_busy(migrated: Path, raw: sqlite3.Connection) -> None:
    db = store.open_database(migrated, [migrations])
    raw.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError) as caught, store.writing(db):
        pass
    assert isinstance(store.database_error(caught.value, migrated), Busy)
    db.conn.close()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("database is locked", Busy),
        ("database table is locked", Busy),
        ("database or disk is full", DataError),
        ("unable to open database file", DataError),
        ("attempt to write a readonly database", DataError),
        ("no such table: articles", sqlite3.OperationalError),
    ],
)
def test_operational_error_is_told_apart(text: str, kind: type[Exception]) -> None:
    assert type(store.database_error(sqlite3.OperationalError(text), "a.db")) is kind


@pytest.mark.parametrize("fails", [ValueError, KeyboardInterrupt])
def test_whatever_interrupts_a_write_undoes_it(db: Database, fails: type[BaseException]) -> None:
    def halfway() -> None:
        with store.writing(db) as connection:
            connection.execute("INSERT INTO source_state (source, fetched) VALUES ('a', 'b')")
            raise fails

    with pytest.raises(fails):
        halfway()
    assert store.query(db, "SELECT * FROM source_state") == []
    with store.writing(db) as connection:  # and the next one begins afresh
        connection.execute("INSERT INTO source_state (source, fetched) VALUES ('c', 'd')")


@pytest.mark.parametrize(
    ("sql", "parameters"),
    [("SELECT ? AS a, 2 AS b", (1,)), ("SELECT :x AS a, 2 AS b", {"x": 1})],
    ids=["?", ":x"],
)
def test_query_gives_dictionaries(db: Database, sql: str, parameters: tuple[int, ...] | dict[str, int]) -> None:
    assert store.query(db, sql, parameters) == [{"a": 1, "b": 2}]
