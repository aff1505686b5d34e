"""Listing pages read by CSS selectors, page after page, until known items appear."""

from collections.abc import AsyncIterator, Iterator

import scrapy
from scrapy.http import Response, TextResponse

from crawlers import archive, ledger, listing, urls
from crawlers.document import Document, NotAFeed, oldest_in_order
from crawlers.items import Item
from crawlers.outcome import Outcome
from crawlers.spiders.base import SourceSpider, Visit

MOST_PAGES = 50


class ListingSpider(SourceSpider):
    name = kind = "listing"

    async def read_listing(self, response: Response, visit: Visit) -> AsyncIterator[scrapy.Request]:
        if not visit.gathered and self.unchanged(response, visit):
            return
        if not isinstance(response, TextResponse):
            raise NotAFeed("a document that is no text")
        assert visit.source.selectors is not None
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        document, older = await self.read(
            response, listing.read, response.body, content_type, response.url, visit.source.selectors,
            visit.outlet.zone, self.now,
        )  # fmt: skip
        visit.gathered.append(document)
        visit.seen.append(response.url)
        if older and self._goes_on(document, older, visit):
            visit.single = False
            yield self.listing_request(visit, older)
        else:
            for request in self.store_listing(joined(visit.gathered), response, visit):
                yield request

    def _goes_on(self, document: Document, older: str, visit: Visit) -> bool:
        if older in visit.seen or len(visit.gathered) >= MOST_PAGES:
            return False
        if urls.host_of(older) not in visit.outlet.own_hosts:
            return False
        if self.back_to:
            return document.reaches_back is None or document.reaches_back > self.back_to
        # a first visit has nothing that could be known: it reads one page, not the whole history
        return self.visited_before(visit) and not self._knows_any(document.items, visit)

    def not_read(
        self, visit: Visit, result: Outcome, response: Response | None, why: str
    ) -> Iterator[scrapy.Request]:
        """An older page that fails costs nothing of the newer ones: they are stored, and no more is claimed."""
        if visit.gathered:
            visit.notes.append(f"page {len(visit.gathered) + 1} was not read: {why}")
            yield from self.store_listing(joined(visit.gathered), response, visit)
        else:
            yield from super().not_read(visit, result, response, why)

    def _knows_any(self, items: list[Item], visit: Visit) -> bool:
        keys = [archive.identity(one, visit.outlet.id, visit.id, visit.outlet.zone) for one in items]
        return ledger.knows_any(self.db, visit.id, keys)


def joined(documents: list[Document]) -> Document:
    """Pages of one listing as one document. It reaches as far back as the pages do that follow one another."""
    items: dict[str, Item] = {}
    for document in documents:
        for item in document.items:
            items.setdefault(urls.canonical(item.url or "") or item.title, item)
    reach = oldest_in_order([one.reaches_back for one in documents])
    return Document(list(items.values()), reach, all(one.whole for one in documents))
