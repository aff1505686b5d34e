"""The page of sources: an editor retires an outlet or one of its sources, and restores it."""

from contextlib import closing

import pytest
from starlette.testclient import TestClient

from crawlers import retired
from reports import work
from reports.desk.guard import Guard
from tests.reports.desk.browsing import ADDRESS, send, sign_in
from tests.reports.desk.test_inventory import own

__all__ = ["own"]

WHY = "its feed ended <b>in May</b>"
SIDE = "/sources?side=RU-KOS"


@pytest.fixture
def editor(own: Guard) -> TestClient:
    client = TestClient(own, base_url=ADDRESS, follow_redirects=False)
    sign_in(client)
    return client


@pytest.fixture
def outlet(own: Guard) -> str:
    known = own.app.state.desk.board.outlets
    return next(name for name, one in known.items() if one.place == "RU-KOS" and one.sources)


def kept(own: Guard) -> dict[str, retired.Decision]:
    with closing((db := work.open_for(own.app.state.desk.settings)).conn):
        return retired.retired(db)


@pytest.mark.parametrize("whole", [True, False])
def test_a_source_is_retired_and_restored(own: Guard, editor: TestClient, outlet: str, whole: bool) -> None:
    known = own.app.state.desk.board.outlets[outlet]
    subject = outlet if whole else known.source_id(known.sources[0])
    assert send(editor, SIDE, subject=subject, act="retire", why=WHY).headers["location"] == SIDE
    one = kept(own)[subject]
    assert (one.by, one.why) == ("Anna", WHY)
    for path in ("/sources", SIDE):
        assert "its feed ended &lt;b&gt;" in editor.get(path).text
    assert send(editor, SIDE, subject=subject, act="restore", why="it is back").status_code == 303
    assert kept(own) == {}
    assert "its feed ended" not in editor.get("/sources").text


def test_what_is_not_decided(own: Guard, editor: TestClient, outlet: str) -> None:
    assert "Say why" in send(editor, SIDE, subject=outlet, act="retire", why=" ").text
    assert "meanwhile" in send(editor, SIDE, subject=outlet, act="restore", why=WHY).text
    assert send(editor, SIDE, subject="zz-none", act="retire", why=WHY).status_code == 400
    assert send(editor, SIDE, subject=f"{outlet}/none", act="retire", why=WHY).status_code == 400
    assert send(editor, SIDE, subject=outlet, act="delete", why=WHY).status_code == 400
    assert kept(own) == {}


def test_readers_retire_nothing(own: Guard, outlet: str) -> None:
    client = TestClient(own, base_url=ADDRESS, follow_redirects=False)
    sign_in(client, "Ryhor")
    assert "Retire" not in client.get(SIDE).text
    assert send(client, SIDE, subject=outlet, act="retire", why=WHY).status_code == 403
    assert kept(own) == {}
