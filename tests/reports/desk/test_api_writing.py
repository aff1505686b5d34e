"""Programs decide by the code of the pages: a gap closes at once, is undone, a missed article is added."""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from matcher import catalogue
from reports import editors, work
from reports.config import CrawlSection, Settings
from reports.desk.app import create_app
from reports.desk.board import Board
from reports.desk.guard import Guard, Place
from tests.crawlers.local_press import PROSE, Site, page
from tests.reports.desk.api_client import program, token_of
from tests.reports.desk.browsing import PASSWORD, PORT


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()
    yield found
    found.close()


@pytest.fixture
def own(demo: Path, tmp_path: Path, site: Site) -> Guard:
    """A desk that may be written to, which may fetch from a site of one of its outlets."""
    for path in (demo / "mediagap.db", *demo.glob("mediagap.db.catalogue*")):
        shutil.copy(path, tmp_path)
    shutil.copytree(demo / "sources", tmp_path / "sources")
    shutil.copytree(catalogue.CATALOGUE, tmp_path / "catalogue")
    path = next((tmp_path / "sources" / "by").glob("*.yml"))
    host = site.url.removeprefix("http://")
    path.write_text(path.read_text(encoding="utf-8") + f"hosts: ['{host}']\n", encoding="utf-8")
    found = Settings(
        db=tmp_path / "mediagap.db", sources=tmp_path / "sources", catalogue=tmp_path / "catalogue",
        crawl=CrawlSection(delay=0, retries=0, timeout=10),
    )  # fmt: skip
    with closing((db := work.open_for(found)).conn):
        for name in ("Anna", "Boris"):
            editors.add(db, name, "editor", [], PASSWORD)
    return create_app(found, Place.of(found.desk, "127.0.0.1", PORT), (int(site.url.rpartition(":")[2]),))


@pytest.fixture
def anna(own: Guard) -> TestClient:
    return program(own, token_of(own.app.state.desk.settings, "Anna", "sheet"))


@pytest.fixture
def boris(own: Guard) -> TestClient:
    return program(own, token_of(own.app.state.desk.settings, "Boris", "sheet"))


def board(own: Guard) -> Board:
    found: Board = own.app.state.desk.board
    return found


def side(client: TestClient, row: dict[str, Any]) -> dict[str, Any]:
    sides = client.get(f"/api/entries/{row['entry']}").json()["sides"]
    return next(one for one in sides if (one["pair"], one["side"]) == (row["pair"], row["side"]))


