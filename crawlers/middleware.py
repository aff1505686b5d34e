"""What Scrapy's own middlewares leave out: private hosts, and a robots.txt that cannot be read."""

from collections.abc import Awaitable, Callable
from typing import ClassVar, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred

from crawlers import outcome
from crawlers.outcome import Outcome
from crawlers.urls import is_address, is_private


class PrivateHost(IgnoreRequest):
    """A link or redirect points at this machine or its network."""


class RobotsForbidden(IgnoreRequest):
    """robots.txt forbids the address, or cannot be read, which RFC 9309 (2.3.1.4) makes the same."""


class OnlyPublicHosts:
    """Refuses hosts that are a private address, except the loopback ports that the run allows."""

    def __init__(self, ports: frozenset[int]) -> None:
        self._ports = ports

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(_allowed_ports(crawler))

    def process_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("http", "https"):
            raise PrivateHost(f"{parts.scheme} is no scheme of the web")
        if is_private(parts.hostname or "") and parts.port not in self._ports:
            raise PrivateHost(f"{parts.hostname} is a private address")


class OnlyPublicAddresses:
    """Refuses names that resolve to a private address, except on the loopback ports that the run allows.

    Stands behind Scrapy's proxy middleware: a proxy resolves the names itself. The answer is the one that the
    connection will use, since both ask Scrapy's caching resolver.
    """

    def __init__(self, ports: frozenset[int], resolve: Callable[[str], Awaitable[str]]) -> None:
        self._ports, self._resolve = ports, resolve

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        from twisted.internet import reactor  # importing it installs it, which is for Scrapy to do

        def resolve(host: str) -> Awaitable[str]:
            return maybe_deferred_to_future(reactor.resolve(host))  # type: ignore[arg-type]

        return cls(_allowed_ports(crawler), resolve)

    async def process_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        host = parts.hostname or ""
        if "proxy" in request.meta or is_address(host) or parts.port in self._ports:
            return
        address = await self._resolve(host)
        if is_private(address):
            raise PrivateHost(f"{host} is at {address}, a private address")


class RobotsOrNothing(RobotsTxtMiddleware):
    """Scrapy allows everything when robots.txt fails; the standard asks for the opposite.

    404 and other 4xx mean that there are no rules. 5xx and unreachable mean that none are known: the host
    is not fetched in this run. A host that is private or does not exist is refused as that.
    """

    # one for the process: a host whose feed and sitemap are read by two spiders is asked once
    _shared: ClassVar[dict[str, RobotParser | Deferred[RobotParser | None] | None]] = {}
    _unreadable: ClassVar[dict[str, Exception]] = {}

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._parsers = self._shared

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500:
            self._unreadable[netloc] = RobotsForbidden(f"robots.txt answered {response.status}")
        await super()._parse_robots(
            response if response.status == 200 else response.replace(body=b""), netloc, request
        )

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        name = type(exc).__name__
        said = isinstance(exc, PrivateHost) or outcome.of_error(name) is Outcome.GONE
        self._unreadable[netloc] = exc if said else RobotsForbidden(f"robots.txt: {name}")
        super()._robots_error(exc, netloc)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        reason = self._unreadable.get(urlsplit(request.url).netloc)
        if reason:
            raise reason
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest:
            raise RobotsForbidden("robots.txt forbids it") from None


def _allowed_ports(crawler: Crawler) -> frozenset[int]:
    listed = crawler.settings.get("MEDIAGAP_LOOPBACK_PORTS") or ""
    return frozenset(int(port) for port in listed.split(",") if port)


class RetryAllButRobots(RetryMiddleware):
    """A robots.txt that fails is not asked again in this run: without a network that doubles the waiting."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        return response if _is_robots(request) else super().process_response(request, response)

    def process_exception(self, request: Request, exception: Exception) -> Request | Response | None:  # type: ignore[override]
        return None if _is_robots(request) else super().process_exception(request, exception)


def _is_robots(request: Request) -> bool:
    return bool(request.meta.get("dont_obey_robotstxt"))
