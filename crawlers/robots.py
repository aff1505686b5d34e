"""robots.txt, obeyed as RFC 9309 asks and kept for a day."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import ClassVar, NamedTuple, Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from sqlite_utils import Database

from crawlers import outcome, store
from crawlers.dates import moment, stamp
from crawlers.hosts import PrivateHost
from crawlers.manners import MOST_PAUSE, AskedToWait, pauses, slot
from crawlers.outcome import Outcome

NAME = "mediagap"
"""The name that a site's rules may call us by."""
KEPT = timedelta(hours=24)
KEPT_WHILE_UNREACHABLE = timedelta(days=30)
MOST_BYTES = 512 * 1024  # of the rules that are obeyed; the standard asks for 500 KiB


class RobotsForbidden(IgnoreRequest):
    """robots.txt forbids the address."""


class RobotsTimeout(IgnoreRequest):
    """robots.txt was not answered in time: whether it forbids the address is not known, and nothing is asked."""


class RobotsUnreadable(IgnoreRequest):
    """robots.txt failed in another way, which RFC 9309 (2.3.1.4) takes for a site that may not be asked."""


class Kept(NamedTuple):
    """Rules of a site as they were fetched before."""

    fetched: datetime
    rules: str


def kept(db: Database, site: str, now: datetime, age: timedelta = KEPT) -> Kept | None:
    row = db.conn.execute("SELECT fetched, rules FROM robots WHERE site = ?", (site,)).fetchone()
    found = Kept(moment(row[0]), row[1]) if row else None
    return found if found and found.fetched <= now < found.fetched + age else None


def keep(db: Database, site: str, now: datetime, status: int, rules: str) -> None:
    with store.writing(db) as connection:
        connection.execute(
            "INSERT OR REPLACE INTO robots VALUES (?, ?, ?, ?)", (site, stamp(now), status, rules)
        )


def rules_of(status: int, body: bytes) -> str | None:
    """The rules that an answer states, "" for a site without any; None where it does not tell.

    4xx says that there is no such file. 429 does not: it is about the asking.
    """
    if 200 <= status < 300:
        return body[:MOST_BYTES].decode("utf-8", "replace")
    return "" if 400 <= status < 500 and status != 429 else None


class RobotsOrNothing:
    """Asks for no address before the rules of its site are known.

    Scrapy allows everything when robots.txt fails; the standard asks for the opposite. A host that is private,
    does not exist or asked to wait is refused as that.
    """

    # one for the process: a site whose feed and sitemap are read by two spiders is asked once, also if it fails
    _rules: ClassVar[dict[str, asyncio.Future[Protego]]] = {}

    def __init__(self, fetch: Callable[[Request], Awaitable[Response]], crawler: Crawler) -> None:
        self._fetch, self._crawler = fetch, crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        def fetch(request: Request) -> Awaitable[Response]:
            assert crawler.engine is not None
            return crawler.engine.download_async(request)

        return cls(fetch, crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta.get("is_robots"):
            return
        parts = urlsplit(request.url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            self._rules[site] = asyncio.ensure_future(self._rules_of(site))
        rules = await asyncio.shield(self._rules[site])
        pauses[slot(request.url)] = min(rules.crawl_delay(NAME) or 0.0, MOST_PAUSE)
        if not rules.can_fetch(request.url, NAME):
            raise RobotsForbidden("robots.txt forbids it")

    async def _rules_of(self, site: str) -> Protego:
        spider = self._crawler.spider
        db: Database = spider.db  # type: ignore[union-attr]
        now: datetime = spider.now  # type: ignore[union-attr]
        known = kept(db, site, now)
        if known is None:
            try:
                return Protego.parse(await self._asked(db, site, now))
            except IgnoreRequest:
                # for as long as the file cannot be reached, the standard lets the old one stand
                known = kept(db, site, now, KEPT_WHILE_UNREACHABLE)
                if known is None:
                    raise
        return Protego.parse(known.rules)

    async def _asked(self, db: Database, site: str, now: datetime) -> str:
        # a redirect of the file is followed, a redirect of it to nowhere is no file
        asked = Request(
            f"{site}/robots.txt", priority=1000, meta={"is_robots": True},
            callback=NO_CALLBACK, dont_filter=True,
        )  # fmt: skip
        try:
            response = await self._fetch(asked)
        except (PrivateHost, AskedToWait):
            raise
        except Exception as error:
            name = type(error).__name__
            kind = outcome.of_error(name)
            if kind is Outcome.GONE:
                raise
            if kind is Outcome.TIMEOUT:
                raise RobotsTimeout("robots.txt was not answered in time, so nothing was asked") from None
            raise RobotsUnreadable(f"robots.txt: {name}, so nothing was asked") from None
        rules = rules_of(response.status, response.body)
        if rules is None:
            raise RobotsUnreadable(f"robots.txt answered {response.status}, so nothing was asked")
        keep(db, site, now, response.status, rules)
        return rules


class RetryAllButRobots(RetryMiddleware):
    """A robots.txt that fails is not asked again in this run: without a network that doubles the waiting."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        return response if _is_robots(request) else super().process_response(request, response)

    def process_exception(self, request: Request, exception: Exception) -> Request | Response | None:  # type: ignore[override]
        return None if _is_robots(request) else super().process_exception(request, exception)


def _is_robots(request: Request) -> bool:
    return bool(request.meta.get("is_robots"))
