"""Signing in and out, and the language of the pages."""

import secrets
from datetime import timedelta

from starlette.exceptions import HTTPException
from starlette.responses import Response

from reports import i18n, sessions
from reports.desk.visit import LANGUAGE, Visit, local_path, to
from reports.sessions import TooOften

_YEAR = 365 * 24 * 3600


def form(visit: Visit) -> Response:
    return visit.page("sign_in.html", next=local_path(visit.request.query_params.get("next", "/")), fault="")


def sign_in(visit: Visit) -> Response:
    key = secrets.token_urlsafe(32)  # never the visitor's: somebody else may have set that
    section = visit.desk.settings.desk
    until = visit.now + timedelta(hours=section.session_hours)
    client = visit.request.client.host if visit.request.client else ""
    name, password = visit.form.get("name", ""), visit.form.get("password", "")
    after = local_path(visit.form.get("next", "/"))
    try:
        with visit.desk.board.writing() as db:
            person = sessions.sign_in(db, key, name, password, client, until, visit.now)
    except TooOften:
        return visit.page("sign_in.html", 429, next=after, fault="too_often")
    if person is None:
        return visit.page("sign_in.html", 401, next=after, fault="wrong")
    visit.cookies = [(visit.desk.cookie_name, key, int(section.session_hours * 3600))]
    return to(after)


def sign_out(visit: Visit) -> Response:
    with visit.desk.board.writing() as db:
        sessions.sign_out(db, visit.key)
    visit.cookies = [(visit.desk.cookie_name, secrets.token_urlsafe(32), None)]
    return to("/")


def language(visit: Visit) -> Response:
    wanted = visit.form.get("language", "")
    if wanted not in i18n.LANGUAGES:
        raise HTTPException(400, "no such language")
    visit.cookies.append((LANGUAGE, wanted, _YEAR))
    return to(local_path(visit.form.get("next", "/")))


PAGES = [
    ("/sign-in", form, "GET", None),
    ("/sign-in", sign_in, "POST", None),
    ("/sign-out", sign_out, "POST", None),
    ("/language", language, "POST", None),
]
