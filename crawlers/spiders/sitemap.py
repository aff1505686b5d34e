"""Sitemaps and sitemap indexes, read back to a given day."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import scrapy
from scrapy.http import Response

from crawlers import sitemap
from crawlers.document import Document
from crawlers.outcome import Outcome
from crawlers.sitemap import Part
from crawlers.spiders.base import SourceSpider, Visit

WINDOW = timedelta(days=30)
"""How far back the parts of an index are read where no day is given."""
MOST_PARTS = 500


class SitemapSpider(SourceSpider):
    name = kind = "sitemap"

    async def read_listing(self, response: Response, visit: Visit) -> AsyncIterator[scrapy.Request]:
        if visit.single and self.unchanged(response, visit):
            return
        found = await self.read(
            response, sitemap.read, response.body, response.url, visit.outlet.zone, self.now
        )
        if isinstance(found, Document):
            following = self._part_read(found, response, visit)
        elif visit.single:
            following = self._parts(found.parts, response, visit)
        else:
            following = self.not_read(visit, Outcome.NOT_A_FEED, response, "an index inside an index")
        for request in following:
            yield request

    def not_read(
        self, visit: Visit, result: Outcome, response: Response | None, why: str
    ) -> Iterator[scrapy.Request]:
        if visit.single:
            yield from super().not_read(visit, result, response, why)
            return
        # the other parts are worth having; they only vouch for less
        part = visit.left.pop(0)
        visit.unread.append(part)
        visit.notes.append(f"not read: {part.url}: {why}")
        if visit.left or visit.gathered:
            yield from self._go_on(response, visit)
        else:
            self.settle(visit, result, response, "; ".join(visit.notes))

    def _parts(self, parts: list[Part], response: Response, visit: Visit) -> Iterator[scrapy.Request]:
        visit.single = False
        since = self.back_to or self.now - WINDOW
        wanted = [part for part in parts if part.changed is None or part.changed >= since]
        wanted.sort(key=lambda part: part.changed or self.now, reverse=True)
        visit.left = wanted[:MOST_PARTS]
        visit.unread = [part for part in parts if part not in visit.left]
        if visit.unread:
            visit.notes.append(f"{len(visit.unread)} of {len(parts)} parts left out")
        yield from self._go_on(response, visit)

    def _part_read(self, found: Document, response: Response, visit: Visit) -> Iterator[scrapy.Request]:
        visit.gathered.append(found)
        if not visit.single:
            visit.left.pop(0)
        yield from self._go_on(response, visit)

    def _go_on(self, response: Response | None, visit: Visit) -> Iterator[scrapy.Request]:
        """Asks for the next part, or stores what all of them had."""
        if visit.left:
            yield self.listing_request(visit, visit.left[0].url)
            return
        document = sitemap.joined(visit.gathered, visit.unread)
        items = [
            item
            for item in document.items
            if not (self.back_to and item.published.moment and item.published.moment < self.back_to)
        ]
        yield from self.store_listing(document._replace(items=items), response, visit)
