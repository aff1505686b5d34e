"""What the API says when something cannot be done: one line of JSON as RFC 9457 has it, and nothing of what is inside."""

import logging
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus

from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Match

from crawlers.datafile import fault
from crawlers.errors import Busy, DataError
from reports.desk.api_problem import problem
from reports.desk.guard import MOST_BODY, TooMuch
from reports.desk.inventory import Refused
from reports.sessions import WITHIN, TooOften

EXPECTED = (HTTPException, RequestValidationError, TooMuch, TooOften, Busy, sqlite3.OperationalError)
"""What is no fault of ours; all else is one, and told to the server as well."""
NO_JSON = "body: found no JSON, allowed: an object in JSON"
log = logging.getLogger(__name__)


@contextmanager
def refusing(status: int = 422) -> Iterator[None]:
    """Turns what editors can mend into an answer."""
    try:
        yield
    except Refused as refused:
        raise HTTPException(409, str(refused)) from None
    except DataError as error:
        raise HTTPException(status, _in_one_line(error)) from None


def _in_one_line(error: DataError) -> str:
    """Without where it was met, and without what to do at the command line."""
    return str(error).removeprefix(f"{error.where}: ").removesuffix(f"; {error.repair}")


async def failed(request: Request, error: Exception) -> JSONResponse:
    status, detail, headers = _told(request, error)
    return problem(status, detail, headers)


def _told(request: Request, error: Exception) -> tuple[int, str, Mapping[str, str]]:
    if isinstance(error, TooMuch) or isinstance(error.__cause__, TooMuch):
        return 413, f"the body is too long, allowed: {MOST_BODY} bytes", {}
    if isinstance(error, RequestValidationError):
        return 422, _fault(error), {}
    if isinstance(error, TooOften):
        seconds = str(int(WITHIN.total_seconds()))
        told = f"too many wrong tokens from this address, allowed again in {seconds} seconds"
        return 429, told, {"retry-after": seconds}
    if isinstance(error, HTTPException):
        if error.status_code == 405:
            allowed = ", ".join(_methods(request))
            return 405, f"found {request.method}, allowed here: {allowed}", {"allow": allowed}
        if error.status_code == 404 and error.detail == HTTPStatus.NOT_FOUND.phrase:
            return 404, "there is nothing at this address; see /api/openapi.json", {}
        if error.status_code == 400:  # of FastAPI, for bytes that are no text
            return 422, NO_JSON, {}
        return error.status_code, error.detail, error.headers or {}
    if isinstance(error, (sqlite3.OperationalError, Busy)):
        log.error("the database could not be used for %s", request.url.path, exc_info=error)
        return 503, "the database is at work; try again", {"retry-after": "30"}
    log.error("%s could not be answered", request.url.path, exc_info=error)
    return 500, "this could not be answered; what went wrong is in the log of the desk", {}


def _fault(error: RequestValidationError) -> str:
    """The first thing wrong with a query or body, in the words that files of data are told in."""
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return NO_JSON
    return _in_one_line(fault(error.errors(), ""))


def _methods(request: Request) -> list[str]:
    """All that the address of a request takes, over its routes."""
    scope = dict(request.scope)
    routes: list[APIRoute] = request.app.state.listed
    return sorted(
        {name for one in routes if one.matches(scope)[0] is not Match.NONE for name in one.methods or ()}
    )
