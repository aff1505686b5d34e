"""The fetch ledger: one row per attempt, and what the next fetch has to know of the last."""

from collections.abc import Collection, Sequence
from datetime import datetime
from sqlite3 import Connection
from typing import Any, NamedTuple

from sqlite_utils import Database

from crawlers.dates import moment, stamp
from crawlers.items import Attempt


class Validators(NamedTuple):
    """What makes the next request of a source conditional."""

    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None


def record(connection: Connection, attempt: Attempt) -> None:
    connection.execute(
        "INSERT INTO attempts (source, outlet, fetched, outcome, http_status, bytes, entries_seen, entries_new,"
        " overlap, reaches_back, duration_ms, message, retry_after) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (attempt.source, attempt.outlet, stamp(attempt.fetched), attempt.outcome, attempt.http_status,
         attempt.bytes, attempt.entries_seen, attempt.entries_new, attempt.overlap, stamp(attempt.reaches_back),
         attempt.duration_ms, attempt.message[:300], stamp(attempt.retry_after)),
    )  # fmt: skip


def validators(db: Database, source: str) -> Validators:
    row = db.conn.execute(
        "SELECT etag, last_modified, body_hash FROM source_state WHERE source = ?", (source,)
    ).fetchone()
    return Validators(*row) if row else Validators()


def remember(
    connection: Connection, source: str, known: Validators, keys: Collection[str], fetched: datetime
) -> int | None:
    """Stores validators and entry keys of a good document; returns its overlap with the one before.

    Has to run in the transaction that stores the entries themselves: a validator that is kept while its
    entries are lost would hide them behind a 304 for ever. None: there was no document before.
    """
    first = connection.execute("SELECT 1 FROM source_state WHERE source = ?", (source,)).fetchone() is None
    before = {row[0] for row in connection.execute("SELECT key FROM entries_seen WHERE source = ?", (source,))}
    connection.execute("DELETE FROM entries_seen WHERE source = ?", (source,))
    connection.executemany("INSERT INTO entries_seen VALUES (?, ?)", [(source, key) for key in set(keys)])
    connection.execute(
        "INSERT OR REPLACE INTO source_state VALUES (?, ?, ?, ?, ?)", (source, *known, stamp(fetched))
    )
    return None if first else len(before & set(keys))


def knows_any(db: Database, source: str, keys: Sequence[str]) -> bool:
    """Whether the last good document of a source held any of these entries."""
    marks = ",".join("?" * len(keys))
    found = db.conn.execute(
        f"SELECT 1 FROM entries_seen WHERE source = ? AND key IN ({marks}) LIMIT 1", (source, *keys)
    )
    return found.fetchone() is not None


def attempts(db: Database, until: datetime | None = None, since: datetime | None = None) -> list[Attempt]:
    """All attempts from `since` up to `until`, both included, oldest first."""
    cursor = db.conn.execute(
        f"SELECT {_COLUMNS} FROM attempts WHERE fetched BETWEEN ? AND ? ORDER BY fetched, id",
        (stamp(since) or "", stamp(until) or "9999"),
    )
    return [_attempt(row) for row in cursor]


def recent(db: Database, source: str, most: int = 40) -> list[Attempt]:
    """The last attempts of one source, oldest first."""
    cursor = db.conn.execute(
        f"SELECT {_COLUMNS} FROM attempts WHERE source = ? ORDER BY fetched DESC, id DESC LIMIT ?",
        (source, most),
    )
    return [_attempt(row) for row in cursor][::-1]


_COLUMNS = (
    "source, outlet, fetched, outcome, http_status, bytes, entries_seen, entries_new, overlap, reaches_back,"
    " duration_ms, message, retry_after"
)


def _attempt(row: tuple[Any, ...]) -> Attempt:
    s, o, fetched, outcome, status, size, seen, new, overlap, reach, ms, text, later = row
    return Attempt(
        s, o, moment(fetched), outcome, status, size, seen, new, overlap, moment(reach) if reach else None, ms,
        text, moment(later) if later else None,
    )  # fmt: skip
