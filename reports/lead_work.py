"""Who works on which lead: taken, put off, declined, or written; neighbouring desks see it, and letters keep quiet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from sqlite3 import Connection

from sqlite_utils import Database

from crawlers import store
from crawlers.dates import moment, stamp
from crawlers.errors import DataError

LONGEST = 500


class Work(StrEnum):
    TAKEN = "taken"
    """Somebody writes about it until a day."""
    PUT_OFF = "put_off"
    """Nobody is to be reminded of it until a day."""
    DECLINED = "declined"
    """This side does not want it."""
    WRITTEN = "written"
    """It has been published: a link, or for print and air a citation."""
    OPEN = "open"
    """Given back: as if nothing had been said."""


DATED = (Work.TAKEN, Work.PUT_OFF)


@dataclass(frozen=True)
class State:
    """The last word on a lead of an entry for one side."""

    entry: str
    kind: str
    """Kind of lead, as `reports.leads` names it."""
    side: str
    work: Work
    author: str
    said: datetime
    until: date | None
    """Of TAKEN and PUT_OFF: the last day on which it holds."""
    note: str
    """Why; of WRITTEN: the address or citation of what was published."""

    def quiet(self, today: date) -> bool:
        """Whether a letter leaves the lead out today."""
        return self.work is not Work.OPEN and (self.until is None or today <= self.until)


def say(
    db: Database, entries: Iterable[str], entry: str, kind: str, side: str, work: Work, author: str, now: datetime,
    until: date | None = None, note: str = "",
) -> State:  # fmt: skip
    """Records the last word on a lead; what was said before stays on record. Writes in a transaction of its own.

    Raises what `checked` does.
    """
    state = checked(entries, entry, kind, side, work, author, now, until, note)
    with store.writing(db) as connection:
        keep(connection, state)
    return state


def checked(
    entries: Iterable[str], entry: str, kind: str, side: str, work: Work, author: str, now: datetime,
    until: date | None = None, note: str = "",
) -> State:  # fmt: skip
    """What may be said, still unsaid.

    Raises DataError for an unknown entry, for TAKEN and PUT_OFF without a day from today on, for a day with any
    other, for WRITTEN without a link or citation, and for a name or note that is not one line.
    """
    if entry not in set(entries):
        raise DataError("lead", "entry", entry, "the id of an entry")
    if (until is not None) != (work in DATED):
        allowed = "the last day" if work in DATED else "a day for taken and put_off only"
        raise DataError("lead", "until", str(until) if until else "nothing", allowed)
    if until is not None and until < now.date():
        raise DataError("lead", "until", str(until), "a day that is not over")
    author, note = author.strip(), note.strip()
    for field, text in (("author", author), ("note", note)):
        if len(text) > LONGEST or not (text.isprintable() or not text):
            raise DataError("lead", field, text, f"one line of at most {LONGEST} letters")
    if not author:
        raise DataError("lead", "author", "nothing", "the name of who says so")
    if work is Work.WRITTEN and not note:
        raise DataError("lead", "note", "nothing", "a link to what was published, or its citation")
    return State(entry, kind, side, work, author, now.replace(microsecond=0), until, note)


def keep(connection: Connection, one: State) -> None:
    """Records it, within the transaction of the caller."""
    until = str(one.until) if one.until else None
    connection.execute(
        "INSERT INTO lead_work (entry, kind, side, work, author, said, until, note) VALUES (?,?,?,?,?,?,?,?)",
        (one.entry, one.kind, one.side, one.work.value, one.author, stamp(one.said), until, one.note),
    )


def states(db: Database, now: datetime) -> dict[tuple[str, str, str], State]:
    """The last word on each (entry, kind, side) up to a moment, as it was said; see `State.quiet`."""
    rows = store.query(db, "SELECT * FROM lead_work WHERE said <= ? ORDER BY id", (stamp(now),))
    found = {}
    for row in rows:
        until = date.fromisoformat(row["until"]) if row["until"] else None
        found[row["entry"], row["kind"], row["side"]] = State(
            row["entry"], row["kind"], row["side"], Work(row["work"]), row["author"], moment(row["said"]), until,
            row["note"],
        )  # fmt: skip
    return found


def busy(db: Database, now: datetime) -> frozenset[tuple[str, str, str]]:
    """(entry, kind, side) of the leads that letters leave out today."""
    return frozenset(key for key, one in states(db, now).items() if one.quiet(now.date()))
