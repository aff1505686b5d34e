"""A feed's bytes as items. feedparser reads; `version` decides, never `bozo`."""

import io
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import feedparser

from crawlers import dates, text, urls
from crawlers.dates import Published, Quality
from crawlers.encoding import Undecodable, decode
from crawlers.extract import plain_text
from crawlers.items import Item, Reading

_END = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf)\s*>|</channel>\s*$", re.IGNORECASE)


class NotAFeed(Exception):
    """The document is something else: a page, a challenge of a shield, a broken file."""


class Document(NamedTuple):
    """What one fetch of a listing showed."""

    items: list[Item]
    reaches_back: datetime | None
    """UTC time since which everything published is listed; None where it cannot be told."""
    whole: bool = True
    """False where the transfer or the site cut it off: what it left out is not known."""


def feed(
    body: bytes, url: str, headers: Mapping[str, str], zone: ZoneInfo, now: datetime, full: bool
) -> Document:
    """Items of an RSS, RDF or Atom document, in its order, once each.

    `full`: whether the feed is declared to carry whole texts. Raises NotAFeed and Undecodable.
    """
    letters = _letters(body, headers.get("content-type", ""))
    # feedparser falls back to a Western encoding, and believes a header before the bytes
    told = {**headers, "content-location": url, "content-type": "application/xml; charset=utf-8"}
    parsed = feedparser.parse(io.BytesIO(letters.encode()), response_headers=told)
    if not parsed.version:
        raise NotAFeed(_what_instead(body))
    if body.count(b"\xef\xbf\xbd") * 50 > len(body) or _lost_letters(parsed.entries):
        raise Undecodable("the text holds replacement characters in place of letters")
    guids = [entry.get("id") for entry in parsed.entries]
    items: dict[object, Item] = {}
    whole = bool(_END.search(letters))
    for entry in parsed.entries if whole else parsed.entries[:-1]:  # the last is cut itself
        guid = entry.get("id")
        item = _item(entry, url, guid if guids.count(guid) == 1 else None, zone, now, full)
        if item is not None:
            items.setdefault(item.url or (item.title, item.published.raw), item)
    listed = list(items.values())
    return Document(
        listed, oldest_in_order([item.published.moment for item in listed]) if whole else None, whole
    )


def _letters(body: bytes, content_type: str) -> str:
    try:
        return decode(body, content_type)
    except Undecodable:
        if feedparser.parse(io.BytesIO(body)).version:
            raise
        raise NotAFeed(_what_instead(body)) from None


def oldest_in_order(moments: Sequence[datetime | None]) -> datetime | None:
    """How far back a listing reaches; None where any entry is undated.

    A pinned old entry stands above newer ones and says nothing about the time between. So an entry counts
    only where no entry below it is newer by a day or more (above it, in a listing that runs upwards).
    """
    known = [moment for moment in moments if moment]
    if not known or len(known) < len(moments):
        return None
    # which way the listing runs is a question of most neighbours, not of its two ends
    if sum(a < b for a, b in pairwise(known)) > sum(a > b for a, b in pairwise(known)):
        known.reverse()
    oldest = newest_below = known[-1]
    for moment in reversed(known):
        if moment >= newest_below - timedelta(days=1):
            oldest, newest_below = min(oldest, moment), max(newest_below, moment)
    return oldest


def _item(entry: Any, base: str, guid: str | None, zone: ZoneInfo, now: datetime, full: bool) -> Item | None:
    link = entry.get("link")
    address = urls.join(base, link) if link else None
    title = plain_text(entry.get("title") or "").replace("\n", " ")
    body = _longest([part.get("value", "") for part in entry.get("content", [])], entry)
    if not title and not body:
        return None
    reading = (Reading.FULL if full else Reading.SUMMARY) if body else Reading.TITLE
    return Item(address, title or body[:120], body, _published(entry, zone, now), guid, None, reading)


def _longest(contents: list[str], entry: Any) -> str:
    candidates = [*contents, entry.get("yandex_full-text") or "", entry.get("summary") or ""]
    return max((plain_text(one) for one in candidates), key=len)


def _published(entry: Any, zone: ZoneInfo, now: datetime) -> Published:
    name = "published" if entry.get("published") or "updated" not in entry else "updated"
    raw = entry.get(name)
    own = dates.parse(raw, zone, Quality.FEED, now)
    if own.moment or not raw:
        return own
    # feedparser knows many more spellings, but takes a missing offset for UTC
    parsed = entry.get(f"{name}_parsed")
    # and makes a year of our time of dates such as 0000-00-00, which would stretch how far the feed reaches
    if parsed is None or str(parsed.tm_year) not in raw:
        return own
    moment = datetime(*parsed[:6]).replace(tzinfo=UTC).isoformat()
    return dates.parse(moment, zone, Quality.FEED, now)._replace(raw=raw)


def _lost_letters(entries: list[Any]) -> bool:
    titles = "".join(entry.get("title", "") for entry in entries)
    return titles.count("\ufffd") * 20 > len(titles)


def _what_instead(body: bytes) -> str:
    start = text.clean(body[:400].decode("utf-8", "replace")).lower()
    if not start:
        return "an empty document"
    if "<html" in start or "<!doctype html" in start:
        return "an HTML page"
    return "a document that is no feed"
