"""Who asks the API: the editor of the token, never of a cookie."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.exceptions import HTTPException

from reports import i18n
from reports.desk import tokens
from reports.desk.visit import Desk, Visit, language

_TOKEN = HTTPBearer(
    auto_error=False, scheme_name="token", description="As `mediagap editors tokens add` printed it."
)
_ASK = {"www-authenticate": "Bearer"}


def _visit(request: Request, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_TOKEN)]) -> Visit:
    desk: Desk = request.app.state.desk
    now = datetime.now(UTC).replace(microsecond=0)
    reader = i18n.reader(language(request, desk.settings.language))
    visit = Visit(desk, request, {}, now, "", False, None, reader)
    if "authorization" not in request.headers:
        return visit
    found = None
    if given is not None:
        with desk.board.reading() as db:
            found = tokens.whose(db, given.credentials, now)
    if given is None or found is None:
        address = request.client.host if request.client else ""
        with desk.board.writing() as db:
            tokens.wrong(db, address, now)
        allowed = "a token that is neither over nor revoked, as in: Authorization: Bearer TOKEN"
        raise HTTPException(401, f"found a wrong token, allowed: {allowed}", _ASK)
    visit.person, used = found
    if used != now.date():
        with desk.board.writing() as db:
            tokens.used(db, given.credentials, now.date())
    return visit


def _reads(visit: Annotated[Visit, Depends(_visit)]) -> Visit:
    if visit.person is None and not visit.desk.open_reading:
        raise HTTPException(401, "found no token, allowed: Authorization: Bearer TOKEN", _ASK)
    return visit


def _decides(visit: Annotated[Visit, Depends(_visit)]) -> Visit:
    if visit.person is None:
        raise HTTPException(401, "found no token, allowed: Authorization: Bearer TOKEN", _ASK)
    if not visit.decides:
        raise HTTPException(403, f"found the role {visit.person.role}, allowed: editor")
    headers = visit.request.headers
    sent = headers.get("content-length", "0") != "0" or "transfer-encoding" in headers
    kind = headers.get("content-type", "nothing")
    if sent and kind.split(";")[0].strip().lower() != "application/json":
        raise HTTPException(415, f"content-type: found {kind[:80]!r}, allowed: application/json")
    return visit


Reading = Annotated[Visit, Depends(_reads)]
"""Whoever may read the pages."""
Deciding = Annotated[Visit, Depends(_decides)]
"""An editor."""
