"""The inventory: what editors know of entries without a sign of life goes to the catalogue, and back."""

import os
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from matcher import catalogue
from reports import editors, work
from reports.config import Settings
from reports.desk.app import create_app
from reports.desk.guard import Guard, Place
from tests.reports.desk.browsing import ADDRESS, PASSWORD, PORT, send, sign_in

PAGE = "https://example.by/act"


@pytest.fixture
def own(tmp_path: Path, demo: Path) -> Guard:
    """A desk on an empty archive and three files of the catalogue: a change is checked with all there is."""
    for name in ("bryansk", "kostroma", "_country"):
        target = tmp_path / "catalogue" / "ru" / f"{name}.yml"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(catalogue.CATALOGUE / "ru" / f"{name}.yml", target)
    settings = Settings(db=tmp_path / "mediagap.db", sources=demo / "sources", catalogue=tmp_path / "catalogue")
    with closing((db := work.open_for(settings)).conn):
        editors.add(db, "Anna", "editor", ["BY-MA"], PASSWORD)
        editors.add(db, "Ryhor", "reader", [], PASSWORD)
    return create_app(settings, Place.of(settings.desk, "127.0.0.1", PORT))


@pytest.fixture
def client(own: Guard) -> TestClient:
    return TestClient(own, base_url=ADDRESS, follow_redirects=False)


def files(own: Guard) -> list[bytes]:
    folder: Path = own.app.state.desk.settings.catalogue
    return [path.read_bytes() for path in sorted(folder.glob("*/*.yml"))]


def first(client: TestClient) -> str:
    """The entry that is asked first."""
    return client.get("/inventory").text.partition('name="entry" value="')[2].partition('"')[0]


@pytest.mark.parametrize(("said", "state"), [("yes", "live"), ("no", "completed")])
def test_an_answer_is_written_shown_and_undone(own: Guard, client: TestClient, said: str, state: str) -> None:
    sign_in(client)
    entry, before = first(client), files(own)
    fields = {"entry": entry, "answer": said, "over": "completed", "source": PAGE, "next": "/inventory"}
    assert send(client, "/inventory", **fields).headers["location"] == "/inventory"
    view = own.app.state.desk.board.view("en")
    assert next(one for one in view.lines if one.entry.id == entry).life.state == state
    assert PAGE in str(view.snapshot.catalogue.entries[entry].history)
    assert files(own) != before
    assert send(client, "/inventory", **fields).status_code == 400  # once is enough
    page = client.get("/inventory").text
    assert f'name="entry" value="{entry}"' not in page
    assert page.count("Anna:") == 1  # who answered what
    assert send(client, "/inventory/undo").status_code == 303
    assert files(own) == before
    assert first(client) == entry


def test_only_entries_of_the_region_are_asked(own: Guard, client: TestClient) -> None:
    sign_in(client)
    known = own.app.state.desk.board.catalogue.entries
    page = client.get("/inventory").text
    asked = [part.partition('"')[0] for part in page.split('name="entry" value="')[1:]]
    assert asked
    assert all(any("BY-MA" in pair for pair in known[one].pairs) for one in asked)


def test_what_nobody_can_tell_is_asked_last(own: Guard, client: TestClient) -> None:
    sign_in(client)
    entry, before = first(client), files(own)
    assert send(client, "/inventory", entry=entry, answer="unsure").status_code == 303
    assert first(client) != entry
    assert files(own) == before
    send(client, "/inventory/undo")
    assert first(client) == entry
    assert send(client, "/inventory/undo").status_code == 400  # nothing more of hers


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"answer": "yes"}, "Name the page"), ({"answer": "yes", "source": "javascript:alert(1)"}, "source"),
        ({"answer": "no", "source": PAGE, "since": "soon"}, "date"), ({"answer": "yes", "source": PAGE, "since": "2999"}, "date"),
        ({"answer": "maybe", "source": PAGE}, ""), ({"answer": "no", "over": "lost", "source": PAGE}, ""),
    ],
)  # fmt: skip
def test_odd_answers_change_nothing(own: Guard, client: TestClient, fields: dict[str, str], told: str) -> None:
    sign_in(client)
    entry, before = first(client), files(own)
    answer = send(client, "/inventory", entry=entry, **fields)
    assert answer.status_code == 400
    assert told in answer.text
    assert str(own.app.state.desk.settings.catalogue) not in answer.text
    assert files(own) == before
    assert first(client) == entry


def test_a_catalogue_that_cannot_be_written_is_told(
    own: Guard, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client)
    entry, before = first(client), files(own)
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert "cannot be changed here" in client.get("/inventory").text
    answer = send(client, "/inventory", entry=entry, answer="yes", source=PAGE)
    assert answer.status_code == 400
    assert "cannot be changed here" in answer.text
    assert files(own) == before


def test_readers_answer_nothing(own: Guard, client: TestClient) -> None:
    before = files(own)
    entry = next(iter(own.app.state.desk.board.catalogue.entries))
    sign_in(client, "Ryhor")
    assert client.get("/inventory").status_code == 200
    assert send(client, "/inventory", entry=entry, answer="yes", source=PAGE).status_code == 403
    assert files(own) == before
