"""Looks at sources once and tells what it saw; where one fails, at what its homepage announces instead."""

import json
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import scrapy
from scrapy.http import Response, TextResponse
from twisted.python.failure import Failure

from crawlers import discover, listing, outcome, parse, sitemap, store, urls, wordpress
from crawlers.dates import stamp
from crawlers.discover import Candidate
from crawlers.document import Document, NotAFeed
from crawlers.encoding import Undecodable
from crawlers.migrations import migrations
from crawlers.outcome import Outcome
from crawlers.probe import Finding, Proposal, Target
from crawlers.selectors import Selectors

_ANSWERS = [304, *range(400, 600)]
MOST_CANDIDATES = 3
"""Announced feeds of a homepage that are tried."""

Requests = Iterator[scrapy.Request]


class ProbeSpider(scrapy.Spider):
    name = "probe"

    def __init__(self, **shared: Any) -> None:
        super().__init__(**shared)
        # what robots.txt says and who asked to wait is kept for as long as the look lasts
        self.db = store.open_database(Path(":memory:"), [migrations])
        self.now = datetime.now(UTC)

    async def start(self) -> AsyncIterator[scrapy.Request]:
        for one in json.loads(self.settings["MEDIAGAP_PROBES"] or "[]"):
            target = Target(**one)
            url = wordpress.page_url(target.url, 1, None) if target.kind == "wordpress" else target.url
            seen = Finding(target.id, target.url)
            if target.kind == "page":
                yield self.ask(url, self.page_answered, self.first_failed, target=target, seen=seen)
            else:
                yield self.ask(url, self.source_answered, self.first_failed, target=target, seen=seen)

    def ask(
        self,
        url: str,
        answered: Callable[..., Requests],
        failed: Callable[[Failure], Requests],
        **known: object,
    ) -> scrapy.Request:
        meta = {"download_slot": urlsplit(url).netloc, "handle_httpstatus_list": _ANSWERS}
        return scrapy.Request(url, answered, errback=failed, meta=meta, cb_kwargs=known, dont_filter=True)

    def source_answered(self, response: Response, target: Target, seen: Finding) -> Requests:
        note(seen, response)
        if seen.outcome == Outcome.NEW:
            document = read(response, target, seen)
            if document is not None:
                if moved_for_good(response) and target.kind != "wordpress":
                    seen.proposals.append(
                        Proposal(target.kind, response.url, len(document.items), "moved permanently")
                    )
                self.tell(seen)
                return
        yield self.ask(target.homepage, self.page_answered, self.last_failed, target=target, seen=seen)

    def page_answered(self, response: Response, target: Target, seen: Finding) -> Requests:
        """The homepage, or a page that was given instead of a source."""
        if target.kind == "page":
            note(seen, response)
        if outcome.of_status(response.status) is not None:
            self.tell(seen)
            return
        as_feed = Target(target.id, "feed", response.url, target.homepage, target.zone)
        document = read(response, as_feed, Finding(target.id, ""))
        if document is not None:
            seen.proposals.append(Proposal("feed", response.url, len(document.items), "is a feed itself"))
            self.tell(seen)
            return
        found = discover.on_page(response.body, response.url)
        seen.title = found.title
        left = [one for one in found.candidates if urls.canonical(one.url) != urls.canonical(target.url)]
        yield from self.next_candidate(left[:MOST_CANDIDATES], target, seen)

    def next_candidate(self, left: list[Candidate], target: Target, seen: Finding) -> Requests:
        if not left:
            self.tell(seen)
            return
        one = left[0]
        url = wordpress.page_url(one.url, 1, None) if one.kind == "wordpress" else one.url
        yield self.ask(url, self.candidate_answered, self.candidate_failed, target=target, seen=seen, left=left)

    def candidate_answered(
        self, response: Response, target: Target, seen: Finding, left: list[Candidate]
    ) -> Requests:
        one = Target(target.id, left[0].kind, left[0].url, target.homepage, target.zone)
        good = outcome.of_status(response.status) is None
        document = read(response, one, Finding(target.id, "")) if good else None
        if document is not None:
            url = left[0].url if one.kind == "wordpress" else response.url
            seen.proposals.append(Proposal(one.kind, url, len(document.items), "announced by the homepage"))
        yield from self.next_candidate(left[1:], target, seen)

    def candidate_failed(self, failure: Failure) -> Requests:
        known = failure.request.cb_kwargs  # type: ignore[attr-defined]
        yield from self.next_candidate(known["left"][1:], known["target"], known["seen"])

    def first_failed(self, failure: Failure) -> Requests:
        """The source itself was not reached: so, most probably, is its homepage. It is asked where it differs."""
        known = failure.request.cb_kwargs  # type: ignore[attr-defined]
        target, seen = known["target"], known["seen"]
        name = type(failure.value).__name__
        seen.outcome, seen.message = outcome.of_error(name), f"{name}: {failure.getErrorMessage()}"
        seen.reached = "robots.txt forbids" in seen.message or "robots.txt answered" in seen.message
        if urls.host_of(target.homepage) != urls.host_of(target.url):
            yield self.ask(target.homepage, self.page_answered, self.last_failed, target=target, seen=seen)
        else:
            self.tell(seen)

    def last_failed(self, failure: Failure) -> Requests:
        self.tell(failure.request.cb_kwargs["seen"])  # type: ignore[attr-defined]
        yield from ()

    def tell(self, seen: Finding) -> None:
        sys.stdout.write(json.dumps({"event": "probe", **asdict(seen)}, ensure_ascii=False) + "\n")
        sys.stdout.flush()


def note(seen: Finding, response: Response) -> None:
    """What the first answer says by itself."""
    seen.reached, seen.status, seen.final_url = True, response.status, response.url
    settled = outcome.of_status(response.status)
    seen.outcome = settled or Outcome.NEW
    seen.message = f"HTTP {response.status}" if settled else ""


def moved_for_good(response: Response) -> bool:
    reasons = response.meta.get("redirect_reasons", [])
    return bool(reasons) and all(reason in (301, 308) for reason in reasons)


def read(response: Response, target: Target, seen: Finding) -> Document | None:
    """The document of an answer, noted in `seen`; None where it is none of the target's kind."""
    try:
        document = _document(response, target)
    except (NotAFeed, Undecodable) as error:
        seen.outcome = Outcome.NOT_A_FEED if isinstance(error, NotAFeed) else Outcome.UNDECODABLE
        seen.message = str(error)
        return None
    moments = [item.published.moment for item in document.items if item.published.moment]
    seen.entries, seen.newest = len(document.items), stamp(max(moments)) if moments else None
    if not document.items:
        seen.outcome = Outcome.EMPTY
    return document


def _document(response: Response, target: Target) -> Document:
    zone, now = ZoneInfo(target.zone), datetime.now(UTC)
    content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
    if target.kind == "sitemap":
        found = sitemap.read(response.body, response.url, zone, now)
        return found if isinstance(found, Document) else Document([], None)
    if target.kind == "wordpress":
        return wordpress.read(response.body, zone, now)
    if target.kind == "listing":
        if not isinstance(response, TextResponse):
            raise NotAFeed("a document that is no text")
        selectors = Selectors.model_validate(target.selectors)
        return listing.read(response.body, content_type, response.url, selectors, zone, now)[0]
    headers = {"content-type": content_type} if content_type else {}
    return parse.feed(response.body, response.url, headers, zone, now, target.content == "full")
