"""Copies of the database, made while it is in use, and the way back."""

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from crawlers import run, store
from crawlers.dates import stamp
from crawlers.errors import Busy, DataError
from crawlers.lock import alone
from reports import lease, work
from reports.config import Settings
from reports.deliveries import WAITING

PATTERN = "mediagap-*.db"


class Restored(NamedTuple):
    replaced: Path | None
    """Where the database that stood there before is now."""
    kept_deliveries: int | None
    """Letters sent since the backup that stay sent; None: what stood there could not be read."""


def make(settings: Settings, now: datetime) -> Path:
    """A whole copy in the folder of backups, opened and checked before it gets its name.

    Raises DataError where there is nothing to copy, or the copy is not sound.
    """
    if not settings.db.is_file():
        raise DataError(settings.db, "", "no such file", "a mediagap database", "`mediagap init` makes one")
    settings.backups.mkdir(parents=True, exist_ok=True)
    whole = settings.backups / f"mediagap-{now:%Y%m%dT%H%M%SZ}.db"
    part = whole.with_suffix(".part")
    part.unlink(missing_ok=True)
    try:
        with (
            closing(sqlite3.connect(settings.db, timeout=store.BUSY_SECONDS)) as source,
            closing(sqlite3.connect(part)) as target,
        ):
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
        verify(part)
        _settle(part, whole)
    except sqlite3.OperationalError as error:
        raise store.database_error(error, part) from error
    finally:
        part.unlink(missing_ok=True)
    return whole


def verify(path: Path) -> None:
    """Raises DataError unless the file is a sound database of ours, of this version or an older one."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            (found,) = connection.execute("PRAGMA integrity_check").fetchone()
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    except sqlite3.DatabaseError as error:
        raise DataError(path, "", str(error), "a backup made by `mediagap backup`") from None
    if found != "ok" or broken:
        raise DataError(
            path, "", found if found != "ok" else f"{len(broken)} broken references", "a sound database"
        )
    if "_sqlite_migrations" not in tables:
        raise DataError(path, "", "a database of another program", "a backup made by `mediagap backup`")


def restore(settings: Settings, backup: Path, now: datetime) -> Restored:
    """Puts a backup in the place of the database, which is kept beside it under another name.

    Deliveries that happened since are carried over: a letter that was sent must not be sent again. Raises
    DataError for an unsound backup, Busy while a crawl, the schedule or a writer is at work.
    """
    if not backup.is_file():
        raise DataError(backup, "", "no such file", "a backup made by `mediagap backup`")
    verify(backup)
    part = settings.db.with_name(settings.db.name + ".part")
    shutil.copyfile(backup, part)
    try:
        with closing(work.open_for(settings.model_copy(update={"db": part})).conn):
            pass  # migrated, or refused because it is of a newer version, before anything is touched
        with alone(settings.db, "crawl", run.BUSY):
            _refuse_kept(settings, now)
            replaced, sent = _set_aside(settings.db, now)
            _settle(part, settings.db)
    finally:
        for name in ("", "-wal", "-shm"):
            part.with_name(part.name + name).unlink(missing_ok=True)
    return Restored(replaced, None if sent is None else _carry_over(settings, sent))


def _refuse_kept(settings: Settings, now: datetime) -> None:
    if not settings.db.is_file():
        return
    try:
        db = work.open_for(settings, write=False)
    except DataError:
        return  # what cannot be opened is kept by nobody
    with closing(db.conn):
        held = lease.read(db)
    if held.alive(now):
        raise Busy(f"the schedule is kept by {held.holder} since {stamp(held.since)}; stop it first")


Row = tuple[object, ...]


def _set_aside(db: Path, now: datetime) -> tuple[Path | None, list[Row] | None]:
    """The new name of what stood there, and its deliveries, None where they cannot be read."""
    if not db.is_file():
        return None, []
    aside = db.with_name(f"{db.name}.replaced-{now:%Y%m%dT%H%M%SZ}")
    sent: list[Row] | None = None
    try:
        with closing(sqlite3.connect(db, timeout=store.BUSY_SECONDS)) as connection:
            connection.execute("BEGIN IMMEDIATE")  # nobody is in the middle of a write
            columns = ",".join(_COLUMNS)
            sent = connection.execute(f"SELECT {columns} FROM deliveries").fetchall()
            connection.execute("ROLLBACK")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise store.database_error(error, db) from error
    except sqlite3.DatabaseError:
        sent = None  # no database any more: that is why somebody restores one
    # the log first: beside another database it would be taken for that one's
    for name in ("-wal", "-shm"):
        if (log := db.with_name(db.name + name)).exists():
            log.replace(aside.with_name(aside.name + name))
    os.link(db, aside)
    return aside, sent


_COLUMNS = ("week", "reader", "address", "state", "tries", "updated", "message_id", "answer", "mail")


def _carry_over(settings: Settings, sent: list[Row]) -> int:
    """Deliveries that the backup does not know, or knows as still to be sent."""
    columns, marks = ",".join(_COLUMNS), ",".join("?" * len(_COLUMNS))
    waiting = ",".join(f"'{state}'" for state in WAITING)
    with closing((db := work.open_for(settings)).conn), store.writing(db) as connection:
        before = connection.total_changes
        connection.executemany(
            f"INSERT INTO deliveries ({columns}) VALUES ({marks}) ON CONFLICT (week, reader) DO UPDATE SET"
            " state = excluded.state, tries = excluded.tries, updated = excluded.updated,"
            " message_id = excluded.message_id, answer = excluded.answer, mail = excluded.mail"
            f" WHERE deliveries.state IN ({waiting}) AND excluded.state NOT IN ({waiting})",
            sent,
        )
        return connection.total_changes - before


def _settle(part: Path, whole: Path) -> None:
    """Gives a finished file its name only when it is on the disk."""
    for path in (part, part.parent):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    part.replace(whole)
