"""What people decided about articles and entries. A decision outweighs the matcher for as long as the text stands."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlite_utils import Database

from crawlers import store
from crawlers.dates import moment, stamp
from crawlers.errors import DataError

LONGEST_REASON, LONGEST_AUTHOR = 500, 100


class Verdict(StrEnum):
    YES = "yes"
    """The article does cover the entry: it counts as `about`, whatever the matcher says or said."""
    NO = "no"
    """It does not: it is neither a match nor a near miss of this entry."""
    UNSURE = "unsure"
    """Somebody looked and could not tell: what the matcher says stands, and the question stays open."""


@dataclass(frozen=True)
class Decision:
    """One verdict of one person on one article and one entry."""

    id: int
    article: int
    entry: str
    verdict: Verdict
    author: str
    decided: datetime
    reason: str
    reopened: bool
    """Whether the article's text has changed since: the decision holds no more, and somebody should look again."""


def decide(
    db: Database, entries: Container[str], article: int, entry: str, verdict: Verdict, author: str, now: datetime,
    reason: str = "",
) -> Decision:  # fmt: skip
    """Records a verdict on the article's text as it is now; the one before it stays on record and holds no more.

    `entries`: the ids of the catalogue. Raises DataError for an article or entry that is not there, and for a
    name or reason that is empty, too long or of several lines. Writes in a transaction of its own.
    """
    author = _line(author, "author", LONGEST_AUTHOR)
    if not author:
        raise DataError("decision", "author", "nothing", "the name of who decides")
    reason = _line(reason, "reason", LONGEST_REASON)
    if entry not in entries:
        raise DataError("decision", "entry", entry, "the id of an entry")
    with store.writing(db) as connection:
        cursor = connection.execute(
            "INSERT INTO decisions (article, entry, verdict, author, decided, text_hash, reason)"
            " SELECT id, ?, ?, ?, ?, text_hash, ? FROM articles WHERE id = ?",
            (entry, verdict.value, author, stamp(now), reason, article),
        )
        if cursor.rowcount == 0:
            raise DataError("decision", "article", article, "the number of an article in the archive")
        assert cursor.lastrowid is not None
    return Decision(
        cursor.lastrowid, article, entry, verdict, author, now.replace(microsecond=0), reason, False
    )


def in_force(db: Database, until: datetime) -> dict[tuple[int, str], Decision]:
    """The last decision on each (article, entry) up to a moment, where it was made on the text of today."""
    last: dict[tuple[int, str], Decision] = {}
    for one in _read(db, "d.decided <= ?", (stamp(until),)):
        last[one.article, one.entry] = one
    return {key: one for key, one in last.items() if not one.reopened}


def reopened(db: Database) -> list[Decision]:
    """The last decisions on (article, entry) whose text has changed since, oldest first: to be looked at again."""
    last = {(one.article, one.entry): one for one in _read(db, "1", ())}
    return [one for one in last.values() if one.reopened]


def of_article(db: Database, article: int) -> list[Decision]:
    """All that was ever decided on an article, oldest first."""
    return _read(db, "d.article = ?", (article,))


def _read(db: Database, where: str, parameters: tuple[object, ...]) -> list[Decision]:
    rows = store.query(
        db,
        "SELECT d.id, d.article, d.entry, d.verdict, d.author, d.decided, d.reason,"
        " d.text_hash <> a.text_hash AS reopened FROM decisions d JOIN articles a ON a.id = d.article"
        f" WHERE {where} ORDER BY d.id",
        parameters,
    )
    return [
        Decision(
            **{**row, "verdict": Verdict(row["verdict"]), "decided": moment(row["decided"]), "reopened": bool(row["reopened"])}
        )
        for row in rows
    ]  # fmt: skip


def _line(text: str, field: str, longest: int) -> str:
    found = text.strip()
    if len(found) > longest or not (found.isprintable() or not found):
        raise DataError("decision", field, found, f"one line of at most {longest} letters")
    return found
