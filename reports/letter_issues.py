"""What each letter named and counted, kept for the letters after it."""

import json
from datetime import date
from sqlite3 import Connection
from typing import Any

from sqlite_utils import Database

from crawlers.store import query
from reports.letter import Letter
from reports.letter_claims import History, Named
from reports.weeks import Week

_REACHED = "d.state IN ('sent', 'uncertain')"
"""Only what may have come to the reader needs no second telling, and a correction."""


def keep(connection: Connection, week: Week, reader: str, letter: Letter) -> None:
    """Remembers a letter; in the transaction that makes its delivery."""
    where = (str(week), reader)
    connection.execute("INSERT INTO letter_issues VALUES (?,?,?)", (*where, json.dumps(sorted(letter.gaps))))
    connection.executemany(
        "INSERT INTO letter_named VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
        [
            (*where, one.kind, one.line, one.pair, one.side, _text(one.day), one.article, one.outlet,
             _text(one.first), _text(one.last), one.entry, one.number)
            for one in letter.named
        ],
    )  # fmt: skip


def history(db: Database, week: Week, reader: str) -> History:
    """What the letters before a week told a reader."""
    rows = query(
        db,
        "SELECT n.* FROM letter_named n JOIN deliveries d USING (week, reader)"
        f" WHERE n.reader = ? AND n.week < ? AND {_REACHED} ORDER BY n.week, n.rowid",
        (reader, str(week)),
    )
    before = query(
        db,
        "SELECT i.gaps FROM letter_issues i JOIN deliveries d USING (week, reader)"
        f" WHERE i.reader = ? AND i.week = ? AND {_REACHED}",
        (reader, str(week.previous)),
    )
    named = tuple(map(_named, rows))
    return History(named, frozenset(json.loads(before[0]["gaps"])) if before else None)


def numbered(db: Database, week: str, reader: str) -> dict[int, list[Named]]:
    """What each numbered row of a letter was about: a lead, and an event that was told with it."""
    sql = "SELECT * FROM letter_named WHERE week = ? AND reader = ? AND number IS NOT NULL ORDER BY rowid"
    found: dict[int, list[Named]] = {}
    for one in map(_named, query(db, sql, (week, reader))):
        found.setdefault(one.number or 0, []).append(one)
    return found


def _named(row: dict[str, Any]) -> Named:
    return Named(
        row["kind"], row["line"], row["pair"], row["side"], _day(row["day"]), row["article"], row["outlet"],
        _day(row["first"]), _day(row["last"]), row["week"], row["entry"], row["number"],
    )  # fmt: skip


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
