"""One scheduler per database: a lease in it, kept alive by a heartbeat, taken over when that stops."""

import os
import secrets
import socket
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlite_utils import Database

from crawlers.dates import moment, stamp
from crawlers.errors import Busy
from crawlers.store import query, writing

NAME = "schedule"
BEAT_SECONDS = 30
DEAD_AFTER = timedelta(minutes=3)
"""Six heartbeats: a holder that waits for a locked database is not dead yet."""


class Lease(NamedTuple):
    """Who holds the lease, or last gave a sign of life."""

    holder: str | None
    """None: nobody, it was given back."""
    since: datetime | None
    beat: datetime | None

    def alive(self, now: datetime) -> bool:
        """Whether somebody holds it. A heartbeat far ahead is one of a clock that has been set back since."""
        return self.holder is not None and self.beat is not None and abs(now - self.beat) <= DEAD_AFTER


def new_holder() -> str:
    """A name for this process. Its number alone may be used again after a restart."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def read(db: Database) -> Lease:
    rows = query(
        db,
        "SELECT l.holder, l.since, h.beat FROM heartbeats h LEFT JOIN leases l ON l.name = h.lease"
        " WHERE h.lease = ?",
        (NAME,),
    )
    if not rows:
        return Lease(None, None, None)
    row = rows[0]
    return Lease(row["holder"], moment(row["since"]) if row["since"] else None, moment(row["beat"]))


def take(db: Database, holder: str, now: datetime) -> Lease:
    """Makes `holder` the one scheduler; returns what was there before. Raises Busy while another is alive."""
    with writing(db) as connection:
        before = read(db)
        if before.alive(now):
            raise Busy(
                f"the schedule is kept by {before.holder} since {stamp(before.since)};"
                " stop that one first, `mediagap status` shows it"
            )
        connection.execute("INSERT OR REPLACE INTO leases VALUES (?, ?, ?)", (NAME, holder, stamp(now)))
        connection.execute("INSERT OR REPLACE INTO heartbeats VALUES (?, ?, ?)", (NAME, holder, stamp(now)))
    return before


def beat(db: Database, holder: str, now: datetime) -> bool:
    """Notes that the holder lives; False when the lease is no longer its own."""
    with writing(db) as connection:
        cursor = connection.execute(
            "UPDATE heartbeats SET beat = ? WHERE lease = ? AND holder = ?"
            " AND EXISTS (SELECT 1 FROM leases l WHERE l.name = lease AND l.holder = heartbeats.holder)",
            (stamp(now), NAME, holder),
        )
    return cursor.rowcount > 0


def release(db: Database, holder: str) -> None:
    """Gives the lease back, unless somebody else has it by now."""
    with writing(db) as connection:
        connection.execute("DELETE FROM leases WHERE name = ? AND holder = ?", (NAME, holder))
