"""Opening the database: one place for WAL, locking, foreign keys and migrations."""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from sqlite_utils import Database, Migrations

from crawlers.errors import Busy, DataError

BUSY_SECONDS = 30.0
"""How long a statement waits for another process before the command gives up."""


def open_database(
    path: Path, migrations: Sequence[Migrations], mode: Literal["write", "read"] = "write"
) -> Database:
    """Opens the file at `path`, and in mode "write" creates and migrates it.

    Raises DataError for a file that is missing (mode "read"), is no database of ours or was written by a
    newer version, and Busy when another process keeps it locked for longer than BUSY_SECONDS.
    """
    if mode == "read" and not path.is_file():
        raise DataError(path, "", "no such file", "a mediagap database", "`mediagap init` makes one")
    try:
        connection = _connect(path, mode)
        db = Database(connection)
        _refuse_unknown(db, migrations, path)
        if mode == "write":
            _migrate(db, migrations)
        else:
            _refuse_pending(db, migrations, path)
    except sqlite3.OperationalError as error:
        raise database_error(error, path) from error
    except sqlite3.DatabaseError as error:
        raise DataError(path, "", str(error), "an SQLite database made by mediagap") from error
    return db


@contextmanager
def writing(db: Database) -> Iterator[sqlite3.Connection]:
    """A write transaction that takes the lock at its beginning, so that what it reads stays true."""
    connection: sqlite3.Connection = db.conn
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def database_error(error: sqlite3.OperationalError, path: Path | str) -> Exception:
    """What the user is told about an operational error: locked, full, unreadable, or as it is."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return Busy(f"{path}: another process holds the database; waited {BUSY_SECONDS:.0f} s, try again later")
    if "full" in text:
        return DataError(path, "", "no space left on the disk", "free space", "free some and run again")
    if "unable to open" in text or "readonly" in text:
        return DataError(path, "", text, "a file in a folder that you can write", "name another with --db")
    return error


def query(db: Database, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[dict[str, Any]]:
    """Rows of a query as dictionaries."""
    cursor = db.conn.execute(sql, parameters)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    if mode == "read":
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)
    else:
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.isolation_level = None  # transactions begin where `writing` says, nowhere else
    return connection


def _write_ahead(connection: sqlite3.Connection) -> None:
    # SQLite does not wait for the lock that a change of the journal needs, whatever the timeout: of several
    # processes that open a fresh file, all but one would be told at once that it is locked.
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
        time.sleep(0.01)


def _migrate(db: Database, migrations: Sequence[Migrations]) -> None:
    # What is pending is read inside the lock: two processes that start on one file would otherwise both
    # see the same migration as pending, and the second would fail on tables that exist.
    with writing(db):
        for one in migrations:
            one.apply(db)


def _refuse_unknown(db: Database, migrations: Sequence[Migrations], path: Path) -> None:
    known = {one.name: {m.name for m in one._migrations} for one in migrations}
    if "_sqlite_migrations" not in db.table_names():
        if db.table_names():
            raise DataError(path, "", "a database of another program", "a mediagap database")
        return
    for row in query(db, "SELECT migration_set, name FROM _sqlite_migrations"):
        if row["name"] not in known.get(row["migration_set"], [row["name"]]):
            name = f"{row['migration_set']}.{row['name']}"
            raise DataError(
                path, "migration", name, "a database of this or an older version", "upgrade mediagap"
            )


def _refuse_pending(db: Database, migrations: Sequence[Migrations], path: Path) -> None:
    pending = [f"{one.name}.{m.name}" for one in migrations for m in one.pending(db)]
    if pending:
        raise DataError(
            path,
            "migration",
            f"no {pending[0]}",
            "a database of this version",
            "`mediagap init` brings an older one up",
        )
