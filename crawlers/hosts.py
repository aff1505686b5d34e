"""Hosts that may not be asked: this machine and its network, by whatever name."""

from collections.abc import Awaitable, Callable
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.defer import maybe_deferred_to_future

from crawlers.urls import is_address, is_private


class PrivateHost(IgnoreRequest):
    """A link or redirect points at this machine or its network."""


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


def _allowed_ports(crawler: Crawler) -> frozenset[int]:
    listed = crawler.settings.get("MEDIAGAP_LOOPBACK_PORTS") or ""
    return frozenset(int(port) for port in listed.split(",") if port)
