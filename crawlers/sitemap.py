"""Sitemaps: what an outlet says it has published, as far back as it says so."""

import zlib
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

import lxml.etree

from crawlers import dates, text, urls
from crawlers.dates import Quality
from crawlers.items import Item
from crawlers.parse import Document, NotAFeed

MOST_BYTES = 50_000_000  # the protocol's own limit on one uncompressed sitemap


class Index(NamedTuple):
    """A list of further sitemaps: (address, last change or None)."""

    children: list[tuple[str, datetime | None]]


def read(body: bytes, url: str, zone: ZoneInfo, now: datetime) -> Document | Index:
    """An urlset as items, or an index as the addresses of its parts; raises NotAFeed for anything else."""
    root = _root(body)
    kind = lxml.etree.QName(root).localname
    if kind == "sitemapindex":
        return Index([
            (address, dates.parse(_child(node, "lastmod"), zone, Quality.LISTING, now).moment)
            for node in root.iterfind("{*}sitemap")
            if (address := urls.join(url, _child(node, "loc") or ""))
        ])  # fmt: skip
    if kind != "urlset":
        raise NotAFeed(f"an XML document of type {kind}")
    items = [item for node in root.iterfind("{*}url") if (item := _item(node, url, zone, now))]
    moments = [_moment(node, zone, now) for node in root.iterfind("{*}url")]
    known = [moment for moment in moments if moment]
    return Document(items, min(known) if known and len(known) == len(moments) else None)


def _item(node: lxml.etree._Element, base: str, zone: ZoneInfo, now: datetime) -> Item | None:
    address = urls.join(base, _child(node, "loc") or "")
    if address is None:
        return None
    stated = _child(node, "news/{*}publication_date")
    title = text.clean(_child(node, "news/{*}title") or "")
    published = dates.parse(stated or _child(node, "lastmod"), zone, Quality.LISTING, now)
    return Item(address, title, "", published)


def _moment(node: lxml.etree._Element, zone: ZoneInfo, now: datetime) -> datetime | None:
    stated = _child(node, "news/{*}publication_date") or _child(node, "lastmod")
    return dates.parse(stated, zone, Quality.LISTING, now).moment


def _child(node: lxml.etree._Element, path: str) -> str | None:
    found = node.find("{*}" + path)
    return found.text.strip() if found is not None and found.text else None


def _root(body: bytes) -> lxml.etree._Element:
    if body[:2] == b"\x1f\x8b":
        try:
            body = zlib.decompressobj(wbits=31).decompress(body, MOST_BYTES)
        except zlib.error as error:
            raise NotAFeed(f"gzip that does not unpack: {error}") from None
    # no entities, no network, no huge trees: the document is a stranger's
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return lxml.etree.fromstring(body, parser)
    except lxml.etree.XMLSyntaxError as error:
        raise NotAFeed(f"no XML: {str(error)[:120]}") from None
