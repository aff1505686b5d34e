"""The API's door: what opens it, what does not, and what is said then."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from reports import editors, work
from reports.config import DeskSection, Settings
from reports.desk import api_problem, tokens
from reports.desk.app import create_app
from reports.desk.guard import MOST_BODY, Guard, Place
from reports.sessions import OF_ADDRESS
from tests.reports.desk.api_client import program, token_of
from tests.reports.desk.browsing import ADDRESS, PASSWORD, sign_in

DECISION = {"article": 1, "entry": "tsvet-naftan", "verdict": "unsure"}


@pytest.fixture(scope="module")
def anna(settings: Settings) -> str:
    return token_of(settings, "Anna", "door")


@pytest.fixture(scope="module")
def ryhor(settings: Settings) -> str:
    return token_of(settings, "Ryhor", "door")


@pytest.fixture(autouse=True)
def _no_failures_before(settings: Settings) -> Iterator[None]:
    yield
    with closing((db := work.open_for(settings)).conn):
        db.conn.execute("DELETE FROM sign_in_failures")


@pytest.fixture(scope="module")
def closed(settings: Settings) -> Guard:
    """A desk that is not read without signing in."""
    section = DeskSection(open_reading=False)
    place = Place.of(section, "127.0.0.1", 8040)
    return create_app(settings.model_copy(update={"desk": section}), place)


def refused(answer: Any, status: int) -> str:
    """What a refusal says, which has the form of all of them."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == api_problem.MEDIA_TYPE
    told = answer.json()
    assert set(told) == {"type", "title", "status", "detail"}
    assert told["status"] == status
    assert "\n" not in told["detail"]
    return str(told["detail"])


def test_a_token_opens_reading_and_says_whose_it_is(closed: Guard, anna: str) -> None:
    told = program(closed, anna).get("/api/status").json()
    assert (told["editor"], told["role"]) == ("Anna", "editor")


@pytest.mark.parametrize(
    "sent", [None, "Bearer", "Bearer nonsense", "Basic QW5uYTpwYXNz", "Bearer mediagap_" + "a" * 43]
)
def test_without_a_right_token_nothing_is_read(closed: Guard, sent: str | None) -> None:
    answer = program(closed).get("/api/gaps", headers={"authorization": sent} if sent else {})
    assert "Authorization: Bearer TOKEN" in refused(answer, 401)
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_wrong_token_is_refused_where_none_is_needed(desk: Guard) -> None:
    assert program(desk).get("/api/gaps").status_code == 200
    refused(program(desk, "nonsense").get("/api/gaps"), 401)


def test_a_cookie_opens_nothing(closed: Guard) -> None:
    browser = TestClient(closed, base_url=ADDRESS, follow_redirects=False)
    assert sign_in(browser).status_code == 303
    assert browser.get("/gaps").status_code == 200
    refused(browser.get("/api/gaps"), 401)
    refused(browser.post("/api/decisions", json=DECISION, headers={"origin": ADDRESS}), 401)


def test_a_program_sends_no_origin_and_a_page_still_must(desk: Guard, anna: str) -> None:
    assert program(desk, anna).post("/api/decisions", json=DECISION).status_code == 201
    assert program(desk, anna).post("/decide", data={"article": "1"}).status_code == 403


def test_a_readers_token_decides_nothing(desk: Guard, ryhor: str) -> None:
    assert program(desk, ryhor).get("/api/status").json()["role"] == "reader"
    assert "allowed: editor" in refused(program(desk, ryhor).post("/api/decisions", json=DECISION), 403)
    refused(program(desk, ryhor).get("/api/proposals"), 403)


def test_a_token_ends_with_its_day_and_its_editor(settings: Settings, closed: Guard) -> None:
    with closing((db := work.open_for(settings)).conn):
        editors.add(db, "Yan", "editor", [], PASSWORD)
        over = tokens.add(db, "Yan", "over", 1, datetime.now(UTC) - timedelta(days=1))
        good = tokens.add(db, "Yan", "good", 1, datetime.now(UTC))
        refused(program(closed, over).get("/api/gaps"), 401)
        assert program(closed, good).get("/api/gaps").status_code == 200
        assert next(one.used for one in tokens.listed(db) if one.name == "good") == datetime.now(UTC).date()
        editors.disable(db, "Yan")
    refused(program(closed, good).get("/api/gaps"), 401)