def gap(client: TestClient, **query: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/gaps", params=query).json()["rows"][0]
    assert found["value"] == "none_found"
    return found


def test_a_yes_closes_a_gap_and_undo_opens_it_again(own: Guard, anna: TestClient, boris: TestClient) -> None:
    row = gap(anna, side="RU-KOS")
    with board(own).reading() as db:
        asked = "SELECT id FROM articles WHERE outlet = ? AND published_day >= ?"
        (article,) = db.conn.execute(asked, (row["outlets"][0], row["first"])).fetchone()
    said = {"article": article, "entry": row["entry"]}
    made = anna.post("/api/decisions", json=said | {"verdict": "yes", "reason": "the lead says so"})
    assert made.status_code == 201
    assert made.json() | {"decided": ""} == said | {
        "verdict": "yes", "reason": "the lead says so", "author": "Anna", "decided": "",
    }  # fmt: skip
    assert side(anna, row)["value"] == "covered"
    assert row["entry"] not in [one["entry"] for one in anna.get("/api/gaps?side=RU-KOS").json()["rows"]]
    assert anna.get("/api/decisions").json()["decisions"] == [made.json()]
    assert anna.get(f"/api/articles/{article}").json()["decisions"][0]["author"] == "Anna"
    refused = boris.post("/api/decisions/undo", json=said)
    assert (refused.status_code, "your own" in refused.json()["detail"]) == (409, True)
    assert anna.post("/api/decisions/undo", json=said).json()["verdict"] == "unsure"
    assert side(anna, row)["value"] == "none_found"


def test_a_missed_article_is_added_and_counts(own: Guard, anna: TestClient, site: Site) -> None:
    outlet = next(
        one for one in board(own).outlets.values() if site.url.removeprefix("http://") in one.own_hosts
    )
    row = gap(anna, side=outlet.place)
    site["/news/77"] = page("О соглашении", PROSE, f"{row['last']}T00:10:00+03:00")
    answer = anna.post(
        "/api/articles", json={"url": f"{site.url}/news/77", "entry": row["entry"], "day": row["last"]}
    )
    assert answer.status_code == 201, answer.text
    assert (answer.json()["outlet"], answer.json()["decided"]) == (outlet.id, row["entry"])
    assert side(anna, row)["value"] == "covered"


def test_only_outlets_are_fetched(desk: Guard, settings: Settings) -> None:
    client = program(desk, token_of(settings, "Anna", "addresses"))
    for url in (
        "http://127.0.0.1:1/x",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "https://evil.example/1",
        "x",
    ):
        answer = client.post("/api/articles", json={"url": url})
        assert answer.status_code == 422
        assert "allowed: an" in answer.json()["detail"]


def test_a_lead_is_taken_and_given_back(own: Guard, anna: TestClient, boris: TestClient) -> None:
    lead = anna.get("/api/leads?region=BY-MA").json()["leads"][0]
    named = {name: lead[name] for name in ("entry", "kind", "side")}
    until = str(board(own).view("en").snapshot.today + timedelta(days=7))
    assert anna.post("/api/leads", json=named | {"work": "taken"}).status_code == 422  # until when?
    assert anna.post("/api/leads", json=named | {"work": "taken", "until": until}).json()["author"] == "Anna"
    (seen,) = (
        one for one in boris.get("/api/leads?region=BY-MA").json()["leads"] if named.items() <= one.items()
    )
    assert (seen["work"]["work"], seen["work"]["author"], seen["work"]["until"]) == ("taken", "Anna", until)
    assert boris.post("/api/leads", json=named | {"work": "open"}).status_code == 201
    assert anna.get("/api/leads?region=BY-MA").json()["leads"][0]["work"] is None
    wrong = anna.post("/api/leads", json=named | {"side": "KZ-ALM", "work": "declined"})
    assert (wrong.status_code, "side: found 'KZ-ALM'" in wrong.json()["detail"]) == (422, True)


def test_an_answer_is_written_and_taken_back(anna: TestClient) -> None:
    entry = anna.get("/api/inventory").json()["questions"][0]["entry"]
    said = {"entry": entry, "answer": "yes", "source": "https://example.by/act"}
    assert anna.post("/api/inventory", json={"entry": entry, "answer": "yes"}).status_code == 422
    assert anna.post("/api/inventory", json=said).json()["answer"] == "active"
    told = anna.get(f"/api/entries/{entry}").json()
    assert told["life"]["state"] == "live"
    assert [one["source"] for one in told["entry"]["history"]] == ["https://example.by/act"]
    assert anna.post("/api/inventory", json=said).status_code == 409  # once is enough
    assert anna.post("/api/inventory/undo").json()["entry"] == entry
    assert anna.get(f"/api/entries/{entry}").json()["life"]["state"] == "unverified"
    assert anna.post("/api/inventory/undo").status_code == 409


def test_proposals_are_accepted_mended_and_rejected(anna: TestClient) -> None:
    first, second, *rest = anna.get("/api/proposals").json()["proposals"]
    mended = {"answer": "accept", "title": {"en": "A plan of ours"}}
    entry = anna.post(f"/api/proposals/{first['number']}", json=mended).json()["entry"]
    assert anna.get(f"/api/entries/{entry}").json()["entry"]["title"]["en"] == "A plan of ours"
    assert anna.post(f"/api/proposals/{second['number']}", json={"answer": "reject"}).json()["entry"] is None
    left = [one["number"] for one in anna.get("/api/proposals").json()["proposals"]]
    assert left == [one["number"] for one in rest]
    assert anna.post(f"/api/proposals/{first['number']}", json=mended).status_code == 404


def test_what_is_withheld_is_not_there(own: Guard, anna: TestClient) -> None:
    """Of an outlet that may not be named here no answer has a trace, nor says that it is hidden."""
    named = board(own).outlets["demo-stolichnoe-agentstvo"]
    with board(own).reading() as db:
        asked = "SELECT a.id, m.entry FROM articles a JOIN matches m ON m.article = a.id WHERE a.outlet = ?"
        article, entry = db.conn.execute(asked, (named.id,)).fetchone()
    assert (
        anna.post("/api/decisions", json={"article": article, "entry": entry, "verdict": "no"}).status_code
        == 201
    )
    rule = {
        "jurisdiction": "BY",
        "kind": "listed",
        "since": "2022",
        "source": "https://example.org",
        "as_of": "2026",
    }
    hidden = type(named).model_validate(named.model_dump(mode="json") | {"restrictions": [rule]})
    board(own).outlets[named.id] = hidden
    board(own).renew()
    paths = [
        "gaps?value=all",
        "pairs",
        "leads",
        "review",
        "decisions",
        "inventory",
        "proposals",
        "sources",
        "status",
    ]
    paths += ["articles?q=Беларус*&limit=100", f"entries/{entry}"]
    for path in paths:
        told = anna.get(f"/api/{path}")
        assert told.status_code == 200, path
        assert named.id not in told.text, path
        assert named.title not in told.text, path
        assert not any(host in told.text for host in named.own_hosts), path
    assert anna.get("/api/decisions").json() == {"decisions": []}
    for answer in (
        anna.get(f"/api/articles/{article}"),
        anna.post("/api/decisions", json={"article": article, "entry": entry, "verdict": "yes"}),
    ):
        told, none = answer.json()["detail"], anna.get("/api/articles/99999").json()["detail"]
        assert told.replace(str(article), "99999") == none
    assert anna.get("/api/gaps").json()["withheld"] is True


def test_hostile_text_stays_json(own: Guard, anna: TestClient) -> None:
    hostile = '</script><img src=x onerror=alert(1)>"\u202e'
    with board(own).writing() as db:
        db.conn.execute("UPDATE articles SET title = ? WHERE id = 1", (hostile,))
        db.conn.commit()
    answer = anna.get("/api/articles/1")
    assert answer.headers["content-type"] == "application/json"
    assert json.loads(answer.text)["title"] == hostile
