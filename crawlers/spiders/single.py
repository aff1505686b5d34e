"""Fetches one article page and tells what it says; stores nothing."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import scrapy
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers import extract, manners, outcome, store
from crawlers.dates import UNKNOWN, stamp
from crawlers.extract import Page
from crawlers.migrations import migrations
from crawlers.outcome import Outcome
from crawlers.spiders.events import emit
from crawlers.workers import Unreadable, Workers


class SingleSpider(scrapy.Spider):
    name = "single"
    workers: Workers

    def __init__(self, **shared: Any) -> None:
        super().__init__(**shared)
        # what robots.txt says and who asked to wait is kept for as long as the fetch lasts
        self.db = store.open_database(Path(":memory:"), [migrations])
        self.now = datetime.now(UTC)

    async def start(self) -> AsyncIterator[scrapy.Request]:
        wanted = json.loads(self.settings["MEDIAGAP_SINGLE"])
        yield scrapy.Request(
            wanted["url"], self.answered, errback=self.failed, cb_kwargs={"zone": wanted["zone"]},
            meta={"download_slot": manners.slot(wanted["url"])},
        )  # fmt: skip

    async def answered(self, response: Response, zone: str) -> None:
        settled = outcome.of_status(response.status)
        if settled:
            _tell(response.url, settled, f"the site answered with HTTP {response.status}")
            return
        try:
            page = await self.workers.run(
                len(response.body), extract.page, response.body, response.url, ZoneInfo(zone), self.now
            )
        except Unreadable as error:
            _tell(response.url, Outcome.ERROR, str(error))
            return
        if page is None:
            _tell(response.url, Outcome.EMPTY, "no text of an article was found on the page")
        else:
            _tell(response.url, Outcome.NEW, "", page)

    def failed(self, failure: Failure) -> None:
        name = type(failure.value).__name__
        url = failure.request.url  # type: ignore[attr-defined]
        _tell(url, outcome.of_error(name), f"{name}: {failure.getErrorMessage()}")


def _tell(url: str, result: Outcome, message: str, page: Page | None = None) -> None:
    page = page or Page("", "", UNKNOWN)
    emit({
        "event": "page", "url": url, "outcome": result, "message": message, "title": page.title, "text": page.text,
        "published": stamp(page.published.moment), "raw": page.published.raw, "quality": page.published.quality,
    })  # fmt: skip
