"""Article pages that a listing announced: wanted, tried, read or given up. A failed page is a hole too."""

from dataclasses import replace
from datetime import date, datetime
from sqlite3 import Connection
from typing import NamedTuple

from sqlite_utils import Database

from crawlers import archive, dates, registry, urls
from crawlers.dates import Published, Quality, stamp
from crawlers.items import Item
from crawlers.outcome import Outcome

MOST_TRIES = 5


class Backlog(NamedTuple):
    """Pages of one publishing day that were announced and not read."""

    outlet: str
    day: date
    pages: int


def want(connection: Connection, item: Item, source: str, outlet: registry.Outlet, now: datetime) -> bool:
    """Registers the page of an item; True where it was not known before."""
    moment = item.published.moment
    day = dates.day_of(moment, outlet.zone)
    cursor = connection.execute(
        "INSERT OR IGNORE INTO pages (url, source, outlet, state, wanted, day, address, published)"
        " VALUES (?,?,?,'pending',?,?,?,?)",
        (urls.canonical(item.url or ""), source, outlet.id, stamp(now), str(day) if day else None,
         item.url, stamp(moment)),
    )  # fmt: skip
    return cursor.rowcount > 0


def want_all(connection: Connection, source: str, outlet: registry.Outlet, now: datetime) -> list[str]:
    """Registers the pages of all entries in the last document of a source; their addresses."""
    cursor = connection.execute(
        "SELECT a.url, a.published FROM articles a JOIN entries_seen e ON e.key = a.key"
        " WHERE e.source = ? AND a.reading = 'summary' AND a.url IS NOT NULL ORDER BY a.id",
        (source,),
    )
    wanted = []
    for url, published in cursor.fetchall():
        listed = Published(dates.moment(published), published, Quality.LISTING) if published else dates.UNKNOWN
        if want(connection, Item(url, "", published=listed), source, outlet, now):
            wanted.append(url)
    return wanted


def pending(db: Database, source: str) -> list[str]:
    """Addresses of the pages of a source that earlier runs announced but did not read, oldest first."""
    cursor = db.conn.execute(
        "SELECT coalesce(p.address, a.url, p.url) FROM pages p LEFT JOIN articles a ON a.key = p.url"
        " WHERE p.source = ? AND p.state = 'pending' ORDER BY p.wanted, p.url",
        (source,),
    )
    return [row[0] for row in cursor]


def sources_with_pending(db: Database) -> frozenset[str]:
    """Sources that announced pages which are still to be read."""
    return frozenset(
        row[0] for row in db.conn.execute("SELECT DISTINCT source FROM pages WHERE state = 'pending'")
    )


def completed(connection: Connection, item: Item) -> Item | None:
    """The item of a page with what its listing knew better: the headline, the date and a longer text.

    None where the page says so much less than its listing that its article was not found on it.
    """
    key = urls.canonical(item.url or "")
    known = connection.execute(
        "SELECT a.title, p.published, t.body FROM pages p LEFT JOIN articles a ON a.key = p.url"
        " LEFT JOIN texts t ON t.article = a.id WHERE p.url = ?", (key,)
    ).fetchone()  # fmt: skip
    title, listed, packed = known or (None, None, None)
    entry = archive.unpack(packed) if packed else ""
    if len(item.text) * 2 < len(entry):
        return None
    published = item.published
    if published.moment is None and listed:
        published = Published(dates.moment(listed), listed, Quality.LISTING)
    text = max(item.text, entry, key=len)
    return replace(item, title=title or item.title, text=text, published=published)


def read(connection: Connection, url: str) -> None:
    connection.execute(
        "UPDATE pages SET state = 'read', outcome = 'new', tries = tries + 1 WHERE url = ?",
        (urls.canonical(url),),
    )


def missed(connection: Connection, url: str, outcome: Outcome) -> None:
    """Notes a failed try; a page that is gone or failed MOST_TRIES times is not asked for again."""
    connection.execute(
        "UPDATE pages SET tries = tries + 1, outcome = ?, state = CASE WHEN ? = 'gone' THEN 'gone'"
        " WHEN tries + 1 >= ? THEN 'given_up' ELSE 'pending' END WHERE url = ?",
        (outcome.value, outcome.value, MOST_TRIES, urls.canonical(url)),
    )


def backlog(db: Database) -> list[Backlog]:
    """Announced pages without an article of theirs, by outlet and publishing day."""
    cursor = db.conn.execute(
        "SELECT p.outlet, p.day, count(*) FROM pages p LEFT JOIN articles a ON a.key = p.url"
        " WHERE p.state <> 'read' AND p.day IS NOT NULL AND a.id IS NULL GROUP BY p.outlet, p.day"
    )
    return [Backlog(outlet, date.fromisoformat(day), count) for outlet, day, count in cursor]
