"""The archive of articles: identity, revisions, texts, and reading them back."""

import hashlib
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from operator import attrgetter
from sqlite3 import Connection
from typing import Any
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from crawlers import dates, search, text, urls
from crawlers.dates import stamp
from crawlers.items import Article, Item, Reading

_RANK = {Reading.TITLE: 0, Reading.SUMMARY: 1, Reading.PAGE: 2, Reading.FULL: 2}


def text_hash(title: str, body: str) -> str:
    """Fingerprint of what was printed, blind to case and spacing."""
    folded = " ".join(text.fold(f"{title} {body}").split())
    return hashlib.blake2b(folded.encode(), digest_size=12).hexdigest()


def identity(item: Item, outlet: str | None, source: str, zone: ZoneInfo) -> str:
    """The key that makes two sightings one article: canonical URL, else outlet and GUID, else outlet and title;
    the last two with the day.

    A GUID is not used while an address is there, and only if it is that of one item of its document. A feed of
    one item may give the same to each: so a day that differs is an article of its own.
    """
    if item.url and (url := urls.canonical(item.url)):
        return url
    day = dates.day_of(item.published.moment, zone)
    if item.guid:
        seed = "\n".join([outlet or source, "guid", item.guid, str(day)])
    else:
        seed = "\n".join([outlet or source, text.fold(item.title), str(day), "" if day else item.text])
    return "hash:" + hashlib.blake2b(seed.encode(), digest_size=16).hexdigest()


def save(
    connection: Connection, item: Item, outlet: str | None, source: str, zone: ZoneInfo, now: datetime,
    language_of: Callable[[Item], str | None] = attrgetter("language"),
) -> tuple[int, bool]:  # fmt: skip
    """Stores one sighting inside the caller's transaction; returns (article id, whether it was new).

    `language_of` is asked only for what is stored: most entries of most fetches are known and have not changed.


    A better reading replaces a poorer one; a changed headline or text leaves a revision. An article is
    never stored twice under one identity, and never loses text to a later, thinner sighting. A stated date
    replaces the day of first sight, and an article imported for no outlet becomes its outlet's.
    """
    item, source = _whole(item), text.whole(source)
    key = identity(item, outlet, source, zone)
    digest = text_hash(item.title, item.text)
    known = connection.execute(
        "SELECT id, title, reading, text_hash, outlet, published, published_quality FROM articles WHERE key = ?",
        (key,),
    )
    row = known.fetchone()
    if row is None:
        return _insert(connection, item, language_of(item), key, digest, outlet, source, zone, now), True
    article, title, reading, old_digest, owner, published, quality = row
    if outlet and owner is None:
        _adopt(connection, article, outlet, zone)
    if published is None or quality == dates.Quality.FIRST_SEEN:
        _date(connection, article, item.published, zone)
    better = _RANK[item.reading] > _RANK[Reading(reading)]
    same_depth = _RANK[item.reading] == _RANK[Reading(reading)]
    if better or (same_depth and digest != old_digest):
        if same_depth and reading != Reading.TITLE:
            connection.execute(
                "INSERT OR IGNORE INTO revisions VALUES (?, ?, ?, ?)",
                (article, stamp(now), title, old_digest),
            )
        connection.execute(
            "UPDATE articles SET title = ?, reading = ?, text_hash = ?, language = coalesce(?, language)"
            " WHERE id = ?",
            (item.title, item.reading.value, digest, language_of(item), article),
        )
        (before,) = connection.execute("SELECT body FROM texts WHERE article = ?", (article,)).fetchone()
        search.remove(connection, article, title, unpack(before))
        connection.execute("UPDATE texts SET body = ? WHERE article = ?", (packed := _pack(item.text), article))
        search.add(connection, article, item.title, unpack(packed))
    return article, False


def _whole(item: Item) -> Item:
    raw = item.published.raw
    return replace(
        item, url=item.url and text.whole(item.url), title=text.whole(item.title), text=text.whole(item.text),
        language=item.language and text.whole(item.language),
        published=item.published._replace(raw=raw and text.whole(raw)),
    )  # fmt: skip


def _date(connection: Connection, article: int, published: dates.Published, zone: ZoneInfo) -> None:
    """A date that is stated replaces none, and that of the first sight."""
    if published.moment:
        connection.execute(
            "UPDATE articles SET published = ?, published_day = ?, published_raw = ?, published_quality = ?"
            " WHERE id = ?",
            (stamp(published.moment), str(dates.day_of(published.moment, zone)), published.raw,
             published.quality.value, article),
        )  # fmt: skip


def _adopt(connection: Connection, article: int, outlet: str, zone: ZoneInfo) -> None:
    """An article imported before its outlet had a source file is the outlet's; its day is one of the zone."""
    row = connection.execute(
        "SELECT published, published_day, published_quality FROM articles WHERE id = ?", (article,)
    ).fetchone()
    published, day, quality = row
    if published and quality != dates.Quality.DAY:
        day = str(dates.day_of(dates.moment(published), zone))
    connection.execute("UPDATE articles SET outlet = ?, published_day = ? WHERE id = ?", (outlet, day, article))


def _insert(
    connection: Connection, item: Item, language: str | None, key: str, digest: str,
    outlet: str | None, source: str, zone: ZoneInfo, now: datetime,
) -> int:  # fmt: skip
    published = item.published
    moment, quality = published.moment, published.quality
    if moment is None and quality is not dates.Quality.IMPORTED and outlet:
        moment, quality = now, dates.Quality.FIRST_SEEN
    day = dates.day_of(moment, zone)
    cursor = connection.execute(
        "INSERT INTO articles (key, url, outlet, source, title, published, published_day, published_raw,"
        " published_quality, first_seen, language, reading, text_hash) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (key, item.url, outlet, source, item.title, stamp(moment), str(day) if day else None, published.raw,
         quality.value, stamp(now), language, item.reading.value, digest),
    )  # fmt: skip
    article = cursor.lastrowid
    assert article is not None
    connection.execute("INSERT INTO texts VALUES (?, ?)", (article, packed := _pack(item.text)))
    search.add(connection, article, item.title, unpack(packed))
    return article


def articles(
    db: Database, where: str = "1", parameters: tuple[Any, ...] | dict[str, Any] = ()
) -> Iterator[Article]:
    """Articles with their texts, in the order of their ids. `where` is SQL of ours, never a user's."""
    cursor = db.conn.execute(
        "SELECT a.id, a.url, a.outlet, a.source, a.title, t.body, a.published, a.published_day, a.language,"
        f" a.reading, a.text_hash FROM articles a JOIN texts t ON t.article = a.id WHERE {where} ORDER BY a.id",
        parameters,
    )
    for number, url, outlet, source, title, body, published, day, language, reading, digest in cursor:
        yield Article(
            number, url, outlet, source, title, unpack(body),
            dates.moment(published) if published else None, date.fromisoformat(day) if day else None,
            language, Reading(reading), digest,
        )  # fmt: skip


def _pack(body: str) -> bytes:
    return zlib.compress(body.encode(errors="replace"))


def unpack(body: bytes) -> str:
    return zlib.decompress(body).decode()
