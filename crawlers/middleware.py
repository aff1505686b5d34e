"""What Scrapy's own middlewares leave out: private hosts, and a robots.txt that cannot be read."""

from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

from crawlers.urls import is_private


class PrivateHost(IgnoreRequest):
    """A link or redirect points at this machine or its network."""


class RobotsForbidden(IgnoreRequest):
    """robots.txt forbids the address, or cannot be read, which RFC 9309 (2.3.1.4) makes the same."""


class OnlyPublicHosts:
    """Refuses hosts that are a private address, except the loopback ports that the run allows.

    A name that resolves to a private address is not found out here.
    """

    def __init__(self, ports: frozenset[int]) -> None:
        self._ports = ports

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        listed = crawler.settings.get("MEDIAGAP_LOOPBACK_PORTS") or ""
        return cls(frozenset(int(port) for port in listed.split(",") if port))

    def process_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("http", "https"):
            raise PrivateHost(f"{parts.scheme} is no scheme of the web")
        if is_private(parts.hostname or "") and parts.port not in self._ports:
            raise PrivateHost(f"{parts.hostname} is a private address")


class RobotsOrNothing(RobotsTxtMiddleware):
    """Scrapy allows everything when robots.txt fails; the standard asks for the opposite.

    404 and other 4xx mean that there are no rules. 5xx and unreachable mean that none are known: the host
    is not fetched in this run.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._unreadable: dict[str, str] = {}

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500:
            self._unreadable[netloc] = f"robots.txt answered {response.status}"
        await super()._parse_robots(
            response if response.status == 200 else response.replace(body=b""), netloc, request
        )

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        self._unreadable[netloc] = f"robots.txt: {type(exc).__name__}"
        super()._robots_error(exc, netloc)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        reason = self._unreadable.get(urlsplit(request.url).netloc)
        if reason:
            raise RobotsForbidden(reason)
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest:
            raise RobotsForbidden("robots.txt forbids it") from None
