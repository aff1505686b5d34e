"""Tokens with which programs use the desk as an editor: random, kept as hashes, named, with a last day of use."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlite_utils import Database

from crawlers.dates import moment, stamp
from crawlers.errors import DataError
from crawlers.store import query, writing
from reports import editors
from reports.editors import Editor
from reports.sessions import OF_ADDRESS, WITHIN, TooOften
from reports.tidy import one_line

PREFIX = "mediagap_"
"""Of every token: who finds one in a file knows what it opens."""
USUAL_DAYS, MOST_DAYS = 90, 366
_LONGEST_NAME = 40


@dataclass(frozen=True)
class Token:
    """What is known of a token; the token itself is kept nowhere."""

    editor: str
    name: str
    """What it is for."""
    made: datetime
    until: datetime
    used: date | None
    """Last day on which it was used. No finer: a write for each read would have the desk read anew all the time."""


def add(db: Database, editor: str, name: str, days: int, now: datetime) -> str:
    """Makes a token of an editor and returns it, the only time that it can be seen.

    Raises DataError for an editor who is not there or disabled, a name that is odd or taken, and days out of range.
    """
    owner, where = editors.find(db, editor), "editors tokens add"
    if owner.disabled:
        raise DataError(where, "editor", editor, "an editor who is not disabled")
    if one_line(name) != name or not 0 < len(name) <= _LONGEST_NAME:
        raise DataError(where, "name", name, f"a name of at most {_LONGEST_NAME} characters on one line")
    if not 0 < days <= MOST_DAYS:
        raise DataError(where, "--days", days, f"1 to {MOST_DAYS}")
    token = PREFIX + secrets.token_urlsafe(32)
    with writing(db) as connection:
        if any((one.editor, one.name) == (owner.name, name) for one in listed(db)):
            raise DataError(
                where, "name", name, "a name that no other token of this editor has", "revoke that one first"
            )
        connection.execute(
            "INSERT INTO tokens (key, editor, name, made, until) VALUES (?,?,?,?,?)",
            (_hash(token), owner.name, name, stamp(now), stamp(now + timedelta(days=days))),
        )
    return token


def listed(db: Database) -> list[Token]:
    """All that were not revoked, those that have expired too."""
    rows = query(db, "SELECT editor, name, made, until, used FROM tokens ORDER BY editor, name")
    return [
        Token(
            row["editor"], row["name"], moment(row["made"]), moment(row["until"]),
            date.fromisoformat(row["used"]) if row["used"] else None,
        )
        for row in rows
    ]  # fmt: skip


def revoke(db: Database, editor: str, name: str) -> None:
    """Ends a token at once; raises DataError where there is none of that name."""
    with writing(db) as connection:
        owner = editors.find(db, editor).name
        if not connection.execute("DELETE FROM tokens WHERE editor = ? AND name = ?", (owner, name)).rowcount:
            allowed = f"the name of a token of {owner}"
            raise DataError(
                "editors tokens revoke", "name", name, allowed, "see `mediagap editors tokens list`"
            )


def whose(db: Database, token: str, now: datetime) -> tuple[Editor, date | None] | None:
    """The editor of a token that has not expired, and when it was last used; None for any other."""
    asked = (_hash(token), stamp(now))
    rows = query(db, "SELECT editor, used FROM tokens WHERE key = ? AND until > ?", asked)
    if not rows:
        return None
    editor = editors.find(db, rows[0]["editor"])
    return (
        None if editor.disabled else (editor, date.fromisoformat(rows[0]["used"]) if rows[0]["used"] else None)
    )


def used(db: Database, token: str, day: date) -> None:
    """Keeps the day as the last one on which the token was used."""
    with writing(db) as connection:
        connection.execute("UPDATE tokens SET used = ? WHERE key = ?", (str(day), _hash(token)))


def wrong(db: Database, address: str, now: datetime) -> None:
    """Keeps that an address sent a token that is none; raises TooOften where it did so OF_ADDRESS times WITHIN.

    As with signing in, but that a right token is let in all the same: nobody guesses one of 256 bits, and a
    neighbour's forgotten program is to keep nobody out. What is throttled are the writes.
    """
    who = f"token from {address}"
    with writing(db) as connection:
        connection.execute("DELETE FROM sign_in_failures WHERE at < ?", (stamp(now - WITHIN),))
        asked = "SELECT count(*) FROM sign_in_failures WHERE who = ?"
        (tries,) = connection.execute(asked, (who,)).fetchone()
        if tries >= OF_ADDRESS:
            raise TooOften
        connection.execute("INSERT INTO sign_in_failures VALUES (?,?)", (who, stamp(now)))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
