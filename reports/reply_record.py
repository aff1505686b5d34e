"""Which messages of the mailbox were looked at, and what became of each."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlite_utils import Database

from crawlers.dates import stamp
from crawlers.store import query, writing
from reports import lead_work
from reports.lead_work import State
from reports.tidy import one_line


class Outcome(StrEnum):
    RECORDED = "recorded"
    """What it says of leads is kept."""
    UNCLEAR = "unclear"
    """An answer that cannot be understood."""
    REFUSED = "refused"
    """An answer in another's name."""
    IGNORED = "ignored"
    """No answer to a letter of ours, or sent by a machine."""


UNMARKED = Outcome.IGNORED
"""Such messages are left in the mailbox as they are."""


@dataclass(frozen=True)
class Handled:
    """What became of one message. `detail`: nothing of one that is no answer."""

    uid: int
    outcome: Outcome
    detail: str = ""
    said: tuple[State, ...] = ()


@dataclass(frozen=True)
class Place:
    """A folder as its server numbers it: under another UIDVALIDITY all UIDs are new."""

    mailbox: str
    validity: int

    @property
    def key(self) -> tuple[str, int]:
        return self.mailbox, self.validity


def known(db: Database, place: Place) -> frozenset[int]:
    """UIDs of the messages that were looked at."""
    sql = "SELECT uid FROM letter_replies WHERE mailbox = ? AND validity = ?"
    return frozenset(uid for (uid,) in db.conn.execute(sql, place.key))


def keep(db: Database, place: Place, done: Handled, digest: str, now: datetime) -> Handled:
    """Records a message and what it says, in one transaction: both or neither. What was recorded of the same
    message under another UID is not recorded again. Returns what became of it.
    """
    with writing(db) as connection:
        sql = "SELECT 1 FROM letter_replies WHERE digest = ? AND outcome = ?"
        if connection.execute(sql, (digest, Outcome.RECORDED)).fetchone():
            done = Handled(done.uid, Outcome.IGNORED, "the same message once more")
        for state in done.said:
            lead_work.keep(connection, state)
        connection.execute(
            "INSERT INTO letter_replies (mailbox, validity, uid, digest, outcome, detail, handled, marked)"
            " VALUES (?,?,?,?,?,?,?,?)",
            (*place.key, done.uid, digest, done.outcome, one_line(done.detail, 300), stamp(now),
             done.outcome is UNMARKED),
        )  # fmt: skip
    return done


def to_mark(db: Database, place: Place) -> list[Handled]:
    """Those whose marks are still to be set in the mailbox."""
    sql = "SELECT uid, outcome FROM letter_replies WHERE marked = 0 AND mailbox = ? AND validity = ?"
    return [Handled(row["uid"], Outcome(row["outcome"])) for row in query(db, sql, place.key)]


def marked(db: Database, place: Place) -> None:
    """Their marks are set."""
    with writing(db) as connection:
        connection.execute(
            "UPDATE letter_replies SET marked = 1 WHERE marked = 0 AND mailbox = ? AND validity = ?", place.key
        )


def unclear(db: Database, since: datetime) -> int:
    """How many answers were left to a person since a moment."""
    sql = "SELECT count(*) FROM letter_replies WHERE outcome IN (?, ?) AND handled >= ?"
    (number,) = db.conn.execute(sql, (Outcome.UNCLEAR, Outcome.REFUSED, stamp(since))).fetchone()
    return int(number)
