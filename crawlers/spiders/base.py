"""What all spiders share: conditional requests and the ledger row of each source."""

import hashlib
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import scrapy
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers import archive, dates, ledger, manners, moves, outcome, pages, registry, store
from crawlers.choice import to_fetch
from crawlers.document import Document, NotAFeed
from crawlers.encoding import Undecodable
from crawlers.items import Attempt, Reading
from crawlers.migrations import migrations
from crawlers.outcome import Outcome
from crawlers.spiders.events import emit
from crawlers.spiders.pages import PageSpider
from crawlers.spiders.visit import Visit as Visit
from crawlers.workers import Unreadable, Workers


class SourceSpider(PageSpider):
    """Visits all sources of one kind. A subclass says where a visit starts and how a document is read."""

    kind: str
    outlets: dict[str, registry.Outlet]
    chosen: tuple[str, ...]
    only: frozenset[str]
    back_to: datetime | None
    country: str | None
    """From which sites see the crawl come."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "SourceSpider":
        """`outlets`, `pages_asked` and `workers` come from a process that runs several spiders."""
        settings = crawler.settings
        shared: dict[str, Any] = {
            "outlets": kwargs.get("outlets") or registry.load(Path(settings["MEDIAGAP_SOURCES"] or registry.SOURCES)),
            "pages_asked": kwargs.get("pages_asked", Counter()), "workers": kwargs.get("workers") or Workers(),
        }  # fmt: skip
        spider = super().from_crawler(crawler, *args, **{**kwargs, **shared})
        assert isinstance(spider, SourceSpider)
        spider.db = store.open_database(Path(settings["MEDIAGAP_DB"]), [migrations])
        named = [name for name in (settings["MEDIAGAP_OUTLETS"] or "").split(",") if name]
        spider.only = frozenset(filter(None, (settings["MEDIAGAP_ONLY"] or "").split(",")))
        back_to = settings["MEDIAGAP_BACK_TO"]
        spider.back_to = datetime.fromisoformat(back_to).replace(tzinfo=UTC) if back_to else None
        spider.country = settings["MEDIAGAP_COUNTRY"] or None
        spider.most_pages = settings.getint("MEDIAGAP_MAX_PAGES")
        spider.now = dates.moment(settings["MEDIAGAP_NOW"]) if settings["MEDIAGAP_NOW"] else datetime.now(UTC)
        spider.chosen = to_fetch(spider.outlets, named, settings["MEDIAGAP_PROFILE"], spider.now.date())
        return spider

    def visits(self) -> list[Visit]:
        return [
            Visit(outlet.source_id(source), outlet, source)
            for outlet in (self.outlets[name] for name in self.chosen)
            for source in outlet.sources
            if source.kind == self.kind and (not self.only or outlet.source_id(source) in self.only)
        ]

    async def start(self) -> AsyncIterator[scrapy.Request]:
        for visit in self.visits():
            # read before the listing is asked for: it announces pages that are asked for then
            left = pages.pending(self.db, visit.id)
            visit.started = time.monotonic()
            yield self.listing_request(visit, self.first_url(visit))
            for url in left:
                for request in self.page_request(visit, url):
                    yield request

    def first_url(self, visit: Visit) -> str:
        return visit.source.url

    def listing_request(self, visit: Visit, url: str) -> scrapy.Request:
        known = ledger.validators(self.db, visit.id) if visit.single else ledger.Validators()
        headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        return scrapy.Request(
            url,
            callback=self.listing_answered,
            errback=self.listing_failed,
            headers={name: value for name, value in headers.items() if value},
            cb_kwargs={"visit": visit},
            meta={"download_slot": manners.slot(url)},
            dont_filter=True,
            priority=10,
        )

    async def listing_answered(self, response: Response, visit: Visit) -> AsyncIterator[scrapy.Request]:
        settled, why = outcome.of_status(response.status), f"HTTP {response.status}"
        if settled is Outcome.UNCHANGED and not _is_conditional(response):
            settled, why = Outcome.ERROR, "HTTP 304 to a request that named no earlier document"
        elif settled is None and not response.body.strip():
            settled, why = Outcome.EMPTY, "an empty body"
        if settled is None:
            try:
                async for request in self.read_listing(response, visit):
                    yield request
            except NotAFeed as error:
                settled, why = Outcome.NOT_A_FEED, str(error)
            except Undecodable as error:
                settled, why = Outcome.UNDECODABLE, str(error)
            except Unreadable as error:
                settled, why = Outcome.ERROR, str(error)
        if settled is not None:
            for request in self.not_read(visit, settled, response, why):
                yield request

    def read_listing(self, response: Response, visit: Visit) -> AsyncIterator[scrapy.Request]:
        raise NotImplementedError(f"{type(self).__name__} does not say how to read a {self.kind}")

    def listing_failed(self, failure: Failure) -> Iterator[scrapy.Request]:
        visit = failure.request.cb_kwargs["visit"]  # type: ignore[attr-defined]
        name = type(failure.value).__name__
        why = f"{name}: {failure.getErrorMessage()}"
        yield from self.not_read(visit, outcome.of_error(name), None, why)

    def not_read(
        self, visit: Visit, result: Outcome, response: Response | None, why: str
    ) -> Iterator[scrapy.Request]:
        """What follows on a listing that could not be read: its outcome, and nothing to ask for."""
        self.settle(visit, result, response, why)
        yield from ()

    def settle(self, visit: Visit, result: Outcome, response: Response | None, message: str = "") -> None:
        """Writes the ledger row of a visit that brought nothing new."""
        with store.writing(self.db) as connection:
            ledger.record(connection, self.attempt(visit, result, response, message))
            if response and result is Outcome.UNCHANGED:
                self.note_move(connection, response, visit)
        self.tell(visit, result)

    def attempt(self, visit: Visit, result: Outcome, response: Response | None, message: str = "") -> Attempt:
        return Attempt(
            visit.id, visit.outlet.id, self.now, result, response.status if response else None,
            len(response.body) if response else 0, message=message,
            duration_ms=round((time.monotonic() - visit.started) * 1000),
            retry_after=manners.retry_after(response, self.now) if response else None, country=self.country,
        )  # fmt: skip

    def note_move(self, connection: Any, response: Response, visit: Visit) -> None:
        """Keeps where a source has moved to for good, if what stands there is its listing."""
        asked = response.meta.get("redirect_urls", [])
        if visit.single and (not asked or asked[0] == visit.source.url):
            new = moves.new_address(asked, response.meta.get("redirect_reasons", []), response.url)
            moves.record(connection, visit.id, visit.source.url, new, self.now)

    def visited_before(self, visit: Visit) -> bool:
        """Whether an earlier visit saw entries, so that a listing can be read until one of them appears."""
        found = self.db.conn.execute("SELECT 1 FROM entries_seen WHERE source = ? LIMIT 1", (visit.id,))
        return found.fetchone() is not None

    def unchanged(self, response: Response, visit: Visit) -> bool:
        """Settles a visit whose bytes are those of the last one: they need no parsing."""
        if ledger.validators(self.db, visit.id).body_hash != _hash(response.body):
            return False
        self.settle(visit, Outcome.UNCHANGED, response, "the same bytes")
        return True

    def store_listing(
        self, document: Document, response: Response | None, visit: Visit
    ) -> Iterator[scrapy.Request]:
        """Stores items, wanted pages, validators and the ledger row at once; asks for the pages."""
        zone = visit.outlet.zone
        keys = [archive.identity(item, visit.outlet.id, visit.id, zone) for item in document.items]
        known = ledger.Validators()
        # a validator of a document that was not seen whole would hide the rest of it behind a 304
        if response and visit.single and document.whole:
            etag, modified = (_header(response, name) for name in ("ETag", "Last-Modified"))
            known = ledger.Validators(etag, modified, _hash(response.body))
        wanted = []
        new = 0
        with store.writing(self.db) as connection:
            for item in document.items:
                if item.title:  # a sitemap gives only addresses; its articles begin with their page
                    new += self.store_item(connection, item, visit, zone)[1]
                whole = item.reading is Reading.FULL
                if not whole and item.url and pages.want(connection, item, visit.id, visit.outlet, self.now):
                    wanted.append(item.url)
                    new += not item.title
            overlap = ledger.remember(connection, visit.id, known, keys, self.now)
            result = Outcome.NEW if new else Outcome.UNCHANGED if keys else Outcome.EMPTY
            attempt = self.attempt(
                visit, result, response, "; ".join(filter(None, [*visit.notes, document.note]))
            )
            ledger.record(connection, replace(
                attempt, entries_seen=len(keys), entries_new=new, overlap=overlap if document.whole else 0,
                reaches_back=document.reaches_back,
            ))  # fmt: skip
            if response:
                self.note_move(connection, response, visit)
        self.tell(visit, result, new)
        for url in wanted:
            yield from self.page_request(visit, url)

    def tell(self, visit: Visit, result: Outcome, new: int = 0) -> None:
        emit({"event": "source", "source": visit.id, "outlet": visit.outlet.id, "outcome": result, "new": new})


def _is_conditional(response: Response) -> bool:
    asked = response.request.headers if response.request else {}
    return "If-None-Match" in asked or "If-Modified-Since" in asked


def _hash(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
