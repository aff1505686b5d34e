"""An editor's own password: changed with the old one, and other sessions end."""

import pytest
from starlette.testclient import TestClient

from reports import sessions
from reports.desk.guard import Guard
from tests.reports.desk.browsing import ADDRESS, PASSWORD, send, sign_in
from tests.reports.desk.test_inventory import own

__all__ = ["own"]

NEW = "another good password"


def visitor(own: Guard) -> TestClient:
    return TestClient(own, base_url=ADDRESS, follow_redirects=False)


def change(client: TestClient, old: str = PASSWORD, new: str = NEW, again: str = "") -> int:
    return int(send(client, "/password", old=old, new=new, again=again or new).status_code)


@pytest.mark.parametrize("name", ["Anna", "Ryhor"])
def test_a_new_password_ends_other_sessions(own: Guard, name: str) -> None:
    here, elsewhere = visitor(own), visitor(own)
    for client in (here, elsewhere):
        sign_in(client, name)
    before = here.cookies["mediagap"]
    assert change(here) == 303
    assert name in here.get("/password?changed=1").text
    assert here.cookies["mediagap"] != before
    assert elsewhere.get("/password").headers["location"] == "/sign-in?next=/password"
    assert sign_in(visitor(own), name).status_code == 401
    assert sign_in(visitor(own), name, NEW).status_code == 303


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"old": "wrong"}, 401, "The old password is wrong."),
        ({"new": "short"}, 400, "10 to 200 characters"),
        ({"again": "something else"}, 400, "differently the second time"),
    ],
)
def test_what_changes_no_password(own: Guard, fields: dict[str, str], status: int, said: str) -> None:
    client = visitor(own)
    sign_in(client)
    answer = send(
        client, "/password", **({"old": PASSWORD, "new": NEW, "again": fields.get("new", NEW)} | fields)
    )
    assert answer.status_code == status
    assert said in answer.text
    assert 'value="short' not in answer.text
    assert sign_in(visitor(own)).status_code == 303


def test_guessing_the_old_password_is_throttled(own: Guard) -> None:
    client = visitor(own)
    sign_in(client)
    assert {change(client, "wrong") for _ in range(sessions.OF_ADDRESS)} == {401}
    assert change(client) == 429


def test_nobody_changes_it_without_signing_in(own: Guard) -> None:
    client = visitor(own)
    assert (
        send(client, "/password", old=PASSWORD, new=NEW, again=NEW).headers["location"]
        == "/sign-in?next=/password"
    )
    assert sign_in(client).status_code == 303
