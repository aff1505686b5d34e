"""Entries that give only the beginning of their article, whatever the feed is declared to carry."""

import re
from datetime import datetime, timedelta
from sqlite3 import Connection

from sqlite_utils import Database

from crawlers import archive
from crawlers.dates import moment, stamp
from crawlers.items import Item

CHECKED_EVERY = timedelta(days=30)

# The last of these are what readers click on; feeds carry the words along.
_CUT = re.compile(
    r"(?:\.\.\.|…|(?:^|[\n.!?»\"])\s*"
    r"(?:читать|подробнее|далее|чытаць|падрабязней|читати|докладніше|read more|continue reading)[^\n]{0,40})\W*$",
    re.IGNORECASE,
)
_MARGIN = 300
"""Letters by which a page may be longer than its entry: captions, tags and a word on the author."""


def is_cut(body: str) -> bool:
    """Whether a text ends as one that goes on elsewhere."""
    return bool(_CUT.search(body[-120:]))


def is_stub(entry: str, page: str) -> bool:
    """Whether an entry is so much shorter than its page that it cannot be the article."""
    return len(page) > 1.5 * len(entry) + _MARGIN


def note(connection: Connection, source: str, entry: str, page: str, now: datetime) -> bool:
    """Keeps the comparison of an entry with its page; True where the entry is only a beginning.

    The source's entries are whole texts no longer, then.
    """
    stub = is_stub(entry, page)
    connection.execute(
        "INSERT OR REPLACE INTO stub_checks VALUES (?, ?, ?, ?, ?)",
        (source, stamp(now), stub, len(entry), len(page)),
    )
    if stub:
        connection.execute(
            "UPDATE articles SET reading = 'summary' WHERE source = ? AND reading = 'full'", (source,)
        )
    return stub


def is_known_stub(db: Database, source: str) -> bool:
    row = db.conn.execute("SELECT stub FROM stub_checks WHERE source = ?", (source,)).fetchone()
    return bool(row and row[0])


def is_due(db: Database, source: str, now: datetime) -> bool:
    """Whether an entry of a source should be compared with its page (again)."""
    row = db.conn.execute("SELECT checked FROM stub_checks WHERE source = ?", (source,)).fetchone()
    return row is None or moment(row[0]) <= now - CHECKED_EVERY


def entry_to_compare(db: Database, source: str) -> Item | None:
    """The newest entry in the last document of a source that was taken for a whole text and has a page."""
    row = db.conn.execute(
        "SELECT a.url, a.title, t.body FROM articles a JOIN entries_seen e ON e.key = a.key"
        " JOIN texts t ON t.article = a.id WHERE e.source = ? AND a.reading = 'full' AND a.url IS NOT NULL"
        " ORDER BY a.published DESC, a.id LIMIT 1",
        (source,),
    ).fetchone()
    return Item(row[0], row[1], archive.unpack(row[2])) if row else None
