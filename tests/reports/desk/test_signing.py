"""Who gets in, for how long, and what a visitor without a name may see."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database
from starlette.testclient import TestClient
from typer.testing import CliRunner

from crawlers.errors import DataError
from reports import cli, editors, sessions, work
from reports.config import DeskSection, Settings
from reports.desk.app import create_app
from reports.desk.guard import Guard, Place
from tests.reports.desk.browsing import ADDRESS, PASSWORD, send, sign_in

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
UNTIL = NOW + timedelta(hours=12)


@pytest.fixture(autouse=True)
def _no_failures_before(settings: Settings) -> Iterator[None]:
    yield
    with closing((db := work.open_for(settings)).conn):
        db.conn.execute("DELETE FROM sign_in_failures")


def test_signing_in_and_out(client: TestClient) -> None:
    answer = sign_in(client, next="/matrix")
    assert (answer.status_code, answer.headers["location"]) == (303, "/matrix")
    assert "Anna" in client.get("/gaps").text
    kept = client.cookies["mediagap"]
    assert send(client, "/sign-out").status_code == 303
    assert "Anna" not in client.get("/gaps").text
    client.cookies.set("mediagap", kept, domain="127.0.0.1")
    assert "Anna" not in client.get("/gaps").text


def test_a_session_begins_with_a_fresh_cookie(client: TestClient) -> None:
    client.get("/sign-in")
    before = client.cookies["mediagap"]
    cookie = sign_in(client).headers["set-cookie"]
    assert before not in cookie
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))


def test_behind_tls_cookies_are_secure(settings: Settings) -> None:
    section = DeskSection(address="https://desk.example.org")
    app = create_app(settings.model_copy(update={"desk": section}), Place.of(section, "127.0.0.1", 8040))
    client = TestClient(app, base_url="https://desk.example.org", follow_redirects=False)
    answer = client.get("/sign-in")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-mediagap=")
    assert "Secure" in cookie.split("; ")
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    # others can reach it: nothing is read without signing in
    assert client.get("/gaps?side=BY").headers["location"] == "/sign-in?next=%2Fgaps%3Fside%3DBY"
    assert client.get("/gaps.csv").status_code == 303


@pytest.mark.parametrize(
    ("name", "password"), [("Anna", "wrong"), ("Nobody", PASSWORD), ("Anna", ""), ("", "")]
)
def test_a_wrong_word_says_not_which(client: TestClient, name: str, password: str) -> None:
    answer = sign_in(client, name, password)
    assert answer.status_code == 401
    assert "Name or password is wrong" in answer.text


@pytest.mark.parametrize(
    "path", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\n/x"]
)
def test_signing_in_leads_nowhere_else(client: TestClient, path: str) -> None:
    assert sign_in(client, next=path).headers["location"] == "/"


def test_tries_from_an_address_are_throttled(client: TestClient) -> None:
    for _ in range(sessions.OF_ADDRESS):
        assert sign_in(client, "Anna", "wrong").status_code == 401
    answer = sign_in(client)
    assert answer.status_code == 429
    assert "Too many tries" in answer.text


def test_tries_at_a_name_are_throttled_until_later(db: Database) -> None:
    editors.add(db, "Anna", "editor", [], PASSWORD)
    for n in range(sessions.OF_NAME):
        db.conn.execute("INSERT INTO sign_in_failures VALUES ('name anna', '2026-11-23T05:59:59Z')")
        assert n < sessions.OF_NAME
    with pytest.raises(sessions.TooOften):
        sessions.sign_in(db, "k", "ANNA", PASSWORD, "192.0.2.1", UNTIL, NOW)
    later = NOW + sessions.WITHIN
    assert sessions.sign_in(db, "k", "ANNA", PASSWORD, "192.0.2.1", UNTIL, later)


def test_a_session_expires(db: Database) -> None:
    editors.add(db, "Anna", "editor", [], PASSWORD)
    assert sessions.sign_in(db, "k", "anna", PASSWORD, "192.0.2.1", UNTIL, NOW)
    assert sessions.whose(db, "k", UNTIL - timedelta(seconds=1)) == editors.find(db, "Anna")
    assert sessions.whose(db, "k", UNTIL) is None
    assert sessions.whose(db, "another", NOW) is None


@pytest.mark.parametrize("act", ["disable", "reset"])
def test_disabling_and_resetting_end_sessions(db: Database, act: str) -> None:
    editors.add(db, "Anna", "editor", [], PASSWORD)
    sessions.sign_in(db, "k", "Anna", PASSWORD, "192.0.2.1", UNTIL, NOW)
    editors.disable(db, "anna") if act == "disable" else editors.reset(db, "anna", "another password")
    assert sessions.whose(db, "k", NOW) is None
    assert sessions.sign_in(db, "k", "Anna", PASSWORD, "192.0.2.1", UNTIL, NOW) is None


def test_the_file_lets_nobody_in(db: Database) -> None:
    editors.add(db, "Anna", "editor", [], PASSWORD)
    sessions.sign_in(db, "the-cookie", "Anna", PASSWORD, "192.0.2.1", UNTIL, NOW)
    kept = [*db.conn.execute("SELECT password FROM editors"), *db.conn.execute("SELECT key FROM sessions")]
    assert kept[0][0].startswith("$argon2id$")
    assert not any(word in str(kept) for word in ("the-cookie", PASSWORD))


@pytest.mark.parametrize(
    ("name", "role", "regions", "password", "says"),
    [
        ("anna", "editor", [], PASSWORD, "a name that nobody has"), ("Б", "boss", [], PASSWORD, "reader or editor"),
        ("Б", "reader", ["BY-XX"], PASSWORD, "ISO 3166-2"), ("Б", "reader", [], "short", "10 to 200 characters"),
        ("a\nb", "reader", [], PASSWORD, "on one line"), ("", "reader", [], PASSWORD, "at most 40"),
    ],
)  # fmt: skip
def test_odd_editors_are_refused(
    db: Database, name: str, role: str, regions: list[str], password: str, says: str
) -> None:
    editors.add(db, "Anna", "editor", [], PASSWORD)
    with pytest.raises(DataError, match=says):
        editors.add(db, name, role, regions, password)


def test_commands(tmp_path: Path) -> None:
    db = ["--db", str(tmp_path / "mediagap.db"), "--json"]

    def run(*arguments: str, given: str = "") -> list[dict[str, object]]:
        done = CliRunner().invoke(cli.program(), ["editors", *arguments, *db], input=given)
        assert done.exit_code == 0, done.output
        return list(json.loads(done.stdout))

    (made,) = run("add", "Anna", "--region", "BY-MA")
    assert len(str(made.pop("password"))) == 23
    assert (
        run("list") == [made] == [{"name": "Anna", "role": "editor", "regions": ["BY-MA"], "disabled": False}]
    )
    assert run("disable", "anna")[0]["disabled"] is True
    assert run("reset", "Anna", "--password-stdin", given=PASSWORD + "\n") == [made]


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        ("be-BY,be;q=0.9", "Прабелы"),
        ("de, ru;q=0.5, en;q=0.1", "Пробелы"),
        ("de", "Gaps"),
        ("ru;q=0, be;q=x", "Gaps"),
    ],
)
def test_the_browser_chooses_the_language(client: TestClient, wish: str, says: str) -> None:
    assert f"<h1>{says}</h1>" in client.get("/gaps", headers={"accept-language": wish}).text


def test_the_reader_chooses_the_language(client: TestClient) -> None:
    assert (
        send(client, "/language", language="be", next="/gaps?value=all").headers["location"]
        == "/gaps?value=all"
    )
    assert '<html lang="be">' in client.get("/gaps", headers={"accept-language": "ru"}).text
    assert send(client, "/language", language="xx").status_code == 400


def test_origin_of_links_is_the_desks(desk: Guard) -> None:
    assert ADDRESS in desk.place.origins
