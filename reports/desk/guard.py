"""What stands before every page: which hosts and origins are answered, how much is read, what browsers may do."""

import re
from typing import NamedTuple, Self
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crawlers.errors import DataError
from reports.config import DeskSection
from reports.desk import api_problem

MOST_BODY, MOST_HEADERS, MOST_ADDRESS = 64 * 1024, 16 * 1024, 4 * 1024
"""Bytes of a form, of all headers, of the path with its query."""
SAFE = ("GET", "HEAD")
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_DEFAULT_PORT = re.compile(r"^(http://.*):80$|^(https://.*):443$")

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # with no-referrer browsers hide the Origin of our own forms
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Place(NamedTuple):
    """Under which origins the desk is reached; requests for others are refused, so no foreign name leads here."""

    origins: frozenset[str]
    secure: bool
    """Behind TLS: cookies travel over it only."""
    local: bool
    """This machine alone can reach it."""

    @classmethod
    def of(cls, section: DeskSection, host: str, port: int) -> Self:
        """Raises DataError for a desk that others can reach and whose address is not set."""
        local = host in ("127.0.0.1", "localhost", "::1")
        if section.address:
            return cls(frozenset({section.address}), section.address.startswith("https:"), False)
        if not local:
            allowed = "127.0.0.1, or any with `address` under [desk] in the settings: what editors open"
            raise DataError("desk", "--host", host, allowed)
        return cls(frozenset(_plain(f"http://{name}:{port}") for name in _LOOPBACK), False, True)

    @property
    def hosts(self) -> frozenset[str]:
        return frozenset(urlsplit(origin).netloc for origin in self.origins)


def _plain(origin: str) -> str:
    """As browsers write it: without the customary port."""
    return _DEFAULT_PORT.sub(lambda found: found[1] or found[2], origin)


class Guard:
    """ASGI middleware; reads no header but Host, Origin and Content-Length."""

    def __init__(self, app: ASGIApp, place: Place) -> None:
        self.app, self.place = app, place

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refused = self._refusal(scope)
        if refused:
            status, why = refused
            api = scope["path"].startswith(api_problem.BELOW)
            answer = api_problem.problem(status, why) if api else PlainTextResponse(why + "\n", status)
            await answer(scope, receive, self._with_headers(send))
            return
        await self.app(scope, _limited(receive), self._with_headers(send))

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        if sum(len(name) + len(value) for name, value in scope["headers"]) > MOST_HEADERS:
            return 431, "too many headers"
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MOST_ADDRESS:
            return 414, "too long an address"
        if headers.getlist("host") != [headers.get("host")] or headers["host"].lower() not in self.place.hosts:
            return 421, "this name is not served here"
        if scope["method"] in SAFE:
            return None
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MOST_BODY:
            return 413, "too much was sent"
        if scope["path"].startswith(api_problem.BELOW):
            return None  # there a token opens, which no browser sends by itself, and never a cookie
        if headers.get("origin", "").lower() not in self.place.origins:
            return 403, "only pages of the desk may write"
        return None

    def _with_headers(self, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers.setdefault("cache-control", "no-store")
                if self.place.secure:
                    headers["strict-transport-security"] = "max-age=31536000"
            await send(message)

        return sending


class TooMuch(Exception):
    """A body without a stated length is longer than MOST_BODY."""


def _limited(receive: Receive) -> Receive:
    read = 0

    async def receiving() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > MOST_BODY:
            raise TooMuch
        return message

    return receiving
