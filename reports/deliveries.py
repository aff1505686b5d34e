"""What became of each letter. Once over SMTP cannot be promised exactly: what is not known is called uncertain.

    due -> sending -> sent
                   -> refused     for good, by the server
                   -> deferred    for now; the next `letter send` tries again
                   -> uncertain   it may have arrived: never sent again by itself

`sending` is committed before the text goes out. So a letter found in it after a crash may have arrived.
"""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from enum import StrEnum
from typing import Any

from sqlite_utils import Database

from crawlers.dates import stamp
from crawlers.errors import DataError
from crawlers.store import query, writing
from reports import letter_issues
from reports.letter import Letter
from reports.letter_mail import LONG_LINES
from reports.subscribers import Subscriber
from reports.tidy import one_line
from reports.weeks import Week


class State(StrEnum):
    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    DEFERRED = "deferred"
    UNCERTAIN = "uncertain"


WAITING = (State.DUE, State.DEFERRED)


@dataclass(frozen=True)
class Delivery:
    """One letter to one reader."""

    week: Week
    reader: str
    address: str
    state: State
    tries: int
    updated: str
    message_id: str
    answer: str

    def plain(self) -> dict[str, Any]:
        return {
            "week": str(self.week), "address": self.address, "state": self.state.value, "tries": self.tries,
            "updated": self.updated, "message_id": self.message_id, "answer": self.answer,
        }  # fmt: skip


def listed(db: Database, week: Week | None = None, states: tuple[State, ...] = ()) -> list[Delivery]:
    """Deliveries of a week or of all, in the order of weeks and addresses."""
    rows = query(
        db,
        "SELECT week, reader, address, state, tries, updated, message_id, answer FROM deliveries"
        " WHERE ? IN ('', week) ORDER BY week, address, reader",
        (str(week or ""),),
    )
    found = [Delivery(**{**row, "week": Week.parse(row["week"]), "state": State(row["state"])}) for row in rows]
    return [one for one in found if not states or one.state in states]


def make(
    db: Database, week: Week, reader: Subscriber, mail: EmailMessage, letter: Letter, now: datetime
) -> None:
    """Keeps a letter that is due, with what it names; nothing if the reader has one of that week."""
    with writing(db) as connection:
        made = connection.execute(
            "INSERT OR IGNORE INTO deliveries (week, reader, address, state, updated, message_id, mail)"
            " VALUES (?,?,?,?,?,?,?)",
            (
                str(week), reader.key, reader.address, State.DUE, stamp(now), str(mail["Message-ID"]), mail.as_bytes(),
            ),
        )  # fmt: skip
        if made.rowcount:
            letter_issues.keep(connection, week, reader.key, letter)


def mail_of(db: Database, one: Delivery) -> EmailMessage:
    """The letter as it was written, so that a second try is the same letter."""
    (row,) = query(db, "SELECT mail FROM deliveries WHERE week = ? AND reader = ?", (str(one.week), one.reader))
    parsed = message_from_bytes(row["mail"], policy=LONG_LINES)
    assert isinstance(parsed, EmailMessage)
    return parsed


def begin(db: Database, one: Delivery, now: datetime) -> bool:
    """Commits that the text is about to go out; False if it may not, because the letter no longer waits."""
    with writing(db) as connection:
        changed = connection.execute(
            "UPDATE deliveries SET state = ?, tries = tries + 1, updated = ? WHERE week = ? AND reader = ?"
            " AND state IN (?, ?) AND address <> ''",
            (State.SENDING, stamp(now), str(one.week), one.reader, *WAITING),
        )
    return bool(changed.rowcount)


def end(db: Database, one: Delivery, state: State, answer: str, now: datetime) -> None:
    """Commits how a try ended. The text of a letter that has arrived is not kept."""
    with writing(db) as connection:
        connection.execute(
            "UPDATE deliveries SET state = ?, answer = ?, updated = ?, mail = CASE ? WHEN 'sent' THEN NULL ELSE mail END"
            " WHERE week = ? AND reader = ?",
            (state, one_line(answer, 300), stamp(now), state, str(one.week), one.reader),
        )


def after_crash(db: Database, now: datetime) -> list[Delivery]:
    """Calls uncertain what a process that has died was sending; the caller must be the only one to send."""
    found = listed(db, states=(State.SENDING,))
    for one in found:
        end(db, one, State.UNCERTAIN, "the program ended while it was sending", now)
    return found


def again(db: Database, one: Delivery, now: datetime) -> None:
    """Makes a letter due once more because somebody asks for it; raises DataError for one that was sent."""
    allowed = (State.UNCERTAIN, State.REFUSED, *WAITING)
    if one.state not in allowed:
        raise DataError("letter resend", one.address, one.state.value, ", ".join(allowed))
    end(db, one, State.DUE, one.answer, now)
