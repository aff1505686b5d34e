"""Asking for article pages and storing what they say; feeds that give less than they promise."""

from collections import Counter, deque
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import scrapy
from scrapy.http import Response
from sqlite_utils import Database
from twisted.python.failure import Failure

from crawlers import archive, extract, manners, outcome, pages, store, stubs, urls
from crawlers.document import NotAFeed
from crawlers.encoding import Undecodable
from crawlers.items import Item, Reading
from crawlers.language import detect
from crawlers.outcome import Outcome
from crawlers.spiders.events import emit
from crawlers.spiders.visit import Visit
from crawlers.workers import Unreadable, Workers

P = ParamSpec("P")
T = TypeVar("T")


class PageSpider(scrapy.Spider):
    """Reads the pages of articles that a listing announced.

    A host has one page asked for at a time; the others wait here. Waiting for its turn among the requests under
    way, the pages of one slow host would take the places of all others.
    """

    db: Database
    now: datetime
    workers: Workers
    most_pages: int
    pages_asked: Counter[str]
    """Pages asked for by outlet, of all spiders of this run."""

    def __init__(self, **shared: Any) -> None:
        super().__init__(**shared)
        self._waiting: dict[str, deque[tuple[str, scrapy.Request]]] = {}
        """By host, while a page of it is asked for: outlets and requests that come after it."""

    async def read(self, response: Response, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a function reads out of an answer; raises NotAFeed, Undecodable and Unreadable only."""
        try:
            return await self.workers.run(len(response.body), function, *args, **kwargs)
        except (NotAFeed, Undecodable, Unreadable):
            raise
        except Exception as error:  # a document that hits a fault of ours must not cost the others
            self.logger.exception("could not read %s", response.url)
            raise Unreadable(f"reading it failed: {type(error).__name__}: {error}") from error

    def page_request(self, visit: Visit, url: str, entry: Item | None = None) -> Iterator[scrapy.Request]:
        """Asks for a page; one of an `entry` with a whole text is only compared with it."""
        # a link in a feed is a stranger's: only the outlet's own hosts are followed
        if urls.host_of(url) not in visit.outlet.own_hosts:
            return
        request = scrapy.Request(
            url,
            callback=self.entry_compared if entry else self.page_answered,
            errback=self.entry_failed if entry else self.page_failed,
            cb_kwargs={"visit": visit, "wanted": url} | ({"entry": entry} if entry else {}),
            meta={"download_slot": manners.slot(url)},
            dont_filter=True,
        )
        asked = manners.slot(url) in self._waiting
        self._waiting.setdefault(manners.slot(url), deque()).append((visit.outlet.id, request))
        if not asked:
            yield from self.next_page(url)

    def next_page(self, before: str) -> Iterator[scrapy.Request]:
        """Asks for the page that waits for the one before it, of the same host."""
        waiting = self._waiting[manners.slot(before)]
        while waiting:
            outlet, request = waiting.popleft()
            if self.pages_asked[outlet] < manners.most_pages(request.url, self.most_pages):
                self.pages_asked[outlet] += 1
                yield request
                return
        del self._waiting[manners.slot(before)]

    async def page_answered(
        self, response: Response, visit: Visit, wanted: str
    ) -> AsyncIterator[scrapy.Request]:
        for request in self.next_page(wanted):
            yield request
        settled = outcome.of_status(response.status) or _moved_away(response, visit, wanted)
        page = None
        if settled is None:
            try:
                page = await self._page(response, visit)
            except Unreadable:
                settled = Outcome.ERROR
        with store.writing(self.db) as connection:
            item = page and pages.completed(
                connection, Item(wanted, page.title, page.text, page.published, reading=Reading.PAGE)
            )
            if item is None:
                pages.missed(connection, wanted, settled or Outcome.EMPTY)
            else:
                self.store_item(connection, item, visit, visit.outlet.zone)
                pages.read(connection, wanted)
        emit({"event": "page", "outlet": visit.outlet.id, "read": item is not None})

    def page_failed(self, failure: Failure) -> Iterator[scrapy.Request]:
        request = failure.request  # type: ignore[attr-defined]
        yield from self.next_page(request.cb_kwargs["wanted"])
        result = outcome.of_error(type(failure.value).__name__)
        if result is not Outcome.NOT_TRIED:  # a page that was not asked for has used up no try
            with store.writing(self.db) as connection:
                pages.missed(connection, request.cb_kwargs["wanted"], result)
        emit({"event": "page", "outlet": request.cb_kwargs["visit"].outlet.id, "read": False})

    async def entry_compared(
        self, response: Response, visit: Visit, wanted: str, entry: Item
    ) -> AsyncIterator[scrapy.Request]:
        """Compares an entry that is declared to be whole with its page; asks for all pages if it is not."""
        for request in self.next_page(wanted):
            yield request
        if outcome.of_status(response.status) or _moved_away(response, visit, wanted):
            return
        try:
            page = await self._page(response, visit)
        except Unreadable:
            return
        if page is None:
            return
        with store.writing(self.db) as connection:
            stub = stubs.note(connection, visit.id, entry.text, page.text, self.now)
            beginnings = pages.want_all(connection, visit.id, visit.outlet, self.now) if stub else []
        for url in beginnings:
            for request in self.page_request(visit, url):
                yield request

    def entry_failed(self, failure: Failure) -> Iterator[scrapy.Request]:
        yield from self.next_page(failure.request.cb_kwargs["wanted"])  # type: ignore[attr-defined]

    async def _page(self, response: Response, visit: Visit) -> extract.Page | None:
        return await self.read(response, extract.page, response.body, response.url, visit.outlet.zone, self.now)

    def store_item(self, connection: Any, item: Item, visit: Visit, zone: ZoneInfo) -> tuple[int, bool]:
        def language_of(one: Item) -> str | None:
            return one.language or detect(f"{one.title}\n{one.text}", visit.outlet.languages)

        return archive.save(connection, item, visit.outlet.id, visit.id, zone, self.now, language_of)


def _moved_away(response: Response, visit: Visit, wanted: str) -> Outcome | None:
    """The outcome of a page that led elsewhere: what stands there is not the article."""
    foreign = urls.host_of(response.url) not in visit.outlet.own_hosts
    to_front = not urlsplit(response.url).path.strip("/") and bool(urlsplit(wanted).path.strip("/"))
    return Outcome.ERROR if foreign or to_front else None
