"""What a page says of the feeds of its site: `<link rel=alternate>`, and WordPress's own link."""

from typing import NamedTuple

import lxml.etree
import lxml.html

from crawlers import text, urls

_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
_COMMENTS = ("comment", "комментар", "каментар", "коментар")
_MOST_BYTES = 2_000_000


class Candidate(NamedTuple):
    """A place that may list the news of a site. Not yet fetched."""

    kind: str
    url: str


class Found(NamedTuple):
    title: str
    candidates: list[Candidate]


def on_page(body: bytes, url: str) -> Found:
    """The title of an HTML page and the listings that it announces, feeds first; nothing for any other document."""
    try:
        root = lxml.html.fromstring(body[:_MOST_BYTES])
    except (lxml.etree.LxmlError, ValueError):
        return Found("", [])
    feeds, rest = [], []
    for link in root.iter("link"):
        address = urls.join(url, link.get("href") or "")
        relation, label = (link.get("rel") or "").lower().split(), (link.get("title") or "").lower()
        if not address or not link.get("href"):
            continue
        if "alternate" in relation and (link.get("type") or "").lower().strip() in _TYPES:
            if not any(word in label or word in address.lower() for word in _COMMENTS):
                feeds.append(Candidate("feed", address))
        elif "https://api.w.org/" in relation:
            rest.append(Candidate("wordpress", address.rstrip("/") + "/wp/v2/posts"))
    return Found(_title(root), list(dict.fromkeys([*feeds, *rest])))


def _title(root: lxml.html.HtmlElement) -> str:
    named = root.find('.//meta[@property="og:site_name"]')
    words = named.get("content") if named is not None else root.findtext(".//title")
    return text.clean(words or "").replace("\n", " ")
