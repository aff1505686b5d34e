"""What editors know of entries without a sign of life: it works, it is over, or they cannot tell; with names, to be undone."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from crawlers import store
from crawlers.dates import moment, stamp
from crawlers.errors import DataError
from matcher.keeping import change
from matcher.places import Gazetteer

UNSURE = ""


@dataclass(frozen=True)
class Answer:
    """What somebody said of an entry."""

    id: int
    entry: str
    answer: str
    """A key of `change.STATUS_NOW`; UNSURE: cannot tell."""
    since: str
    source: str
    author: str
    said: datetime


def answer(
    db: Database, folder: Path, gazetteer: Gazetteer, entry: str, value: str, since: str, source: str, author: str,
    now: datetime,
) -> Answer:  # fmt: skip
    """Records an answer; one that says something is written to the entry's file too, as `change.set_status` does.

    `since`: date of the fact; "": today. Raises DataError, and then nothing is written or recorded.
    """
    since = since.strip() or str(now.date())
    if value != UNSURE:
        change.set_status(folder, entry, value, since, source, now.date(), gazetteer)
    with store.writing(db) as connection:
        cursor = connection.execute(
            "INSERT INTO inventory_answers (entry, answer, since, source, author, said) VALUES (?,?,?,?,?,?)",
            (entry, value, since, source, author, stamp(now)),
        )
    assert cursor.lastrowid is not None
    return Answer(cursor.lastrowid, entry, value, since, source, author, now)


def undo(db: Database, folder: Path, gazetteer: Gazetteer, one: Answer) -> None:
    """Takes an answer back, out of the entry's file as well; raises DataError where that has changed since."""
    if one.answer != UNSURE:
        change.take_back(folder, one.entry, one.answer, one.since, one.source, one.said.date(), gazetteer)
    with store.writing(db) as connection:
        connection.execute("UPDATE inventory_answers SET undone = 1 WHERE id = ?", (one.id,))


def answers(db: Database) -> list[Answer]:
    """All that were not undone, the latest first."""
    rows = store.query(
        db,
        "SELECT id, entry, answer, since, source, author, said FROM inventory_answers WHERE NOT undone ORDER BY id DESC",
        (),
    )
    return [_answer(row) for row in rows]


def last_of(db: Database, author: str) -> Answer:
    """The last answer of somebody; raises DataError where there is none."""
    for one in answers(db):
        if one.author == author:
            return one
    raise DataError("inventory", "author", author, "somebody with an answer to undo")


def _answer(row: dict[str, Any]) -> Answer:
    return Answer(**{**row, "said": moment(row["said"])})
