"""Every page: in every language, with links that lead somewhere, and with texts of others shown as text."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from starlette.testclient import TestClient

from crawlers import archive
from reports.desk.guard import Guard
from reports.desk.words import clean, marked
from reports.i18n import LANGUAGES
from tests.reports.desk.browsing import sign_in
from tests.reports.made_up import ago, entry, snapshot, text, view

TWINNING = "/entry/bobruisk-kostroma-twinning-2012"
PAGES = [
    "/", "/?region=BY-MA", "/inventory", "/review", "/decisions", "/brief/bobruisk-kostroma-twinning-2012",
    "/gaps", "/gaps?value=all&page=2", "/pair/BY-MA:RU-KOS", TWINNING, "/article/1", "/sources", "/sources?side=BY-MA",
    "/matrix", "/method", "/archive", "/sign-in",
]  # fmt: skip
MOST_BYTES = 300_000


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_page(client: TestClient, path: str, language: str) -> None:
    answer = client.get(path, headers={"accept-language": language})
    assert answer.status_code == 200
    page = answer.text
    assert len(answer.content) < MOST_BYTES
    assert f'<html lang="{language}">' in page
    assert page.count("<h1>") == 1
    # the policy would block what stands in the page itself
    assert not re.search(r"<[^>]+\sstyle=|<style|<[^>]+\son\w+=", page)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page))
    for link in re.findall(r"<a [^>]*href=\"https?://[^>]*>", page):
        assert 'rel="noopener noreferrer nofollow"' in link


def test_links_lead_somewhere(client: TestClient) -> None:
    seen, waiting = set(), set(PAGES)
    while waiting and len(seen) < 150:
        path = min(waiting)
        waiting.remove(path)
        seen.add(path)
        answer = client.get(path)
        assert answer.status_code in (200, 303), path
        if "text/html" in answer.headers.get("content-type", "") and path in PAGES:
            for link in re.findall(r'href="([^"#]+)"', answer.text):
                inner = urljoin(path, link.replace("&amp;", "&"))
                if not urlsplit(inner).netloc and inner not in seen:
                    waiting.add(inner)
    assert len(seen) > 100


@pytest.mark.parametrize("path", ["/entry/no-such-entry", "/pair/BY-MA", "/pair/XX:YY", "/pair/BY-MA:LT", "/article/999999", "/sources?side=XX", "/x"])  # fmt: skip
def test_what_is_not_there_is_a_page_too(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "There is no such page" in answer.text


def test_a_document_leads_to_its_line(client: TestClient, desk: Guard) -> None:
    known = desk.app.state.desk.board.catalogue
    line, members = next((line, members) for line, members in known.lines.items() if len(members) > 1)
    assert client.get(f"/entry/{members[-1]}").headers["location"] == f"/entry/{line}"


def test_whole_texts_are_for_those_who_signed_in(client: TestClient, desk: Guard) -> None:
    with desk.app.state.desk.board.reading() as db:  # which article is the first differs from crawl to crawl
        number = max(archive.articles(db, "1"), key=lambda one: len(one.text)).id

    def shown() -> str:
        found = re.search(r'<div class="prose"><p>(.*?)</p>', client.get(f"/article/{number}").text, re.DOTALL)
        assert found is not None
        return re.sub(r"<.*?>", "", found[1])

    before = shown()
    assert len(before) <= 305
    assert before.endswith("…")
    sign_in(client)
    assert len(shown()) > 305


HOSTILE = [
    '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "\u202egnp.exe", "a" * 100_000,
    "\x00\x1b[2J", "</title><svg onload=alert(1)>",
]  # fmt: skip
LINKS = [
    "javascript:alert(1)",
    "data:text/html,x",
    'https://x.example/"onmouseover="alert(1)',
    "//evil.example",
    "ftp://x.example/1",
]


@pytest.mark.parametrize("title", HOSTILE, ids=range(len(HOSTILE)))
def test_texts_of_others_are_text(
    client: TestClient, desk: Guard, monkeypatch: pytest.MonkeyPatch, title: str
) -> None:
    more = {"title": title, "passage": title, "words": (title[:20], "script")}
    texts = [text(n, "deal-one", ago(40 + n), "volga", url=url, **more) for n, url in enumerate(LINKS)]
    near = [text(99, "deal-one", ago(10), "drut", grade="near", **more)]
    made = view(snapshot([entry("deal-one")], texts, near))
    monkeypatch.setattr(desk.app.state.desk.board, "view", lambda _: made)
    for path in ("/entry/deal-one", "/gaps?value=all", "/pair/BY-MA:RU-KOS"):
        answer = client.get(path)
        assert answer.status_code == 200, path
        page = answer.text
        assert len(answer.content) < MOST_BYTES
        assert "<script>alert" not in page
        assert not re.search(r"<(img|svg onload)", page)
        assert not re.search(r"[\u202a-\u202e\u2066-\u2069\x00\x1b]", page)
        assert not re.search(r'href="(javascript|data|ftp|//)', page)
        assert 'onmouseover="' not in page
        assert ">49<" not in page


def test_marks_are_whole_words_as_they_stand() -> None:
    assert marked("Кострома и Костромы, КОСТРОМА", ["Кострома"]) == [
        ("Кострома", True), (" и Костромы, ", False), ("КОСТРОМА", True)
    ]  # fmt: skip
    assert marked("a.b", [".", ""]) == [("a.b", False)]


def test_cleaning_keeps_lines_and_edges() -> None:
    assert clean(" a\u202eb \n\n c") == " ab \n\n c"


def test_an_older_event_beside_a_covered_side_claims_its_own_window_only(
    client: TestClient, desk: Guard, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [text(1, "deal-one", ago(100), "volga"), text(2, "deal-one", ago(5), "drut")]
    made = view(snapshot([entry("deal-one")], texts))
    here = next(one for one in made.lines if one.side == "BY-MA")
    assert here.value == "covered"
    assert here.event is not None
    monkeypatch.setattr(desk.app.state.desk.board, "view", lambda _: made)
    page = client.get("/entry/deal-one").text
    assert "no text of this side in the archive within the time that we set:" in page
    assert "not found here" not in page
