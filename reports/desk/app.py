"""The desk as an ASGI application: all its pages in one table."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from reports import site
from reports.config import Settings
from reports.desk import (
    api_problem,
    auditing,
    deciding,
    inventory,
    proposing,
    reading,
    signing,
    sources,
    start,
    words,
)
from reports.desk.api import create_api
from reports.desk.board import Board
from reports.desk.guard import Guard, Place, TooMuch
from reports.desk.visit import Desk, failed, route

_FILES = {"/icon.svg": "image/svg+xml", "/style.css": "text/css", "/desk.js": "text/javascript"}

PAGES = [
    *start.PAGES,
    *reading.PAGES,
    *deciding.PAGES,
    *inventory.PAGES,
    *sources.PAGES,
    *proposing.PAGES,
    *auditing.PAGES,
    *signing.PAGES,
]


def create_app(settings: Settings, place: Place, ports: tuple[int, ...] = ()) -> Guard:
    """Reads the database once before it answers; raises DataError for what is wrong with data or settings."""
    templates = site.environment()
    words.extend(templates)
    files = {path: templates.get_template(f"desk{path}").render() for path in _FILES}
    version = hashlib.blake2b("".join(files.values()).encode(), digest_size=6).hexdigest()
    desk = Desk(settings, place, Board(settings), templates, version, ports)

    async def file(request: Request) -> Response:
        path = request.url.path
        kept = "public, max-age=31536000, immutable" if request.url.query == f"v={version}" else "no-cache"
        return Response(files[path], media_type=_FILES[path], headers={"cache-control": kept})

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        desk.board.close()

    app = Starlette(
        routes=[
            *(Route(path, file) for path in _FILES),
            *(route(*page) for page in PAGES),
            Mount(api_problem.BELOW.rstrip("/"), create_api(desk)),
        ],
        exception_handlers={HTTPException: failed, TooMuch: _too_much, Exception: failed},
        lifespan=lifespan,
    )
    app.state.desk = desk
    return Guard(app, place)  # outermost, so that the answer to a fault of ours has its headers too


def _too_much(request: Request, _: Exception) -> Response:
    return failed(request, HTTPException(413, "too much was sent"))
