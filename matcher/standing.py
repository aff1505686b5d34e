"""What of the archive's answers still stands: which articles are to be matched, and which of them again."""

from collections.abc import Mapping
from sqlite3 import Connection

from sqlite_utils import Database

from crawlers import store
from crawlers.kept import digest
from crawlers.registry import Outlet
from matcher import affected, words
from matcher.match import VERSION, Matcher

STALE = (
    "NOT EXISTS (SELECT 1 FROM matched m WHERE m.article = a.id AND m.text_hash = a.text_hash AND m.version = ?"
    " AND m.outlet IS a.outlet AND m.day IS a.published_day AND m.language IS a.language)"
)
"""Of an article `a`: never matched, changed since, or answered by another than the given version."""

_TOUCHED, _AGAIN = "touched", "again"
"""In place of a version: a change of the catalogue or an outlet may concern it; everything was asked for."""


def waiting(db: Database, version: str) -> int:
    """How many articles the matcher of this version has still to read."""
    (count,) = db.conn.execute(f"SELECT count(*) FROM articles a WHERE {STALE}", (version,)).fetchone()
    return int(count)


def again(db: Database) -> bool:
    """Asks for everything to be matched again; False where that was asked for before and is not done yet."""
    with store.writing(db) as connection:
        if connection.execute("SELECT 1 FROM matched WHERE version = ? LIMIT 1", (_AGAIN,)).fetchone():
            return False
        connection.execute("UPDATE matched SET version = ?", (_AGAIN,))
    return True


def settle(db: Database, matcher: Matcher, outlets: Mapping[str, Outlet]) -> None:
    """Takes answers of the last version over to this one, but for those that a change may concern.

    Only the catalogue may have changed for that. After any other change of the matcher all answers are stale.
    """
    known = db.conn.execute("SELECT version, program FROM matched_by").fetchone()
    program = _program(matcher)
    concerned: set[int] | None = None
    if known and known[0] != matcher.version and known[1] == program:
        rows = db.conn.execute("SELECT key, data FROM matched_records")
        old = affected.restored(dict(rows.fetchall()))
        if old is not None:
            concerned = affected.articles(db.conn, old, matcher.catalogue, outlets)
    with store.writing(db) as connection:
        _move(connection, outlets)
        if known and known[0] == matcher.version and known[1] == program:
            return
        if concerned is not None:
            _take_over(connection, known[0], matcher.version, concerned)
        connection.execute("DELETE FROM matched_by")
        connection.execute("INSERT INTO matched_by VALUES (?, ?)", (matcher.version, program))
        connection.execute("DELETE FROM matched_records")
        records = affected.records(matcher.catalogue)
        connection.executemany("INSERT INTO matched_records VALUES (?, ?)", records.items())


def _program(matcher: Matcher) -> str:
    """Fingerprint of what an answer depends on beside text and catalogue."""
    version = f"{VERSION}-{matcher.learned.version}" if matcher.learned else VERSION
    return f"{version}-{digest(sorted(one for one in words.WORDS.parent.iterdir() if one.is_file()))}"


def _take_over(connection: Connection, old: str, new: str, concerned: set[int]) -> None:
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS concerned (article INTEGER PRIMARY KEY)")
    connection.execute("DELETE FROM concerned")
    connection.executemany("INSERT INTO concerned VALUES (?)", ((article,) for article in concerned))
    connection.execute(
        "UPDATE matched SET version = CASE WHEN article IN (SELECT article FROM concerned) THEN ? ELSE ? END"
        " WHERE version = ?",
        (_TOUCHED, new, old),
    )


def _move(connection: Connection, outlets: Mapping[str, Outlet]) -> None:
    """Marks the articles of outlets that lie elsewhere than when these were matched."""
    known = {
        name: (country, region)
        for name, country, region in connection.execute("SELECT outlet, country, region FROM matched_outlets")
    }
    today = {name: (one.country, one.region) for name, one in outlets.items()}
    for name in known.keys() | today.keys():
        if known.get(name) != today.get(name):
            connection.execute("UPDATE matched SET version = ? WHERE outlet = ?", (_TOUCHED, name))
    if known != today:
        connection.execute("DELETE FROM matched_outlets")
        rows = ((name, *place) for name, place in today.items())
        connection.executemany("INSERT INTO matched_outlets VALUES (?, ?, ?)", rows)
