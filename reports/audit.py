"""How often the tool is wrong, told by people: each month a random sample of its claims is checked by hand."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlite_utils import Database

from crawlers import store
from crawlers.dates import stamp
from crawlers.errors import DataError
from reports.audit_rates import Claim
from reports.coverage import Value
from reports.view import View

SAMPLE = 40
"""Claims of each kind a month, as definitions of a refutation rate ask for."""
_MATCHED = timedelta(days=31)


@dataclass(frozen=True)
class Item:
    """One claim to check, or checked."""

    id: int
    month: str
    kind: Claim
    entry: str
    pair: str
    side: str
    article: int | None
    answer: Literal["right", "wrong"] | None
    author: str | None
    note: str
    answered: str | None
    """UTC."""


def draw(db: Database, view: View, size: int = SAMPLE) -> list[Item]:
    """The sample of the month of the view's clock: drawn once, the same again however the archive has grown.

    Gaps as they stand, and matches on texts of the last 31 days that no person has confirmed; all where there
    are no more than `size`. The month is the seed, so that nobody chooses. Writes in a transaction of its own.
    """
    month = f"{view.snapshot.today:%Y-%m}"
    if known := items(db, month):
        return known
    since = view.snapshot.today - _MATCHED
    gaps = sorted(
        (one.entry.id, str(one.pair), one.side) for one in view.lines if one.value is Value.NONE_FOUND
    )
    matches = sorted(
        (p.entry, p.article)
        for listed in view.snapshot.publications.values()
        for p in listed
        if p.grade == "about" and p.day >= since and not p.confirmed
    )
    chance = random.Random(month)
    with store.writing(db) as connection:
        connection.executemany(
            "INSERT INTO audit_items (month, kind, entry, pair, side) VALUES (?, 'gap', ?, ?, ?)",
            [(month, *one) for one in chance.sample(gaps, min(size, len(gaps)))],
        )
        connection.executemany(
            "INSERT INTO audit_items (month, kind, entry, article) VALUES (?, 'match', ?, ?)",
            [(month, *one) for one in chance.sample(matches, min(size, len(matches)))],
        )
    return items(db, month)


def items(db: Database, month: str | None = None) -> list[Item]:
    """All that was drawn, of one month or of all, in the order of drawing."""
    rows = store.query(
        db,
        "SELECT id, month, kind, entry, pair, side, article, answer, author, note, answered FROM audit_items"
        " WHERE coalesce(?, month) = month ORDER BY id",
        (month,),
    )
    return [Item(**{**row, "kind": Claim(row["kind"])}) for row in rows]


def answer(
    db: Database, item: int, verdict: Literal["right", "wrong"], author: str, now: datetime, note: str = ""
) -> None:
    """Records what a person found; a later answer takes the place of an earlier one. Raises DataError."""
    if verdict not in ("right", "wrong"):
        raise DataError("audit", "answer", verdict, "right wrong")
    if not author.strip():
        raise DataError("audit", "author", "nothing", "the name of who has checked")
    with store.writing(db) as connection:
        cursor = connection.execute(
            "UPDATE audit_items SET answer = ?, author = ?, answered = ?, note = ? WHERE id = ?",
            (verdict, author.strip(), stamp(now), note, item),
        )
        if cursor.rowcount == 0:
            raise DataError("audit", "item", item, "the number of an item, see `mediagap audit list`")


def take_back(db: Database, item: int, author: str) -> None:
    """Opens an item again that the author has answered. Raises DataError for one answered by nobody or somebody else."""
    with store.writing(db) as connection:
        cursor = connection.execute(
            "UPDATE audit_items SET answer = NULL, author = NULL, answered = NULL, note = ''"
            " WHERE id = ? AND author = ?",
            (item, author),
        )
        if cursor.rowcount == 0:
            raise DataError("audit", "item", item, "the number of an item that you have answered")
