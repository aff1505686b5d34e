"""The text of an article out of its page."""

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

import lxml.etree
import lxml.html

from crawlers import dates, text
from crawlers.dates import UNKNOWN, Published, Quality

_BLOCKS = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "table",
        "blockquote",
        "section",
        "article",
    ]
)
_DROPPED = ("script", "style", "noscript", "template")
_MOST_BYTES = 5_000_000


class Page(NamedTuple):
    """What could be read of an article's page."""

    title: str
    text: str
    published: Published


def page(body: bytes, url: str, zone: ZoneInfo, now: datetime) -> Page | None:
    """Title, text and date of an article page; None where no article text is found."""
    # only who reads pages needs it, and it takes a part of a second
    import trafilatura
    from trafilatura.settings import Document

    document = trafilatura.bare_extraction(
        body[:_MOST_BYTES], url=url, include_comments=False, include_tables=True, with_metadata=True
    )
    if not isinstance(document, Document) or not document.text:
        return None
    published = dates.parse(_own_time(body), zone, Quality.PAGE, now)
    if published.moment is None:
        published = dates.parse(document.date, zone, Quality.DAY, now) if document.date else UNKNOWN
    return Page(text.clean(document.title or ""), text.clean(document.text), published)


def plain_text(markup: str) -> str:
    """The text of a fragment of HTML, blocks on lines of their own; plain text stays as it is."""
    markup = text.whole(markup)
    if "<" not in markup and "&" not in markup:
        return text.clean(markup)
    try:
        root = lxml.html.fragment_fromstring(markup, create_parent="div")
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError):
        return text.clean(markup)
    for dropped in root.iter(*_DROPPED):
        dropped.text = None
    for element in root.iter():
        if element.tag in _BLOCKS:
            element.tail = "\n" + (element.tail or "")
            element.text = "\n" + (element.text or "")
    return text.clean(root.text_content())


def _own_time(body: bytes) -> str | None:
    """The time that the page itself states to machines, with its offset, where it does."""
    try:
        root = lxml.html.fromstring(body[:_MOST_BYTES])
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError):
        return None
    meta = root.find('.//meta[@property="article:published_time"]')
    return None if meta is None else meta.get("content")
