"""One request: who asks, in which language, what they sent; and the page that answers."""

import asyncio
import hmac
import logging
import secrets
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urlencode

from jinja2 import Environment
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from reports import i18n, sessions
from reports.config import Settings
from reports.desk import patience
from reports.desk.board import Board
from reports.desk.guard import SAFE, Place
from reports.editors import Editor, Role
from reports.i18n import Reader
from reports.restricted import Withheld
from reports.view import View

log = logging.getLogger(__name__)

MOST_FIELDS = 200
COOKIE, LANGUAGE = "mediagap", "mediagap-language"
_KEY_LENGTH = 43  # of secrets.token_urlsafe(32)


@dataclass(frozen=True)
class Desk:
    """What all visits share."""

    settings: Settings
    place: Place
    board: Board
    templates: Environment
    version: str
    """Of style sheet and script, in their addresses: a browser keeps them until they change."""
    ports: tuple[int, ...] = ()
    """Of this machine, from which articles may be fetched: those of the demo's press."""

    @property
    def open_reading(self) -> bool:
        section = self.settings.desk
        return self.place.local if section.open_reading is None else section.open_reading

    @property
    def cookie_name(self) -> str:
        # the prefix makes browsers refuse the cookie from other names and from unencrypted pages
        return f"__Host-{COOKIE}" if self.place.secure else COOKIE


@dataclass
class Visit:
    """A request with what it means."""

    desk: Desk
    request: Request
    form: Mapping[str, str]
    now: datetime
    key: str
    """Value of the cookie; a fresh one for a new visitor."""
    known_key: bool
    person: Editor | None
    reader: Reader
    cookies: list[tuple[str, str, int | None]] = field(default_factory=list)
    """Name, value and seconds of the cookies to set; None: until the browser ends."""

    @cached_property
    def view(self) -> View:
        return self.desk.board.view(self.reader.language)

    @cached_property
    def withheld(self) -> Withheld:
        """What may not be shown here."""
        return Withheld(self.desk.board.outlets, self.desk.settings.profile, self.now.date())

    @property
    def decides(self) -> bool:
        return self.person is not None and self.person.role is Role.EDITOR

    @property
    def token(self) -> str:
        if not self.known_key:
            self.known_key = True
            self.cookies.append((self.desk.cookie_name, self.key, None))
        return sessions.form_token(self.key)

    @property
    def here(self) -> str:
        """Path and query of this page, without what only says in which form it is wanted."""
        query = urlencode([one for one in self.request.query_params.multi_items() if one[0] != "part"])
        return self.request.url.path + (f"?{query}" if query else "")

    @property
    def back(self) -> str:
        """Where a form of this page leads when it was done; of a page that answers a form, where that was to lead."""
        return self.here if self.request.method in SAFE else local_path(self.form.get("next", "/"))

    def regions(self, asked: str) -> tuple[str, ...]:
        """The region asked for, else the editor's own; none: all."""
        return (asked,) if asked else self.person.regions if self.person else ()

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        made = self.desk.templates.get_template(f"desk/{template}").render(self._context(values))
        return HTMLResponse(made, status)

    def report_page(self, template: str, **values: Any) -> Response:
        """A page that the written report has too."""
        return HTMLResponse(self.desk.templates.get_template(template).render(self._context(values)))

    def _context(self, values: dict[str, Any]) -> dict[str, Any]:
        return {
            "visit": self, "view": self.view, "r": self.reader, "t": self.reader.t, "n": self.reader.n,
            "base": "desk/base.html", "version": self.desk.version, "languages": i18n.LANGUAGES, **values,
        }  # fmt: skip


def to(path: str) -> Response:
    """After a write: the page to look at, so that reloading it writes nothing."""
    return RedirectResponse(path, 303)


def local_path(path: str) -> str:
    """The path if it is one of the desk, else the start page: nobody is led elsewhere by a form."""
    fine = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if fine else "/"


Handler = Callable[[Visit], Response]


def route(path: str, handler: Handler, method: str = "GET", needs: Role | None = Role.READER) -> Route:
    """A page. `needs`: who may see it; READER: everybody, where reading needs no signing in; None: everybody."""

    async def endpoint(request: Request) -> Response:
        try:
            body = b"" if request.method in SAFE else await asyncio.wait_for(request.body(), patience.BODY)
        except TimeoutError:
            raise HTTPException(408, "the form took too long to arrive") from None
        return await run_in_threadpool(_answer, request.app.state.desk, request, body, handler, needs)

    return Route(path, endpoint, methods=[method])


def _answer(desk: Desk, request: Request, body: bytes, handler: Handler, needs: Role | None) -> Response:
    visit = _visit(desk, request, body)
    if request.method not in SAFE and not hmac.compare_digest(visit.form.get("token", ""), visit.token):
        raise HTTPException(403, "the form is too old")
    if not _may(visit, needs):
        if visit.person is not None:
            raise HTTPException(403, "this needs the role of an editor")
        wanted = visit.here if request.method in SAFE else "/"
        return to("/sign-in?" + urlencode({"next": wanted}))
    response = handler(visit)
    for name, value, seconds in visit.cookies:
        response.set_cookie(
            name, value, seconds, path="/", secure=desk.place.secure, httponly=True, samesite="lax"
        )
    return response


def _may(visit: Visit, needs: Role | None) -> bool:
    if needs is None:
        return True
    if needs is Role.READER:
        return visit.person is not None or visit.desk.open_reading
    return visit.decides


def _visit(desk: Desk, request: Request, body: bytes) -> Visit:
    key = request.cookies.get(desk.cookie_name, "")
    known = len(key) == _KEY_LENGTH and key.isascii()
    now = datetime.now(UTC).replace(microsecond=0)
    person = None
    if known:
        with desk.board.reading() as db:
            person = sessions.whose(db, key, now)
    try:
        form = dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        raise HTTPException(400, "the form cannot be read") from None
    return Visit(
        desk, request, form, now, key if known else secrets.token_urlsafe(32), known, person,
        i18n.reader(language(request, desk.settings.language)),
    )  # fmt: skip


def language(request: Request, default: str) -> str:
    """The one chosen on a page, else the browser's first that there is, else that of the settings."""
    chosen = request.cookies.get(LANGUAGE, "")
    if chosen in i18n.LANGUAGES:
        return chosen
    wishes = []
    for part in request.headers.get("accept-language", "").split(",")[:20]:
        tag, _, quality = part.strip().partition(";q=")
        try:
            wishes.append((-float(quality or 1), tag.split("-")[0].lower()))
        except ValueError:
            continue
    found = (
        tag for weight, tag in sorted(wishes, key=lambda one: one[0]) if weight < 0 and tag in i18n.LANGUAGES
    )
    return next(found, default)


def failed(request: Request, error: Exception) -> Response:
    """A page that says what to do and nothing of what is inside."""
    status = 500
    if isinstance(error, HTTPException):
        status = error.status_code
    elif isinstance(error, sqlite3.OperationalError):
        status = 503
        log.exception("the database could not be used for %s", request.url.path)
    else:
        log.error("%s could not be answered", request.url.path, exc_info=error)
    desk: Desk = request.app.state.desk
    visit = Visit(
        desk, request, {}, datetime.now(UTC), secrets.token_urlsafe(32), True, None,
        i18n.reader(language(request, desk.settings.language)),
    )  # fmt: skip
    return visit.page("failed.html", status, code=status)
