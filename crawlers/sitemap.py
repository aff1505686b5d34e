"""Sitemaps: what an outlet says it has published, as far back as it says so."""

import zlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import lxml.etree

from crawlers import dates, text, urls
from crawlers.dates import Quality
from crawlers.document import Document, NotAFeed
from crawlers.items import Item

MOST_BYTES = 50_000_000  # the protocol's own limit on one uncompressed sitemap
_CUT = "a sitemap that is cut off"


class Part(NamedTuple):
    """One sitemap of an index."""

    url: str
    changed: datetime | None
    """Nothing in it is newer, if the site says so."""


class Index(NamedTuple):
    """A list of further sitemaps."""

    parts: list[Part]


def read(body: bytes, url: str, zone: ZoneInfo, now: datetime) -> Document | Index:
    """An urlset as items, or an index as the addresses of its parts; raises NotAFeed for anything else."""
    unpacked, whole = _unpacked(body)
    root = _root(unpacked) if whole else None
    if root is None:
        root, whole = _beginning(unpacked), False
    kind = lxml.etree.QName(root).localname
    if kind == "sitemapindex" and whole:
        return Index([
            Part(address, _last_change(_child(node, "lastmod"), zone, now))
            for node in root.iterfind("{*}sitemap")
            if (address := urls.join(url, _child(node, "loc") or ""))
        ])  # fmt: skip
    if kind != "urlset":
        raise NotAFeed(f"an XML document of type {kind}" if whole else _CUT)
    nodes = list(root.iterfind("{*}url"))
    if not whole:
        nodes.pop()  # it is cut itself
    items = [item for node in nodes if (item := _item(node, url, zone, now))]
    moments = [_moment(node, zone, now) for node in nodes]
    known = [moment for moment in moments if moment]
    reach = min(known) if whole and known and len(known) == len(moments) else None
    return Document(items, reach, whole, "" if whole else _CUT)


def joined(parts: Sequence[Document], unread: Sequence[Part]) -> Document:
    """One document of the parts that were read, which reaches no further back than what was not read allows.

    A part that was not read may hold whatever was published up to its last change; one of which no change is
    stated may hold anything.
    """
    items = [item for part in parts for item in part.items]
    reaches: list[datetime | None] = [part.reaches_back for part in parts if part.items]
    known = [reach for reach in reaches if reach]
    reach = min(known) if known and len(known) == len(reaches) else None
    limits = [part.changed for part in unread]
    if None in limits:
        reach = None
    if reach:
        reach = max([reach, *(limit for limit in limits if limit)])
    whole = not unread and all(part.whole for part in parts)
    return Document(items, reach, whole, "; ".join({part.note: None for part in parts if part.note}))


def _item(node: lxml.etree._Element, base: str, zone: ZoneInfo, now: datetime) -> Item | None:
    address = urls.join(base, _child(node, "loc") or "")
    if address is None:
        return None
    stated = _child(node, "news/{*}publication_date")
    title = text.clean(_child(node, "news/{*}title") or "")
    published = dates.parse(stated or _child(node, "lastmod"), zone, Quality.LISTING, now)
    return Item(address, title, "", published)


def _last_change(stated: str | None, zone: ZoneInfo, now: datetime) -> datetime | None:
    changed = dates.parse(stated, zone, Quality.LISTING, now)
    if changed.moment and changed.quality is Quality.DAY:
        return changed.moment + timedelta(hours=12)  # from noon to the end of the day
    return changed.moment


def _moment(node: lxml.etree._Element, zone: ZoneInfo, now: datetime) -> datetime | None:
    stated = _child(node, "news/{*}publication_date") or _child(node, "lastmod")
    return dates.parse(stated, zone, Quality.LISTING, now).moment


def _child(node: lxml.etree._Element, path: str) -> str | None:
    found = node.find("{*}" + path)
    return found.text.strip() if found is not None and found.text else None


def _unpacked(body: bytes) -> tuple[bytes, bool]:
    """The document in its gzip, if it is in one, and whether all of it came out."""
    if body[:2] != b"\x1f\x8b":
        return body, True
    out = b""
    try:
        while body[:2] == b"\x1f\x8b":  # gzip may be several, one after the other
            member = zlib.decompressobj(wbits=31)
            out += member.decompress(body, MOST_BYTES + 1 - len(out))
            if len(out) > MOST_BYTES:
                raise NotAFeed(f"gzip that unpacks to more than {MOST_BYTES // 10**6} MB")
            if not member.eof:
                return out, False
            body = member.unused_data
    except zlib.error as error:
        raise NotAFeed(f"gzip that does not unpack: {error}") from None
    return out, True


def _parser(recover: bool = False) -> lxml.etree.XMLParser:
    # no entities, no network, no huge trees: the document is a stranger's
    return lxml.etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=recover)


def _root(body: bytes) -> lxml.etree._Element | None:
    try:
        return lxml.etree.fromstring(body.lstrip(), _parser())
    except lxml.etree.XMLSyntaxError:
        return None


def _beginning(body: bytes) -> lxml.etree._Element:
    """What can be read of a sitemap with a fault in it."""
    try:
        root = lxml.etree.fromstring(body.lstrip(), _parser(recover=True))
    except lxml.etree.XMLSyntaxError as error:
        raise NotAFeed(f"no XML: {str(error)[:120]}") from None
    if root is None or root.find("{*}url") is None:
        raise NotAFeed("no XML")
    return root
