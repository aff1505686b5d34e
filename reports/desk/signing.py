"""Signing in and out, one's own password, and the language of the pages."""

import secrets
from datetime import datetime, timedelta

from starlette.exceptions import HTTPException
from starlette.responses import Response

from reports import editors, i18n, sessions
from reports.desk.visit import LANGUAGE, Visit, local_path, to
from reports.sessions import TooOften

_YEAR = 365 * 24 * 3600


def form(visit: Visit) -> Response:
    return visit.page("sign_in.html", next=local_path(visit.request.query_params.get("next", "/")), fault="")


def sign_in(visit: Visit) -> Response:
    key, until = _fresh(visit)
    name, password = visit.form.get("name", ""), visit.form.get("password", "")
    after = local_path(visit.form.get("next", "/"))
    try:
        with visit.desk.board.writing() as db:
            person = sessions.sign_in(db, key, name, password, _address(visit), until, visit.now)
    except TooOften:
        return visit.page("sign_in.html", 429, next=after, fault="too_often")
    if person is None:
        return visit.page("sign_in.html", 401, next=after, fault="wrong")
    _keep(visit, key)
    return to(after)


def password_form(visit: Visit) -> Response:
    return _password(visit, "") if visit.person else to("/sign-in?next=/password")


def change_password(visit: Visit) -> Response:
    """Asks for the old one, as somebody else may sit before a screen that was left; ends all other sessions."""
    if visit.person is None:
        return to("/sign-in?next=/password")
    key, until = _fresh(visit)
    old, new, again = (visit.form.get(name, "") for name in ("old", "new", "again"))
    t, least, most = visit.reader.t, editors.SHORTEST_PASSWORD, editors.LONGEST_PASSWORD
    if not least <= len(new) <= most:
        allowed = t("A new password has {least} to {most} characters.", least=least, most=most)
        return _password(visit, allowed, 400)
    if new != again:
        return _password(visit, t("The new password was typed differently the second time."), 400)
    name = visit.person.name
    try:
        with visit.desk.board.writing() as db:
            done = sessions.change_password(db, key, name, old, new, _address(visit), until, visit.now)
    except TooOften:
        return _password(visit, t("Too many tries. Wait a quarter of an hour."), 429)
    if done is None:
        return _password(visit, t("The old password is wrong."), 401)
    _keep(visit, key)
    return to("/password?changed=1")


def _password(visit: Visit, fault: str, status: int = 200) -> Response:
    changed = visit.request.query_params.get("changed", "")
    return visit.page("password.html", status, fault=fault, changed=changed, least=editors.SHORTEST_PASSWORD)


def _fresh(visit: Visit) -> tuple[str, datetime]:
    """A new value of the cookie, never the visitor's, which somebody else may have set; and until when it holds."""
    return secrets.token_urlsafe(32), visit.now + timedelta(hours=visit.desk.settings.desk.session_hours)


def _keep(visit: Visit, key: str) -> None:
    seconds = int(visit.desk.settings.desk.session_hours * 3600)
    visit.cookies = [(visit.desk.cookie_name, key, seconds)]


def _address(visit: Visit) -> str:
    return visit.request.client.host if visit.request.client else ""


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
    ("/password", password_form, "GET", None),
    ("/password", change_password, "POST", None),
    ("/sign-out", sign_out, "POST", None),
    ("/language", language, "POST", None),
]
