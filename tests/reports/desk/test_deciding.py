"""Deciding by plain forms: a gap closes at once, is undone, and a missed article is added by its address."""

import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from matcher import decisions
from reports import editors, work
from reports.config import CrawlSection, Settings
from reports.desk.app import create_app
from reports.desk.deciding import questions
from reports.desk.guard import Guard, Place
from tests.crawlers.local_press import PROSE, Site, page
from tests.reports.desk.browsing import ADDRESS, PASSWORD, PORT, send, sign_in
from tests.reports.made_up import ago, entry, snapshot, text, view


@pytest.fixture
def own(demo: Path, tmp_path: Path) -> Iterator[tuple[Guard, Site]]:
    """A desk that may be written to, and a site from which it may fetch."""
    site = Site()
    shutil.copy(demo / "mediagap.db", tmp_path)
    shutil.copytree(demo / "sources", tmp_path / "sources")
    path = next((tmp_path / "sources" / "by").glob("*.yml"))
    path.write_text(
        path.read_text(encoding="utf-8") + f"hosts: ['{site.url.removeprefix('http://')}']\n", encoding="utf-8"
    )
    crawl = CrawlSection(delay=0, retries=0, timeout=10)
    settings = Settings(db=tmp_path / "mediagap.db", sources=tmp_path / "sources", crawl=crawl)
    with closing((db := work.open_for(settings)).conn):
        editors.add(db, "Anna", "editor", ["BY-MA"], PASSWORD)
        editors.add(db, "Ryhor", "reader", [], PASSWORD)
    port = int(site.url.rpartition(":")[2])
    yield create_app(settings, Place.of(settings.desk, "127.0.0.1", PORT), (port,)), site
    site.close()


@pytest.fixture
def editor(own: tuple[Guard, Site]) -> TestClient:
    client = TestClient(own[0], base_url=ADDRESS, follow_redirects=False, raise_server_exceptions=False)
    assert sign_in(client).status_code == 303
    return client


def board(own: tuple[Guard, Site]) -> object:
    return own[0].app.state.desk.board


def gap(own: tuple[Guard, Site]) -> object:
    """A gap of the demo, with an article of that side."""
    seen = board(own).view("en")
    return next(one for one in seen.gaps if one.side == "RU-KOS")


def value(own: tuple[Guard, Site], one: object) -> str:
    lines = board(own).view("en").lines
    return next(o.value for o in lines if (o.line, o.pair, o.side) == (one.line, one.pair, one.side))


def article_of(own: tuple[Guard, Site], one: object) -> int:
    seen = board(own).view("en")
    outlet = one.observed.outlets[0].outlet.id
    with board(own).reading() as db:
        row = db.conn.execute(
            "SELECT id FROM articles WHERE outlet = ? AND published_day >= ? ORDER BY id DESC",
            (outlet, str(one.first)),
        ).fetchone()
    assert row is not None
    assert seen
    return int(row[0])


def test_a_yes_closes_a_gap_and_undo_opens_it_again(own: tuple[Guard, Site], editor: TestClient) -> None:
    one = gap(own)
    article = article_of(own, one)
    fields = {"article": str(article), "entry": one.entry.id}
    assert send(editor, "/decide", verdict="yes", **fields).headers["location"] == "/review"
    assert value(own, one) == "covered"
    assert f"/entry/{one.line}" not in editor.get("/gaps?side=RU-KOS").text
    page = editor.get("/decisions").text
    assert "Anna" in page
    assert f'href="/article/{article}"' in page
    assert 'action="/undo"' in editor.get("/review").text
    assert send(editor, "/undo", **fields).status_code == 303
    assert value(own, one) == "none_found"
    assert 'action="/undo"' not in editor.get("/review").text


def test_what_was_decided_meets_the_whole_reading(own: tuple[Guard, Site], editor: TestClient) -> None:
    """What is shown at once is what reading the whole database anew shows."""
    one = gap(own)
    send(editor, "/decide", verdict="yes", article=str(article_of(own, one)), entry=one.entry.id)
    fast = {(o.line, o.pair, o.side): (o.value, len(o.publications)) for o in board(own).view("en").lines}
    board(own).renew()
    assert {
        (o.line, o.pair, o.side): (o.value, len(o.publications)) for o in board(own).view("en").lines
    } == fast


