"""What all spiders share: conditional requests, the ledger row of each source, and article pages."""

import hashlib
import json
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import scrapy
from scrapy.crawler import Crawler
from scrapy.http import Response
from sqlite_utils import Database
from twisted.python.failure import Failure

from crawlers import archive, dates, extract, ledger, outcome, pages, registry, store, urls
from crawlers.choice import to_fetch
from crawlers.encoding import Undecodable
from crawlers.items import Attempt, Item, Reading
from crawlers.language import detect
from crawlers.migrations import migrations
from crawlers.outcome import Outcome
from crawlers.parse import Document, NotAFeed


@dataclass
class Visit:
    """One source being visited in this run."""

    id: str
    outlet: registry.Outlet
    source: registry.Source
    started: float
    single: bool = True
    """Whether one answer is the whole visit. Only then do its validators vouch for the listing."""
    gathered: list[Document] = field(default_factory=list)
    """Parts of the listing that were read so far, where it has several."""
    left: list[str] = field(default_factory=list)
    """Addresses of the parts still to read."""


class SourceSpider(scrapy.Spider):
    """Visits all sources of one kind. A subclass says where a visit starts and how a document is read."""

    kind: str

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "SourceSpider":
        spider = super().from_crawler(crawler, *args, **kwargs)
        assert isinstance(spider, SourceSpider)
        settings = crawler.settings
        spider.db = store.open_database(Path(settings["MEDIAGAP_DB"]), [migrations])
        spider.outlets = registry.load(Path(settings["MEDIAGAP_SOURCES"] or registry.SOURCES))
        named = [name for name in (settings["MEDIAGAP_OUTLETS"] or "").split(",") if name]
        spider.only = frozenset(filter(None, (settings["MEDIAGAP_ONLY"] or "").split(",")))
        back_to = settings["MEDIAGAP_BACK_TO"]
        spider.back_to = datetime.fromisoformat(back_to).replace(tzinfo=UTC) if back_to else None
        spider.most_pages = settings.getint("MEDIAGAP_MAX_PAGES")
        spider.now = dates.moment(settings["MEDIAGAP_NOW"]) if settings["MEDIAGAP_NOW"] else datetime.now(UTC)
        spider.chosen = to_fetch(spider.outlets, named, settings["MEDIAGAP_PROFILE"], spider.now.date())
        spider.pages_asked = Counter()
        return spider

    db: Database
    outlets: dict[str, registry.Outlet]
    chosen: tuple[str, ...]
    only: frozenset[str]
    back_to: datetime | None
    most_pages: int
    now: datetime
    pages_asked: Counter[str]

    def visits(self) -> list[Visit]:
        return [
            Visit(outlet.source_id(source), outlet, source, time.monotonic())
            for outlet in (self.outlets[name] for name in self.chosen)
            for source in outlet.sources
            if source.kind == self.kind and (not self.only or outlet.source_id(source) in self.only)
        ]

    async def start(self) -> AsyncIterator[scrapy.Request]:
        for visit in self.visits():
            # read before the listing is asked for: it announces pages that are asked for then
            left = pages.pending(self.db, visit.id)
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
            meta={"download_slot": urlsplit(url).netloc},
            cb_kwargs={"visit": visit},
            dont_filter=True,
            priority=10,
        )

    def listing_answered(self, response: Response, visit: Visit) -> Iterator[scrapy.Request]:
        settled = outcome.of_status(response.status)
        if settled is not None:
            yield from self.fail(visit, settled, response, f"HTTP {response.status}")
            return
        if not response.body.strip():
            yield from self.fail(visit, Outcome.EMPTY, response, "an empty body")
            return
        try:
            yield from self.read_listing(response, visit)
        except NotAFeed as error:
            yield from self.fail(visit, Outcome.NOT_A_FEED, response, str(error))
        except Undecodable as error:
            yield from self.fail(visit, Outcome.UNDECODABLE, response, str(error))

    def read_listing(self, response: Response, visit: Visit) -> Iterator[scrapy.Request]:
        raise NotImplementedError(f"{type(self).__name__} does not say how to read a {self.kind}")

    def listing_failed(self, failure: Failure) -> Iterator[scrapy.Request]:
        visit = failure.request.cb_kwargs["visit"]  # type: ignore[attr-defined]
        name = type(failure.value).__name__
        yield from self.fail(visit, outcome.of_error(name), None, f"{name}: {failure.getErrorMessage()}")

    def fail(
        self, visit: Visit, result: Outcome, response: Response | None, message: str
    ) -> Iterator[scrapy.Request]:
        """Ends a visit of which a document could not be read: by default nothing is claimed of it."""
        self.settle(visit, result, response, message)
        yield from ()

    def settle(self, visit: Visit, result: Outcome, response: Response | None, message: str = "") -> None:
        """Writes the ledger row of a visit that brought nothing new."""
        with store.writing(self.db) as connection:
            ledger.record(connection, self.attempt(visit, result, response, message))
        self.tell(visit, result)

    def attempt(self, visit: Visit, result: Outcome, response: Response | None, message: str = "") -> Attempt:
        return Attempt(
            visit.id, visit.outlet.id, self.now, result, response.status if response else None,
            len(response.body) if response else 0, message=message,
            duration_ms=round((time.monotonic() - visit.started) * 1000),
            retry_after=dates.pause_until(_header(response, "Retry-After"), self.now) if response else None,
        )  # fmt: skip

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
        whole = visit.source.content == "full"
        known = ledger.Validators()
        # a validator of a document that was not seen whole would hide the rest of it behind a 304
        if visit.single and response and document.whole:
            etag, modified = (_header(response, name) for name in ("ETag", "Last-Modified"))
            known = ledger.Validators(etag, modified, _hash(response.body))
        wanted = []
        new = 0
        with store.writing(self.db) as connection:
            for item in document.items:
                if item.title:  # a sitemap gives only addresses; its articles begin with their page
                    new += self.store_item(connection, item, visit, zone)[1]
                if not whole and item.url and pages.want(connection, item, visit.id, visit.outlet, self.now):
                    wanted.append(item.url)
                    new += not item.title
            overlap = ledger.remember(connection, visit.id, known, keys, self.now)
            result = Outcome.NEW if new else Outcome.UNCHANGED if keys else Outcome.EMPTY
            attempt = self.attempt(
                visit, result, response, "" if document.whole else "a document that is cut off"
            )
            ledger.record(connection, replace(
                attempt, entries_seen=len(keys), entries_new=new, overlap=overlap if document.whole else 0,
                reaches_back=document.reaches_back,
            ))  # fmt: skip
        self.tell(visit, result, new)
        for url in wanted:
            yield from self.page_request(visit, url)

    def store_item(self, connection: Any, item: Item, visit: Visit, zone: ZoneInfo) -> tuple[int, bool]:
        told = item.language or detect(f"{item.title}\n{item.text}", visit.outlet.languages)
        return archive.save(connection, replace(item, language=told), visit.outlet.id, visit.id, zone, self.now)

    def page_request(self, visit: Visit, url: str) -> Iterator[scrapy.Request]:
        # a link in a feed is a stranger's: only the outlet's own hosts are followed
        if urls.host_of(url) not in visit.outlet.own_hosts:
            return
        self.pages_asked[visit.outlet.id] += 1
        if self.pages_asked[visit.outlet.id] > self.most_pages:
            return
        yield scrapy.Request(
            url,
            callback=self.page_answered,
            errback=self.page_failed,
            meta={"download_slot": urlsplit(url).netloc},
            cb_kwargs={"visit": visit, "wanted": url},
            dont_filter=True,
        )

    def page_answered(self, response: Response, visit: Visit, wanted: str) -> None:
        settled = outcome.of_status(response.status) or _moved_away(response, visit, wanted)
        page = None if settled else extract.page(response.body, response.url, visit.outlet.zone, self.now)
        with store.writing(self.db) as connection:
            if page is None:
                pages.missed(connection, wanted, settled or Outcome.EMPTY)
            else:
                item = Item(wanted, page.title, page.text, page.published, reading=Reading.PAGE)
                self.store_item(connection, pages.completed(connection, item), visit, visit.outlet.zone)
                pages.read(connection, wanted)
        self.emit({"event": "page", "outlet": visit.outlet.id, "read": page is not None})

    def page_failed(self, failure: Failure) -> None:
        request = failure.request  # type: ignore[attr-defined]
        with store.writing(self.db) as connection:
            pages.missed(
                connection, request.cb_kwargs["wanted"], outcome.of_error(type(failure.value).__name__)
            )
        self.emit({"event": "page", "outlet": request.cb_kwargs["visit"].outlet.id, "read": False})

    def tell(self, visit: Visit, result: Outcome, new: int = 0) -> None:
        self.emit(
            {"event": "source", "source": visit.id, "outlet": visit.outlet.id, "outcome": result, "new": new}
        )

    def emit(self, event: dict[str, Any]) -> None:
        """One line of progress for the parent process."""
        sys.stdout.write(json.dumps(event, ensure_ascii=False) + "\n")
        sys.stdout.flush()


def _moved_away(response: Response, visit: Visit, wanted: str) -> Outcome | None:
    """The outcome of a page that led elsewhere: what stands there is not the article."""
    foreign = urls.host_of(response.url) not in visit.outlet.own_hosts
    to_front = not urlsplit(response.url).path.strip("/") and bool(urlsplit(wanted).path.strip("/"))
    return Outcome.ERROR if foreign or to_front else None


def _hash(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
