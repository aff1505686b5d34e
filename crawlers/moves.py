"""Sources that answer from another address for good: proposals, since only an editor changes a source file."""

from collections.abc import Sequence
from datetime import datetime
from sqlite3 import Connection
from typing import NamedTuple

from sqlite_utils import Database

from crawlers.dates import moment, stamp

PERMANENT = (301, 308)


class Move(NamedTuple):
    """A source whose address redirects permanently."""

    source: str
    old: str
    new: str
    first_seen: datetime
    last_seen: datetime


def new_address(asked: Sequence[str], reasons: Sequence[object], answered: str) -> str | None:
    """Where a chain of redirects leads for good: a temporary step ends it. None where it leads nowhere new."""
    chain = [*asked, answered]
    steps = next((n for n, reason in enumerate(reasons) if reason not in PERMANENT), len(reasons))
    return chain[steps] if 0 < steps < len(chain) else None


def record(connection: Connection, source: str, old: str, new: str | None, now: datetime) -> None:
    """Notes where a source has moved to, or forgets it when it answers at its own address again."""
    if new is None:
        connection.execute("DELETE FROM moves WHERE source = ?", (source,))
        return
    connection.execute(
        "INSERT INTO moves VALUES (?, ?, ?, ?, ?) ON CONFLICT (source) DO UPDATE SET old = excluded.old,"
        " first_seen = CASE WHEN new = excluded.new THEN first_seen ELSE excluded.first_seen END,"
        " new = excluded.new, last_seen = excluded.last_seen",
        (source, old, new, stamp(now), stamp(now)),
    )


def proposals(db: Database) -> list[Move]:
    cursor = db.conn.execute("SELECT source, old, new, first_seen, last_seen FROM moves ORDER BY source")
    return [Move(s, old, new, moment(first), moment(last)) for s, old, new, first, last in cursor]
