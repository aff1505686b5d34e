"""RSS, RDF, Atom and JSON feeds."""

from collections.abc import AsyncIterator, Iterator

import scrapy
from scrapy.http import Response

from crawlers import parse, stubs
from crawlers.document import Document
from crawlers.items import Reading
from crawlers.spiders.base import SourceSpider, Visit


class FeedSpider(SourceSpider):
    name = kind = "feed"

    async def read_listing(self, response: Response, visit: Visit) -> AsyncIterator[scrapy.Request]:
        if self.unchanged(response, visit):
            return
        kind = response.headers.get("Content-Type")
        headers = {"content-type": kind.decode("latin-1")} if kind else {}
        full = visit.source.content == "full" and not stubs.is_known_stub(self.db, visit.id)
        document = await self.read(
            response, parse.feed, response.body, response.url, headers, visit.outlet.zone, self.now, full
        )
        for request in self.store_listing(document, response, visit):
            yield request
        if full and stubs.is_due(self.db, visit.id, self.now):
            for request in self._compared(document, visit):
                yield request

    def _compared(self, document: Document, visit: Visit) -> Iterator[scrapy.Request]:
        whole = (item for item in document.items if item.reading is Reading.FULL and item.url)
        entry = next(whole, None)
        if entry and entry.url:
            yield from self.page_request(visit, entry.url, entry)
