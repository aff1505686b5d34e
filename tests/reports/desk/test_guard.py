"""What reaches a page and what does not, and what browsers are told."""

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from crawlers.errors import DataError
from reports.config import DeskSection, Settings
from reports.desk import serve
from reports.desk.guard import MOST_BODY, Place
from tests.reports.desk.browsing import ADDRESS, send, token

FORM = {"content-type": "application/x-www-form-urlencoded", "origin": ADDRESS}


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:80", "", "127.0.0.1:8040.evil.example"]
)
def test_foreign_host_is_refused(client: TestClient, host: str) -> None:
    """A name of somebody else that leads to this machine (DNS rebinding) reads nothing."""
    assert client.get("/gaps", headers={"host": host}).status_code == 421


def test_localhost_is_served(client: TestClient) -> None:
    assert client.get("/gaps", headers={"host": "LOCALHOST:8040"}).status_code == 200


def test_headers_of_proxies_change_nothing(client: TestClient) -> None:
    forged = {
        "x-forwarded-host": "evil.example",
        "x-forwarded-proto": "https",
        "forwarded": "host=evil.example",
    }
    answer = client.get("/gaps.atom", headers=forged)
    assert "evil" not in answer.text
    assert f'href="{ADDRESS}/gaps.atom"' in answer.text or "http://localhost:8040/gaps.atom" in answer.text


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:8041", "https://127.0.0.1:8040"]
)
def test_foreign_origin_cannot_write(client: TestClient, origin: str) -> None:
    assert send(client, "/language", origin, language="be").status_code == 403


def test_write_without_origin_is_refused(client: TestClient) -> None:
    assert client.post("/language", data={"token": token(client), "language": "be"}).status_code == 403


@pytest.mark.parametrize("forged", ["", "0" * 32])
def test_write_without_the_token_is_refused(client: TestClient, forged: str) -> None:
    answer = client.post("/language", data={"token": forged, "language": "be"}, headers={"origin": ADDRESS})
    assert answer.status_code == 403
    assert "set-cookie" not in {name for name in answer.headers if "language" in answer.headers[name]}


def test_token_of_another_visitor_is_refused(client: TestClient, desk: object) -> None:
    theirs = token(TestClient(desk, base_url=ADDRESS))
    client.get("/gaps")
    answer = client.post("/language", data={"token": theirs, "language": "be"}, headers={"origin": ADDRESS})
    assert answer.status_code == 403


def test_too_long_a_body_is_refused(client: TestClient) -> None:
    assert client.post("/sign-in", content=b"x" * (MOST_BODY + 1), headers=FORM).status_code == 413


def test_too_long_a_body_without_its_length_is_refused(client: TestClient) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(MOST_BODY // 1024 + 2):
            yield b"x" * 1024

    assert client.post("/sign-in", content=endless(), headers=FORM).status_code == 413


def test_too_many_fields_are_refused(client: TestClient) -> None:
    assert (
        client.post("/sign-in", content="&".join(f"f{n}=1" for n in range(500)), headers=FORM).status_code
        == 400
    )


def test_too_many_headers_are_refused(client: TestClient) -> None:
    assert client.get("/gaps", headers={"x-long": "y" * 20_000}).status_code == 431


def test_too_long_an_address_is_refused(client: TestClient) -> None:
    assert client.get("/gaps?q=" + "я" * 2000).status_code == 414


@pytest.mark.parametrize("path", ["/gaps", "/style.css", "/nothing-here", "/gaps.csv"])
def test_every_answer_binds_the_browser(client: TestClient, path: str) -> None:
    answer = client.get(path)
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "server" not in answer.headers


def test_pages_are_kept_by_no_cache(client: TestClient) -> None:
    assert client.get("/gaps").headers["cache-control"] == "no-store"
    style = re.search(r'href="(/style\.css\?v=[0-9a-f]+)"', client.get("/gaps").text)
    assert style is not None
    assert "immutable" in client.get(style[1]).headers["cache-control"]


def test_a_fault_of_ours_shows_no_internals(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret /srv/path")

    monkeypatch.setattr("reports.desk.reading.charts.marks", broken)
    monkeypatch.setattr("reports.desk.reading.cells", broken)
    answer = client.get("/matrix")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert "content-security-policy" in answer.headers


def test_desk_for_others_needs_its_address() -> None:
    with pytest.raises(DataError, match=r"found '0\.0\.0\.0'"):
        Place.of(DeskSection(), "0.0.0.0", 8040)


def test_desk_with_an_address_is_served_under_it_alone() -> None:
    place = Place.of(DeskSection(address="https://desk.example.org"), "127.0.0.1", 8040)
    assert place.hosts == {"desk.example.org"}
    assert (place.secure, place.local) == (True, False)


@pytest.mark.parametrize(
    "address", ["desk.example.org", "https://desk.example.org/path", "https://a@b.example"]
)
def test_an_odd_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="address"):
        DeskSection(address=address)


def test_server_believes_only_configured_proxies(settings: Settings) -> None:
    assert serve.config(settings, "127.0.0.1", 8040).proxy_headers is False
    section = DeskSection(address="https://desk.example.org", proxies=("10.0.0.1",))
    behind = serve.config(settings.model_copy(update={"desk": section}), "127.0.0.1", 8040)
    assert behind.proxy_headers is True
    assert behind.forwarded_allow_ips == ["10.0.0.1"]
