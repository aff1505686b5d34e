"""Manners beside what robots.txt forbids: one request at a time for a host, `Crawl-delay` and `Retry-After`."""

import asyncio
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import ClassVar, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from sqlite_utils import Database

from crawlers import store
from crawlers.dates import moment, stamp

MOST_WAIT = timedelta(days=1)
"""A site that asks for more is asked once a day all the same: nothing is given up unseen."""

MOST_PAUSE = 60.0
"""Seconds between two requests, whatever `Crawl-delay` says."""
LONGEST_STAY = 600.0
"""Seconds that the pauses which a host asks for may take in one run; the rest of its pages stays wanted."""

pauses: dict[str, float] = {}
"""Seconds that a host wants to be left alone after an answer, as its robots.txt says; filled as it is read."""


class AskedToWait(IgnoreRequest):
    """The host answered that it wants to be left alone for a while, in this run or an earlier one."""


def retry_after(response: Response, now: datetime) -> datetime | None:
    """The moment until which an answer asks to wait, in seconds or as a date; None where it does not."""
    raw = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if response.status not in (429, 503) or not raw:
        return None
    try:
        until = now + timedelta(seconds=int(raw)) if raw.isdigit() else parsedate_to_datetime(raw)
        until = (until if until.tzinfo else until.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):  # no date, or one beyond the end of time
        return None
    return until if until > now else None


class ObeysRetryAfter:
    """Asks a host nothing more in this run once it said 429, nor in the next runs before the time it names."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._waiting: dict[str, str] = {}
        """What to say of a host that is not asked."""
        self._looked_up: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        host = urlsplit(request.url).netloc
        if host not in self._looked_up:
            self._looked_up.add(host)
            until = waits_until(self._crawler.spider.db, host)  # type: ignore[union-attr]
            if until and until > self._now:
                self._waiting[host] = f"the site asked to wait until {stamp(until)}"
        if host in self._waiting:
            raise AskedToWait(self._waiting[host])

    def process_response(self, request: Request, response: Response) -> Response:  # noqa: ARG002  # Scrapy's
        until = retry_after(response, self._now)
        host = urlsplit(response.url).netloc
        if until:
            until = min(until, self._now + MOST_WAIT)
            self._waiting[host] = f"the site asked to wait until {stamp(until)}"
            with store.writing(self._crawler.spider.db) as connection:  # type: ignore[union-attr]
                connection.execute("INSERT OR REPLACE INTO waits VALUES (?, ?)", (host, stamp(until)))
        elif response.status == 429:
            self._waiting.setdefault(host, "the site said that it is asked too often")
        return response

    @property
    def _now(self) -> datetime:
        now: datetime = self._crawler.spider.now  # type: ignore[union-attr]
        return now


def waits_until(db: Database, host: str) -> datetime | None:
    row = db.conn.execute("SELECT until FROM waits WHERE host = ?", (host,)).fetchone()
    return moment(row[0]) if row else None


class OnePerHost:
    """Asks a host and port for one thing after the other.

    Scrapy's own limit, CONCURRENT_REQUESTS_PER_DOMAIN, is of a host without its port; and where there is no delay,
    Scrapy 2.19 sends all that is queued for a host before it counts the first of them.
    """

    # one for the process: a pause goes on when the next spider begins
    _turns: ClassVar[defaultdict[str, asyncio.Lock]] = defaultdict(asyncio.Lock)

    def __init__(self) -> None:
        self._having: dict[Request, asyncio.Lock] = {}

    async def process_request(self, request: Request) -> None:
        host = request.meta["download_slot"] = slot(request.url)  # anew, for a redirect leads to other hosts
        await self._turns[host].acquire()
        self._having[request] = self._turns[host]

    def process_response(self, request: Request, response: Response) -> Response:
        self._pass_on(request)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:  # noqa: ARG002  # Scrapy's
        self._pass_on(request)

    def _pass_on(self, request: Request) -> None:
        turn = self._having.pop(request, None)
        if turn:
            pause = pauses.get(request.meta["download_slot"], 0.0)
            if pause:
                asyncio.get_running_loop().call_later(pause, turn.release)
            else:
                turn.release()


def most_pages(url: str, most: int) -> int:
    """How many of `most` pages the host of an address gives us in one run."""
    pause = pauses.get(slot(url), 0.0)
    return min(most, int(LONGEST_STAY / pause)) if pause else most


def slot(url: str) -> str:
    """The host and port by which requests are queued."""
    return urlsplit(url).netloc
