"""Sitemaps and sitemap indexes, read back to a given day."""

from collections.abc import Iterator
from datetime import datetime

import scrapy
from scrapy.http import Response

from crawlers import sitemap
from crawlers.items import Item
from crawlers.outcome import Outcome
from crawlers.parse import Document
from crawlers.spiders.base import SourceSpider, Visit


class SitemapSpider(SourceSpider):
    name = kind = "sitemap"

    def read_listing(self, response: Response, visit: Visit) -> Iterator[scrapy.Request]:
        first = visit.single and not visit.gathered
        if first and self.unchanged(response, visit):
            return
        found = sitemap.read(response.body, response.url, visit.outlet.zone, self.now)
        if isinstance(found, Document):
            visit.gathered.append(found)
        elif first:
            visit.single = False
            visit.left = [url for url, changed in found.children if not self._too_old(changed)]
        else:
            self.settle(visit, Outcome.NOT_A_FEED, response, "an index inside an index")
            return
        if visit.left:
            # one part after the other: a part that fails settles the visit, and nothing is claimed of it
            yield self.listing_request(visit, visit.left.pop(0))
        else:
            yield from self.store_listing(self._joined(visit.gathered), response, visit)

    def _joined(self, documents: list[Document]) -> Document:
        items = [item for document in documents for item in document.items if not self._before(item)]
        reaches = [document.reaches_back for document in documents if document.items]
        known = [reach for reach in reaches if reach]
        return Document(items, min(known) if known and len(known) == len(reaches) else None)

    def _before(self, item: Item) -> bool:
        return bool(self.back_to and item.published.moment and item.published.moment < self.back_to)

    def _too_old(self, changed: datetime | None) -> bool:
        return self.back_to is not None and changed is not None and changed < self.back_to
