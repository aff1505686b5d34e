"""Who has signed in on the desk, until when, and who tried too often."""

import hashlib
import hmac
from datetime import datetime, timedelta

from sqlite_utils import Database

from crawlers.dates import stamp
from crawlers.store import query, writing
from reports import editors
from reports.editors import Editor

WITHIN = timedelta(minutes=15)
OF_ADDRESS, OF_NAME = 10, 30
"""Failures within WITHIN after which no password is looked at any more. A name has more tries, or anybody
could keep its owner out from another address."""


class TooOften(Exception):
    """Signing in was tried too often; it may be tried again after WITHIN."""


def sign_in(
    db: Database, key: str, name: str, password: str, address: str, until: datetime, now: datetime
) -> Editor | None:
    """Opens a session under a fresh cookie `key` for a right password; None: name or password is wrong.

    Raises TooOften. A failure is kept before the password is looked at, so that tries at once all count.
    """
    asked = {f"from {address}": OF_ADDRESS, f"name {name.casefold()[:200]}": OF_NAME}
    since, at = stamp(now - WITHIN), stamp(now)
    with writing(db) as connection:
        connection.execute("DELETE FROM sign_in_failures WHERE at < ?", (since,))
        for who, most in asked.items():
            (tries,) = connection.execute(
                "SELECT count(*) FROM sign_in_failures WHERE who = ?", (who,)
            ).fetchone()
            if tries >= most:
                raise TooOften
        connection.executemany("INSERT INTO sign_in_failures VALUES (?,?)", [(who, at) for who in asked])
    editor = editors.with_password(db, name, password)
    if editor is None:
        return None
    with writing(db) as connection:
        for who in asked:
            connection.execute("DELETE FROM sign_in_failures WHERE who = ?", (who,))
        connection.execute("DELETE FROM sessions WHERE until < ?", (at,))
        connection.execute("INSERT INTO sessions VALUES (?,?,?)", (_hash(key), editor.name, stamp(until)))
    return editor


def change_password(
    db: Database, key: str, name: str, old: str, new: str, address: str, until: datetime, now: datetime
) -> Editor | None:
    """Signs in anew, under a fresh cookie `key`, sets the new password and ends all other sessions of the editor.

    None: the old password is wrong. Raises TooOften, and DataError for a new password that is too short.
    """
    kept = editors.hashed(new, "password")
    editor = sign_in(db, key, name, old, address, until, now)
    if editor is not None:
        with writing(db) as connection:
            connection.execute("UPDATE editors SET password = ? WHERE name = ?", (kept, editor.name))
            connection.execute("DELETE FROM sessions WHERE editor = ? AND key <> ?", (editor.name, _hash(key)))
    return editor


def sign_out(db: Database, key: str) -> None:
    with writing(db) as connection:
        connection.execute("DELETE FROM sessions WHERE key = ?", (_hash(key),))


def whose(db: Database, key: str, now: datetime) -> Editor | None:
    """The editor of a session that has not expired and whom nobody has disabled since."""
    rows = query(db, "SELECT editor FROM sessions WHERE key = ? AND until > ?", (_hash(key), stamp(now)))
    if not rows:
        return None
    editor = editors.find(db, rows[0]["editor"])
    return None if editor.disabled else editor


def form_token(key: str) -> str:
    """What a form must carry beside the cookie: made from it, and of no use to find it out."""
    return hmac.new(key.encode(), b"form", hashlib.sha256).hexdigest()[:32]


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
