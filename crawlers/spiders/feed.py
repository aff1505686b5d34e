"""RSS, RDF, Atom and JSON feeds."""

from collections.abc import AsyncIterator, Iterator

import scrapy
from scrapy.http import Response

from crawlers import parse, stubs
from crawlers.outcome import Outcome
from crawlers.spiders.base import SourceSpider, Visit


class FeedSpider(SourceSpider):
    name = kind = "feed"

    async def read_listing(self, response: Response, visit: Visit) -> AsyncIterator[scrapy.Request]:
        if not self.unchanged(response, visit):
            kind = response.headers.get("Content-Type")
            headers = {"content-type": kind.decode("latin-1")} if kind else {}
            full = visit.source.content == "full" and not stubs.is_known_stub(self.db, visit.id)
            document = await self.read(
                response, parse.feed, response.body, response.url, headers, visit.outlet.zone, self.now, full
            )
            for request in self.store_listing(document, response, visit):
                yield request
        for request in self._compared(visit):
            yield request

    def not_read(
        self, visit: Visit, result: Outcome, response: Response | None, why: str
    ) -> Iterator[scrapy.Request]:
        yield from super().not_read(visit, result, response, why)
        if result is Outcome.UNCHANGED:
            yield from self._compared(visit)

    def _compared(self, visit: Visit) -> Iterator[scrapy.Request]:
        """Asks for the page of an entry if that is due: also for a feed that has not changed since an earlier
        run, which may have been broken off before it came to that.
        """
        if visit.source.content == "full" and stubs.is_due(self.db, visit.id, self.now):
            entry = stubs.entry_to_compare(self.db, visit.id)
            if entry and entry.url:
                yield from self.page_request(visit, entry.url, entry)
