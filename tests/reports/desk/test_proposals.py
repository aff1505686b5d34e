"""Proposals for the catalogue: mended, accepted into its files, or taken off the list for good."""

from contextlib import closing
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from crawlers import archive, store
from crawlers.dates import Published, Quality
from crawlers.items import Item, Reading
from crawlers.registry import Outlet
from reports import work
from reports.desk.guard import Guard
from tests.reports.desk.browsing import send, sign_in
from tests.reports.desk.test_inventory import client, own

__all__ = ["client", "own"]

ID = "by-ma-ru-kos-agreement-2026-03"


def report(own: Guard, title: str, outlet: str = "", pair: str = "BY-MA:RU-KOS") -> None:
    """An archived article on a pair and about no entry."""
    desk = own.app.state.desk
    known = desk.board.outlets[outlet or next(iter(desk.board.outlets))]
    when = datetime(2026, 3, 2, 9, tzinfo=UTC)
    url = f"{known.homepage.rstrip('/')}/{len(title)}"
    item = Item(url, title, "", Published(when, None, Quality.FEED), reading=Reading.FULL)
    with closing((db := work.open_for(desk.settings)).conn), store.writing(db) as connection:
        article, _ = archive.save(connection, item, known.id, f"{known.id}.feed", known.zone, when)
        connection.execute("INSERT INTO pair_matches VALUES (?, ?)", (article, pair))


@pytest.fixture
def editor(own: Guard, client: TestClient) -> TestClient:
    report(own, "Могилёв и Кострома подписали соглашение о сотрудничестве")
    sign_in(client)
    return client


def key(client: TestClient) -> str:
    return client.get("/proposals").text.partition('name="key" value="')[2].partition('"')[0]


def test_an_accepted_proposal_is_an_entry(own: Guard, editor: TestClient) -> None:
    fields = {
        "key": key(editor),
        "answer": "accept",
        "title-ru": "Соглашение «О дружбе»",
        "signed": "2026-03-01",
    }
    assert send(editor, "/proposals", **fields).headers["location"] == f"/entry/{ID}"
    assert "Дружбе" in editor.get(f"/entry/{ID}", headers={"accept-language": "ru"}).text.title()
    known = own.app.state.desk.board.catalogue.entries[ID]
    assert str(known.signed) == "2026-03-01"
    assert known.title["en"].startswith("Cooperation agreement")
    assert key(editor) == ""
    assert send(editor, "/proposals", **fields).status_code == 400


def test_what_cannot_be_an_entry_is_told(own: Guard, editor: TestClient) -> None:
    fields = {"key": key(editor), "answer": "accept", "signed": "lately"}
    answer = send(editor, "/proposals", **fields)
    assert answer.status_code == 400
    assert "lately" in answer.text
    assert ID not in own.app.state.desk.board.catalogue.entries
    assert key(editor) == fields["key"]


def test_a_rejected_proposal_does_not_come_back(own: Guard, editor: TestClient) -> None:
    assert send(editor, "/proposals", key=key(editor), answer="reject").status_code == 303
    assert key(editor) == ""
    assert ID not in own.app.state.desk.board.catalogue.entries


def test_withheld_outlets_are_neither_shown_nor_kept(own: Guard, editor: TestClient) -> None:
    desk = own.app.state.desk
    name, outlet = list(desk.board.outlets.items())[-1]
    rule = {
        "jurisdiction": "BY",
        "kind": "listed",
        "since": "2022",
        "source": "https://example.org",
        "as_of": "2026",
    }
    hidden = Outlet.model_validate(outlet.model_dump(mode="json") | {"restrictions": [rule]})
    desk.board.outlets[name] = hidden
    report(own, "Могилёв и Кострома подписали большое соглашение", hidden.id)
    report(own, "Могилёв и Кострома учредили совместное предприятие", hidden.id)
    page = editor.get("/proposals").text
    assert page.count('name="key"') == 1  # of the venture nothing may be shown
    assert hidden.homepage not in page
    send(editor, "/proposals", key=key(editor), answer="accept")
    assert not any(hidden.homepage in url for url in desk.board.catalogue.entries[ID].book.urls)


def test_proposals_are_for_editors(own: Guard, client: TestClient) -> None:
    report(own, "Могилёв и Кострома подписали соглашение о сотрудничестве")
    sign_in(client, "Ryhor")
    assert client.get("/proposals").status_code == 403
    assert send(client, "/proposals", key="1", answer="accept").status_code == 403


def test_looking_writes_nothing(own: Guard, editor: TestClient) -> None:
    assert key(editor)
    with closing((db := work.open_for(own.app.state.desk.settings)).conn):
        assert db.conn.execute("SELECT count(*) FROM proposals").fetchone() == (0,)
