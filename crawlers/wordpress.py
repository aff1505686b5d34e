"""The REST listing of a WordPress site: posts with whole texts, page by page."""

import json
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from zoneinfo import ZoneInfo

from crawlers import dates, urls
from crawlers.dates import Quality
from crawlers.document import Document, NotAFeed, oldest_in_order
from crawlers.extract import plain_text
from crawlers.items import Item, Reading

PER_PAGE = 50


def page_url(url: str, page: int, after: datetime | None) -> str:
    """Address of one page of the listing, newest first, of posts published after a moment."""
    parts = urlsplit(url)
    wanted = dict(parse_qsl(parts.query)) | {
        "per_page": str(PER_PAGE), "page": str(page), "orderby": "date", "order": "desc",
        "_fields": "id,link,date_gmt,title,content",
    }  # fmt: skip
    if after is not None:
        wanted["after"] = after.strftime("%Y-%m-%dT%H:%M:%S")
    return urlunsplit(parts._replace(query=urlencode(wanted)))


def read(body: bytes, zone: ZoneInfo, now: datetime) -> Document:
    """Posts of one page of the listing; raises NotAFeed for anything that is no such listing."""
    try:
        posts = json.loads(body)
    except ValueError:
        raise NotAFeed("a document that is no JSON") from None
    if not isinstance(posts, list) or not all(isinstance(post, dict) for post in posts):
        raise NotAFeed("JSON that is no list of posts")
    items = [_item(post, zone, now) for post in posts]
    # the newest first was asked for; a plugin may list them otherwise
    return Document(items, oldest_in_order([item.published.moment for item in items]))


def _item(post: dict[str, Any], zone: ZoneInfo, now: datetime) -> Item:
    title = plain_text(_rendered(post, "title")).replace("\n", " ")
    content = plain_text(_rendered(post, "content"))
    stated = post.get("date_gmt")
    published = dates.parse(f"{stated}+00:00" if stated else None, zone, Quality.LISTING, now)
    link = post.get("link")
    return Item(
        urls.join("", link) if isinstance(link, str) else None, title or content[:120].replace("\n", " "), content,
        published, str(post.get("id", "")) or None, None, Reading.FULL if content else Reading.TITLE,
    )  # fmt: skip


def _rendered(post: dict[str, Any], key: str) -> str:
    value = post.get(key)
    text = value.get("rendered") if isinstance(value, dict) else value
    return text if isinstance(text, str) else ""
