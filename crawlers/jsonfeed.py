"""JSON Feed (jsonfeed.org, 1 and 1.1), which feedparser does not read."""

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from crawlers import dates, encoding, urls
from crawlers.dates import Quality
from crawlers.document import Document, NotAFeed, oldest_in_order
from crawlers.extract import plain_text
from crawlers.items import Item, Reading
from crawlers.stubs import is_cut

_VERSION = re.compile(r"(?:https?://)?(?:www\.)?jsonfeed\.org/version/|1(?:\.[01])?$")


def looks_like_one(body: bytes) -> bool:
    return body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"


def read(body: bytes, url: str, zone: ZoneInfo, now: datetime, full: bool) -> Document:
    """Items of a JSON Feed in its order, once each; raises NotAFeed for any other JSON."""
    try:
        told = json.loads(encoding.decode(body))
    except (ValueError, RecursionError) as error:
        raise NotAFeed(f"a document that is no JSON: {str(error)[:80]}") from None
    if not isinstance(told, dict) or not _VERSION.match(str(told.get("version", ""))):
        raise NotAFeed("JSON that is no feed")
    listed = told.get("items")
    if not isinstance(listed, list):
        raise NotAFeed("a JSON feed without a list of items")
    items: dict[object, Item] = {}
    guids = Counter(str(entry.get("id")) for entry in listed if isinstance(entry, dict))
    for entry in listed:
        item = _item(entry, url, zone, now, full) if isinstance(entry, dict) else None
        if item is not None:
            item = item if guids[str(item.guid)] == 1 else replace(item, guid=None)
            items.setdefault(item.url or item.guid or (item.title, item.published.raw), item)
    return Document(list(items.values()), oldest_in_order([item.published.moment for item in items.values()]))


def _item(entry: dict[str, Any], base: str, zone: ZoneInfo, now: datetime, full: bool) -> Item | None:
    whole = plain_text(_text(entry, "content_html")) or plain_text(_text(entry, "content_text"))
    body = whole or plain_text(_text(entry, "summary"))
    title = plain_text(_text(entry, "title")).replace("\n", " ") or body[:120].replace("\n", " ")
    if not title:
        return None
    link = _text(entry, "url")
    published = dates.parse(
        _text(entry, "date_published") or _text(entry, "date_modified"), zone, Quality.FEED, now
    )
    reading = Reading.SUMMARY if body else Reading.TITLE
    if full and whole and not is_cut(whole):
        reading = Reading.FULL
    guid = entry.get("id")
    return Item(
        urls.join(base, link) if link else None, title, body, published, str(guid) if guid else None,
        _text(entry, "language") or None, reading,
    )  # fmt: skip


def _text(entry: dict[str, Any], key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""