@pytest.mark.parametrize("path", ["/decide", "/undo", "/add"])
def test_readers_decide_nothing(own: tuple[Guard, Site], path: str) -> None:
    client = TestClient(own[0], base_url=ADDRESS, follow_redirects=False)
    fields = {"article": "1", "entry": "tsvet-naftan", "verdict": "yes", "url": "https://x.example/1"}
    assert send(client, path, **fields).headers["location"].startswith("/sign-in")
    sign_in(client, "Ryhor")
    assert send(client, path, **fields).status_code == 403
    with board(own).reading() as db:
        assert decisions.of_article(db, 1) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"article": "1", "entry": "no-such-entry", "verdict": "yes"}, {"article": "x", "entry": "tsvet-naftan", "verdict": "no"},
        {"article": "999999", "entry": "tsvet-naftan", "verdict": "no"}, {"article": "1", "entry": "tsvet-naftan", "verdict": "maybe"},
    ],
)  # fmt: skip
def test_odd_decisions_are_refused(editor: TestClient, fields: dict[str, str]) -> None:
    assert send(editor, "/decide", **fields).status_code == 400


def test_only_ones_own_decision_is_undone(editor: TestClient) -> None:
    assert send(editor, "/undo", article="1", entry="tsvet-naftan").status_code == 400


def test_a_missed_article_is_added_and_counts(own: tuple[Guard, Site], editor: TestClient) -> None:
    seen = board(own).view("en")
    own[1]["/news/77"] = page("О соглашении", PROSE, f"{seen.snapshot.today}T00:10:00+03:00")
    outlet = next(o for o in board(own).outlets.values() if own[1].url.removeprefix("http://") in o.own_hosts)
    one = next(o for o in seen.gaps if o.side == outlet.place)
    day = str(one.last)
    answer = send(editor, "/add", url=f"{own[1].url}/news/77", entry=one.entry.id, day=day)
    assert answer.status_code == 303, re.sub(r"<[^>]+>|\s+", " ", answer.text)
    assert answer.headers["location"].startswith(f"/entry/{one.entry.id}?added=")
    assert value(own, one) == "covered"
    assert "counts from now on" in editor.get(f"/entry/{one.line}?added=1").text


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://127.0.0.1:1/x", "Ни у одного из читаемых здесь изданий"),
        ("http://169.254.169.254/latest", "Ни у одного из читаемых здесь изданий"),
        ("https://evil.example/1", "Ни у одного из читаемых здесь изданий"),
        ("file:///etc/passwd", "Это не адрес страницы"),
        ("x", "Это не адрес страницы"),
    ],
)
def test_only_outlets_are_fetched(editor: TestClient, url: str, said: str) -> None:
    send(editor, "/language", language="ru")
    answer = send(editor, "/add", url=url)
    assert answer.status_code == 400
    assert said in answer.text


@pytest.mark.parametrize(
    ("path", "day", "said"),
    [
        ("/", "", "заглавная страница издания"),
        ("/none", "", "Страницу не удалось прочитать: адрес не существует."),
        ("/none", "2999-01-01", "в будущем"),
        ("/none", "yesterday", "День не удалось прочитать."),
    ],
)
def test_why_nothing_was_added_is_said_in_the_readers_language(
    own: tuple[Guard, Site], editor: TestClient, path: str, day: str, said: str
) -> None:
    own[1]["/"] = page("О соглашении", PROSE, "2026-11-01T00:10:00+03:00")
    send(editor, "/language", language="ru")
    answer = send(editor, "/add", url=own[1].url + path, day=day)
    assert answer.status_code == 400
    assert said in answer.text
    assert "allowed" not in answer.text


def test_an_article_is_added_to_an_entry_found_by_its_title(
    own: tuple[Guard, Site], editor: TestClient
) -> None:
    one = gap(own)
    number = article_of(own, one)
    title = board(own).catalogue.entries[one.entry.id].title["ru"]
    found = editor.get(f"/article/{number}", params={"find": title}).text
    assert f'name="entry" value="{one.entry.id}"' in found
    assert "Nothing fits" in editor.get(f"/article/{number}?find=zzzz").text
    answer = send(
        editor, "/decide", article=str(number), entry=one.entry.id, verdict="yes", next=f"/article/{number}"
    )
    assert answer.headers["location"] == f"/article/{number}"
    assert value(own, one) == "covered"


def test_the_most_uncertain_is_asked_first() -> None:
    near = [
        text(2, "deal-one", ago(5), "drut", grade="near", score=0.3),
        text(3, "deal-two", ago(300), "drut", grade="near"),
    ]
    told = [
        text(1, "deal-one", ago(50), "volga"),
        text(4, "deal-two", ago(20), "kostroma"),
        text(5, "deal-two", ago(9), "drut"),
    ]
    made = view(snapshot([entry("deal-one"), entry("deal-two", size=None)], told, near))
    asked = questions(made, {})
    assert asked[0].text.article == 2  # a near miss that may hide a gap
    assert [one.urgency for one in asked] == sorted(one.urgency for one in asked)
    assert asked[-1].text.article == 3  # a near miss of a covered line changes nothing
