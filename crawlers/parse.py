"""A feed's bytes as items. feedparser reads; `version` decides, never `bozo`."""

import io
import re
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import feedparser

from crawlers import dates, jsonfeed, text, urls
from crawlers.dates import Published, Quality
from crawlers.document import Document as Document
from crawlers.document import NotAFeed as NotAFeed
from crawlers.document import oldest_in_order as oldest_in_order
from crawlers.encoding import Undecodable, decode
from crawlers.extract import plain_text
from crawlers.items import Item, Reading
from crawlers.stubs import is_cut

_END = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf)\s*>|</channel>\s*$", re.IGNORECASE)


def feed(
    body: bytes, url: str, headers: Mapping[str, str], zone: ZoneInfo, now: datetime, full: bool
) -> Document:
    """Items of an RSS, RDF, Atom or JSON feed, in its order, once each.

    `full`: whether the feed is declared to carry whole texts. Raises NotAFeed and Undecodable.
    """
    if jsonfeed.looks_like_one(body):
        return jsonfeed.read(body, url, zone, now, full)
    letters = _letters(body, headers.get("content-type", ""))
    # feedparser falls back to a Western encoding, and believes a header before the bytes
    told = {**headers, "content-location": url, "content-type": "application/xml; charset=utf-8"}
    parsed = feedparser.parse(io.BytesIO(letters.encode()), response_headers=told)
    if not parsed.version:
        raise NotAFeed(_what_instead(body))
    if body.count(b"\xef\xbf\xbd") * 50 > len(body) or _lost_letters(parsed.entries):
        raise Undecodable("the text holds replacement characters in place of letters")
    guids = Counter(entry.get("id") for entry in parsed.entries)
    items: dict[object, Item] = {}
    whole = bool(_END.search(letters))
    for entry in parsed.entries if whole else parsed.entries[:-1]:  # the last is cut itself
        guid = entry.get("id")
        item = _item(entry, url, guid if guids[guid] == 1 else None, zone, now, full)
        if item is not None:
            items.setdefault(item.url or item.guid or (item.title, item.published.raw), item)
    listed = list(items.values())
    reach = oldest_in_order([item.published.moment for item in listed]) if whole else None
    return Document(listed, reach, whole, "" if whole else "a document that is cut off")


def _letters(body: bytes, content_type: str) -> str:
    try:
        return decode(body, content_type)
    except Undecodable:
        if feedparser.parse(io.BytesIO(body)).version:
            raise
        raise NotAFeed(_what_instead(body)) from None


def _item(entry: Any, base: str, guid: str | None, zone: ZoneInfo, now: datetime, full: bool) -> Item | None:
    link = entry.get("link")
    address = urls.join(base, link) if link else None
    title = plain_text(entry.get("title") or "").replace("\n", " ")
    body = _longest([part.get("value", "") for part in entry.get("content", [])], entry)
    if not title and not body:
        return None
    reading = Reading.SUMMARY if body else Reading.TITLE
    if full and body and not is_cut(body):  # what is declared for a feed need not hold for each entry
        reading = Reading.FULL
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
