"""WordPress sites by their REST listing: whole texts, page by page, until known posts appear."""

from collections.abc import AsyncIterator, Iterator

import scrapy
from scrapy.http import Response

from crawlers import archive, ledger, wordpress
from crawlers.document import Document, oldest_in_order
from crawlers.outcome import Outcome
from crawlers.spiders.base import SourceSpider, Visit

MOST_LISTINGS = 100
_BEHIND_THE_LAST = b"rest_post_invalid_page_number"


class WordpressSpider(SourceSpider):
    name = kind = "wordpress"

    def first_url(self, visit: Visit) -> str:
        return wordpress.page_url(visit.source.url, 1, self.back_to)

    async def read_listing(self, response: Response, visit: Visit) -> AsyncIterator[scrapy.Request]:
        document = await self.read(response, wordpress.read, response.body, visit.outlet.zone, self.now)
        for request in self._page_read(document, response, visit):
            yield request

    def not_read(
        self, visit: Visit, result: Outcome, response: Response | None, why: str
    ) -> Iterator[scrapy.Request]:
        if not visit.gathered:
            yield from super().not_read(visit, result, response, why)
            return
        # where the pages are not counted, only the refusal of one more tells which was the last
        refused = response is not None and response.status == 400 and _BEHIND_THE_LAST in response.body
        if not refused:
            visit.notes.append(f"page {len(visit.gathered) + 1} was not read: {why}")
        yield from self._store(response, visit, last=refused)

    def _page_read(self, document: Document, response: Response, visit: Visit) -> Iterator[scrapy.Request]:
        seen = {item.url for part in visit.gathered for item in part.items}
        if document.items and all(item.url in seen for item in document.items):
            visit.notes.append("the site repeats its pages")
            yield from self._store(response, visit, last=False)
            return
        visit.gathered.append(document)
        visit.single = False
        pages = len(visit.gathered)
        stated = (response.headers.get("X-WP-TotalPages") or b"").decode("latin-1")
        # a short page is not the last one: some hosts give fewer posts than were asked for
        last = pages >= int(stated) if stated.isdigit() else not document.items
        more = self.back_to is not None or not self._knows_any(document, visit)
        if not last and more and pages < MOST_LISTINGS:
            yield self.listing_request(visit, wordpress.page_url(visit.source.url, pages + 1, self.back_to))
            return
        yield from self._store(response, visit, last)

    def _store(self, response: Response | None, visit: Visit, last: bool) -> Iterator[scrapy.Request]:
        items = [item for part in visit.gathered for item in part.items]
        moments = [item.published.moment for item in items]
        reach = oldest_in_order(moments)
        if last and self.back_to and all(moments):
            reach = self.back_to  # the site was asked for all since then, and said that this is all
        yield from self.store_listing(Document(items, reach), response, visit)

    def _knows_any(self, document: Document, visit: Visit) -> bool:
        keys = [archive.identity(i, visit.outlet.id, visit.id, visit.outlet.zone) for i in document.items]
        if self.visited_before(visit):
            # not what the outlet's feed has just brought: between that and the last visit posts may be missing
            return ledger.knows_any(self.db, visit.id, keys)
        marks = ",".join("?" * len(keys))
        found = self.db.conn.execute(f"SELECT 1 FROM articles WHERE key IN ({marks}) LIMIT 1", keys)
        return found.fetchone() is not None
