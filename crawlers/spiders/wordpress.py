"""WordPress sites by their REST listing: whole texts, page by page, until known posts appear."""

from collections.abc import Iterator

import scrapy
from scrapy.http import Response

from crawlers import archive, wordpress
from crawlers.parse import Document
from crawlers.spiders.base import SourceSpider, Visit

MOST_LISTINGS = 100
_BEHIND_THE_LAST = b"rest_post_invalid_page_number"


class WordpressSpider(SourceSpider):
    name = kind = "wordpress"

    def first_url(self, visit: Visit) -> str:
        return wordpress.page_url(visit.source.url, 1, self.back_to)

    def listing_answered(self, response: Response, visit: Visit) -> Iterator[scrapy.Request]:
        # 50 posts a page: where the last page is full, only the refusal of the next tells that it was the last
        if response.status == 400 and visit.gathered and _BEHIND_THE_LAST in response.body:
            yield from self._store(response, visit, last=True)
        else:
            yield from super().listing_answered(response, visit)

    def read_listing(self, response: Response, visit: Visit) -> Iterator[scrapy.Request]:
        document = wordpress.read(response.body, visit.outlet.zone, self.now)
        visit.gathered.append(document)
        visit.single = False
        last = len(document.items) < wordpress.PER_PAGE
        pages = len(visit.gathered)
        if not last and pages < MOST_LISTINGS and (self.back_to or not self._knows_any(document, visit)):
            yield self.listing_request(visit, wordpress.page_url(visit.source.url, pages + 1, self.back_to))
            return
        yield from self._store(response, visit, last)

    def _store(self, response: Response, visit: Visit, last: bool) -> Iterator[scrapy.Request]:
        items = [item for part in visit.gathered for item in part.items]
        known = [item.published.moment for item in items if item.published.moment]
        reach = min(known) if known and len(known) == len(items) else None
        if last and self.back_to and len(known) == len(items):
            reach = self.back_to  # the site was asked for all since then, and said that this is all
        yield from self.store_listing(Document(items, reach), response, visit)

    def _knows_any(self, document: Document, visit: Visit) -> bool:
        keys = [archive.identity(i, visit.outlet.id, visit.id, visit.outlet.zone) for i in document.items]
        marks = ",".join("?" * len(keys))
        found = self.db.conn.execute(f"SELECT 1 FROM articles WHERE key IN ({marks}) LIMIT 1", keys)
        return found.fetchone() is not None
