"""The fetch ledger: one row per attempt, and what the next fetch has to know of the last."""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
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
        " overlap, reaches_back, duration_ms, message, retry_after, country) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (attempt.source, attempt.outlet, stamp(attempt.fetched), attempt.outcome, attempt.http_status,
         attempt.bytes, attempt.entries_seen, attempt.entries_new, attempt.overlap, stamp(attempt.reaches_back),
         attempt.duration_ms, attempt.message[:300], stamp(attempt.retry_after), attempt.country),
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


def last_attempts(db: Database, sources: Iterable[str], until: datetime) -> dict[str, Attempt]:
    """The last attempt of each of the sources up to a moment, where there is one."""
    cursor = db.conn.execute(
        f"SELECT {_COLUMNS} FROM (SELECT value AS wanted FROM json_each(:sources)) s JOIN attempts a ON a.id ="
        " (SELECT b.id FROM attempts b WHERE b.source = s.wanted AND b.fetched <= :until"
        " ORDER BY b.fetched DESC, b.id DESC LIMIT 1)",
        {"sources": json.dumps(list(sources)), "until": stamp(until)},
    )
    return {one.source: one for one in map(_attempt, cursor)}


def spans(
    db: Database, sources: Iterable[str], empty_is_usual: Collection[str], since: datetime, until: datetime
) -> dict[str, list[tuple[datetime, datetime]]]:
    """What `outlet_days.spans_read` finds for each of the sources, without making a record of every attempt.

    Spans that ended before `since` are left out, but for the last: it says that there was an earlier one.
    """
    found = {}
    for source in sources:
        # a stretch that ends before it begins has no last fetch before it but one up to its end
        known = {
            "source": source,
            "since": stamp(min(since, until + timedelta(seconds=1))),
            "until": stamp(until),
        }
        first = max(row[0] or "" for row in db.conn.execute(_LAST_BEFORE, known))
        read: list[tuple[str, str]] = []
        begin = end = ""
        for fetched, reach, joins in db.conn.execute(
            _GOOD, known | {"first": first, "usual": source in empty_is_usual}
        ):
            # moments are stored so that they sort as text
            if end and (joins or reach <= end):
                if reach < begin:
                    begin = reach
            else:
                if end:
                    read.append((begin, end))
                begin = reach
            end = fetched
        if end:
            found[source] = [(moment(one), moment(other)) for one, other in (*read, (begin, end))]
    return found


_LAST_BEFORE = """
    SELECT max(fetched) FROM attempts WHERE source = :source AND outcome = 'new' AND fetched < :since
    UNION ALL
    SELECT max(fetched) FROM attempts WHERE source = :source AND outcome = 'unchanged' AND fetched < :since"""
_GOOD = """
    SELECT fetched, coalesce(reaches_back, fetched), CASE outcome
        WHEN 'empty' THEN 1
        WHEN 'unchanged' THEN overlap > 0 OR (overlap IS NULL AND entries_seen = 0)
        ELSE overlap > 0 END
    FROM attempts WHERE source = :source AND fetched BETWEEN :first AND :until
    AND (outcome IN ('new', 'unchanged') OR (outcome = 'empty' AND :usual)) ORDER BY fetched, id"""


def recent(db: Database, source: str, most: int = 40) -> list[Attempt]:
    """The last attempts of one source, oldest first."""
    cursor = db.conn.execute(
        f"SELECT {_COLUMNS} FROM attempts WHERE source = ? ORDER BY fetched DESC, id DESC LIMIT ?",
        (source, most),
    )
    return [_attempt(row) for row in cursor][::-1]


_COLUMNS = (
    "source, outlet, fetched, outcome, http_status, bytes, entries_seen, entries_new, overlap, reaches_back,"
    " duration_ms, message, retry_after, country"
)


def _attempt(row: tuple[Any, ...]) -> Attempt:
    s, o, fetched, outcome, status, size, seen, new, overlap, reach, ms, text, later, country = row
    return Attempt(
        s, o, moment(fetched), outcome, status, size, seen, new, overlap, moment(reach) if reach else None, ms,
        text, moment(later) if later else None, country,
    )  # fmt: skip
