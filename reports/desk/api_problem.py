"""A refusal in JSON, as RFC 9457 has it."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import JSONResponse

BELOW = "/api/"
MEDIA_TYPE = "application/problem+json"


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """`detail`: one line, what was found and what is allowed."""
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return JSONResponse(told, status, headers, MEDIA_TYPE)
