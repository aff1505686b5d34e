"""Listing pages: the news of a site that has no feed, found by CSS selectors."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import lxml.etree
import parsel

from crawlers import dates, text, urls
from crawlers.dates import UNKNOWN, Published, Quality
from crawlers.document import Document, NotAFeed, oldest_in_order
from crawlers.encoding import Undecodable, decode
from crawlers.items import Item
from crawlers.selectors import Selectors

_MOST_BYTES = 5_000_000


def read(
    body: bytes, content_type: str, url: str, selectors: Selectors, zone: ZoneInfo, now: datetime
) -> tuple[Document, str | None]:
    """The items of one page and the address of the next, if it names one.

    Selectors that find nothing raise NotAFeed: a page that was redesigned must never look like an empty one.
    """
    page = _page(body, content_type, url)
    items: dict[str, Item] = {}
    for element in page.css(selectors.items):
        item = _item(element, url, selectors, zone, now)
        if item and item.url:
            items.setdefault(urls.canonical(item.url) or item.url, item)
    if not items:
        raise NotAFeed(f"a page on which the selectors find no item: {selectors.items}")
    titles = "".join(item.title for item in items.values())
    if titles.count("\ufffd") * 20 > len(titles):
        raise Undecodable("the page holds replacement characters in place of letters")
    older = _link(page, url, selectors.next) if selectors.next else None
    listed = list(items.values())
    whole = len(body) <= _MOST_BYTES
    return Document(listed, oldest_in_order([_reach(one) for one in listed]) if whole else None, whole), older


def _reach(item: Item) -> datetime | None:
    """The moment after which nothing is missing, if this is the oldest item.

    Of a day without a time it is the day's end: items of its later hours may stand on the next page.
    """
    moment, _, quality = item.published
    return moment + timedelta(hours=12) if moment and quality is Quality.DAY else moment


def _page(body: bytes, content_type: str, url: str) -> parsel.Selector:
    letters = decode(body[:_MOST_BYTES], content_type)
    try:
        return parsel.Selector(text=letters, base_url=url, type="html")
    except (lxml.etree.LxmlError, ValueError, LookupError) as error:
        raise NotAFeed(f"no HTML: {str(error)[:120]}") from None


def _item(
    element: parsel.Selector, url: str, selectors: Selectors, zone: ZoneInfo, now: datetime
) -> Item | None:
    link = _link(element, url, selectors.link)
    title = _words(element, selectors.title or selectors.link)
    return Item(link, title, "", _published(element, selectors, zone, now)) if link and title else None


def _link(element: parsel.Selector, base: str, selector: str) -> str | None:
    found = element.css(selector)
    # the item may be the link itself
    own = element if not found and element.root.tag == "a" else None
    for one in [own] if own is not None else found:
        address = one.attrib.get("href") if hasattr(one.root, "tag") else one.get()
        if address and (joined := urls.join(base, address)):
            return joined
    return None


def _words(element: parsel.Selector, selector: str) -> str:
    found = element.css(selector) or ([element] if element.root.tag == "a" else [])
    for one in found:
        words = one.xpath("string()").get() if hasattr(one.root, "tag") else one.get()
        if cleaned := text.clean(words or "").replace("\n", " "):
            return cleaned
    return ""


def _published(element: parsel.Selector, selectors: Selectors, zone: ZoneInfo, now: datetime) -> Published:
    if selectors.date is None:
        return UNKNOWN
    for one in element.css(selectors.date):
        stated = one.attrib.get("datetime") if hasattr(one.root, "tag") else None
        raw = stated or (_own_words(one))
        form = None if stated else selectors.date_format
        if raw and (found := dates.parse(_iso(raw, form), zone, Quality.LISTING, now)).moment:
            return found._replace(raw=raw)
    return UNKNOWN


def _own_words(one: parsel.Selector) -> str:
    words = one.xpath("string()").get() if hasattr(one.root, "tag") else one.get()
    return " ".join((words or "").split())


def _iso(raw: str, form: str | None) -> str:
    """A date in the listing's own form as ISO 8601, without a time where the form has none; any other as it is."""
    if form is None:
        return raw
    try:
        read = datetime.strptime(raw, form)
    except ValueError:
        return raw
    return read.isoformat() if any(sign in form for sign in ("%H", "%I", "%X", "%c")) else str(read.date())