def test_wrong_tokens_are_throttled_and_right_ones_are_not(closed: Guard, anna: str) -> None:
    for _ in range(OF_ADDRESS):
        refused(program(closed, "nonsense").get("/api/gaps"), 401)
    answer = program(closed, "nonsense").get("/api/gaps")
    refused(answer, 429)
    assert int(answer.headers["retry-after"]) > 0
    assert program(closed, anna).get("/api/status").status_code == 200


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/api/gaps?vlaue=covered", "query.vlaue: found 'an unknown key'"), ("/api/gaps?value=silent", "query.value: found 'silent', allowed: 'covered', 'mentioned'"),
        ("/api/gaps?page=0", "query.page: found '0', allowed: greater than or equal to 1"), ("/api/articles?q=%22", "at least one word"),
        ("/api/articles?q=a&since=yesterday", "a day such as"), ("/api/articles?q=a&pair=x", "two codes joined"), ("/api/leads?region=XX-1", "region"),
    ],
)  # fmt: skip
def test_odd_queries_are_told(desk: Guard, path: str, said: str) -> None:
    assert said in refused(program(desk).get(path), 422)


@pytest.mark.parametrize("path", ["/api/x", "/api/", "/api/pairs/x", "/api/pairs/BY-MA:KZ-ALM", "/api/entries/x", "/api/articles/99999", "/api/articles/x"])  # fmt: skip
def test_what_is_not_there(desk: Guard, path: str) -> None:
    refused(program(desk).get(path), 422 if path.endswith("articles/x") else 404)


def test_an_unknown_method_is_told_the_others(desk: Guard, anna: str) -> None:
    answer = program(desk, anna).delete("/api/decisions")
    assert "allowed here: GET, POST" in refused(answer, 405)
    assert answer.headers["allow"] == "GET, POST"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("{", "application/json", 422), ("[]", "application/json", 422), ('{"article":"1"}', "application/json", 422),
        (json.dumps(DECISION | {"more": 1}), "application/json", 422), (json.dumps(DECISION | {"article": True}), "application/json", 422),
        ('{"article":1,"entry":"\\ud800","verdict":"yes"}', "application/json", 422), (json.dumps(DECISION), "text/plain", 415),
        ("article=1", "application/x-www-form-urlencoded", 415), ('"' + "x" * MOST_BODY + '"', "application/json", 413),
        (json.dumps(DECISION | {"article": 999_999}), "application/json", 422), (json.dumps(DECISION | {"reason": "a\nb"}), "application/json", 422),
    ],
)  # fmt: skip
def test_odd_bodies_are_told(desk: Guard, anna: str, body: str, kind: str, status: int) -> None:
    answer = program(desk, anna).post("/api/decisions", content=body, headers={"content-type": kind})
    refused(answer, status)


def test_a_body_of_no_stated_length_is_limited(desk: Guard, anna: str) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(MOST_BODY // 1024 + 2):
            yield b" " * 1024

    headers = {"content-type": "application/json"}
    refused(program(desk, anna).post("/api/decisions", content=endless(), headers=headers), 413)


def test_what_stands_before_the_desk_answers_in_json_too(desk: Guard) -> None:
    refused(program(desk).get("/api/gaps", headers={"x-long": "y" * 20_000}), 431)
    refused(program(desk).get("/api/gaps?q=" + "я" * 2000), 414)
    refused(program(desk).get("/api/gaps", headers={"host": "evil.example"}), 421)


@pytest.mark.parametrize("path", ["/api/gaps", "/api/nothing", "/api/openapi.json"])
def test_every_answer_binds_the_browser(desk: Guard, path: str) -> None:
    headers = program(desk).get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in headers
    assert "set-cookie" not in headers


def test_a_fault_of_ours_shows_no_internals(desk: Guard, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret /srv/path")

    monkeypatch.setattr("reports.desk.api_health.reading.cells", broken)
    assert "secret" not in refused(program(desk).get("/api/matrix"), 500)


def test_whole_texts_are_for_tokens(desk: Guard, anna: str) -> None:
    found = program(desk).get("/api/articles", params={"q": "Кострома", "limit": 100}).json()["articles"]
    whole = {one["id"]: program(desk, anna).get(f"/api/articles/{one['id']}").json() for one in found}
    long = next(number for number, one in whole.items() if len(one["text"]) > 300)
    short = program(desk).get(f"/api/articles/{long}").json()
    assert (len(short["text"]), short["cut"], whole[long]["cut"]) == (300, True, False)
    assert all(len(one["passage"]) <= 300 for one in short["evidence"])


def test_titles_are_in_the_language_that_is_asked_for(desk: Guard) -> None:
    path = "/api/entries/mogilev-kostroma-agreement-2006"
    told = program(desk).get(path, headers={"accept-language": "be"}).json()
    assert told["brief"].startswith("# Пагадненне аб супрацоўніцтве")
