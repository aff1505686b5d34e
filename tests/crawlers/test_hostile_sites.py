"""What sites do to a crawl: each answer becomes an outcome, none becomes an article, none costs another site."""

import gzip
from datetime import timedelta
from pathlib import Path

import pytest

from crawlers.items import Reading
from crawlers.outcome import Outcome
from tests.crawlers.local_press import Answer, Press, at, entry, page, rss, urlset

NOW = at("2026-11-24T12:00")
PUBLISHED = at("2026-11-23T10:00")
FULL = {"kind": "feed", "url": "/rss", "content": "full"}
GOOD = rss(entry("/a", "Соглашение с Брянском", PUBLISHED, "Весь текст"))
HTML = (
    "<!doctype html><html><head><title>Проверка</title></head><body><a href='/rss'>Подождите</a></body></html>"
)
LOOP = Answer(status=302, headers={"Location": "/rss"})

ANSWERS = {
    "401": (Answer("", 401), Outcome.BLOCKED, "HTTP 401"),
    "403": (Answer(HTML, 403), Outcome.BLOCKED, "HTTP 403"),
    "403-with-a-feed": (Answer(GOOD, 403), Outcome.BLOCKED, "HTTP 403"),
    "404": (Answer(HTML, 404), Outcome.GONE, "HTTP 404"),
    "410": (Answer("", 410), Outcome.GONE, "HTTP 410"),
    "429": (Answer("", 429, {"Retry-After": "3600"}), Outcome.BLOCKED, "HTTP 429"),
    "451": (Answer("", 451), Outcome.BLOCKED, "HTTP 451"),
    "500": (Answer(HTML, 500), Outcome.ERROR, "HTTP 500"),
    "503": (Answer(HTML, 503), Outcome.ERROR, "HTTP 503"),
    "504": (Answer("", 504), Outcome.TIMEOUT, "HTTP 504"),
    "302-to-nowhere": (Answer("", 302), Outcome.ERROR, "HTTP 302"),
    "html": (Answer(HTML), Outcome.NOT_A_FEED, "an HTML page"),
    "html-called-a-feed": (Answer(HTML, headers={"Content-Type": "application/rss+xml"}), Outcome.NOT_A_FEED, "HTML"),
    "empty": (Answer(""), Outcome.EMPTY, "an empty body"),
    "blank": (Answer(" \r\n\n"), Outcome.EMPTY, "an empty body"),
    "no-entries": (Answer(rss()), Outcome.EMPTY, ""),
    "json": (Answer('{"error": "limit"}'), Outcome.NOT_A_FEED, "JSON that is no feed"),
    "picture": (Answer(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4), Outcome.NOT_A_FEED, "no feed"),
    "other-letters": (
        Answer(rss(entry("/a", "Новости", PUBLISHED), encoding="koi8-r", declared="utf-8")),
        Outcome.UNDECODABLE, "no utf-8",
    ),
    "broken-gzip": (Answer(gzip.compress(GOOD)[:-20], headers={"Content-Encoding": "gzip"}), Outcome.EMPTY, "cut off"),
    "loop": (LOOP, Outcome.ERROR, "max redirections reached"),
    "file": (Answer(status=302, headers={"Location": "file:///etc/passwd"}), Outcome.ERROR, "HTTP 302"),
    "private": (Answer(status=302, headers={"Location": "http://10.0.0.1/rss"}), Outcome.ERROR, "a private address"),
    "metadata": (
        Answer(status=302, headers={"Location": "http://169.254.169.254/"}), Outcome.ERROR, "a private address",
    ),
    "spelt-otherwise": (
        Answer(status=302, headers={"Location": "http://2130706433:1/"}), Outcome.ERROR, "a private address",
    ),
    "cut-off": (Answer(GOOD, headers={"Content-Length": "99999"}), Outcome.ERROR, ""),
    "bomb": (
        Answer(gzip.compress(b" " * 30_000_000), headers={"Content-Encoding": "gzip"}), Outcome.ERROR, "",
    ),
    "huge": (Answer(b" " * 20_000_001), Outcome.ERROR, ""),
    "hang": (Answer(GOOD, hangs=True), Outcome.TIMEOUT, ""),
}  # fmt: skip


HEADERS = {
    "l-1": ("windows-1251", "text/xml; charset=utf-8"),
    "l-2": ("windows-1251", "text/xml; charset=iso-8859-1"),
    "l-3": ("utf-8", "text/xml; charset=windows-1251"),
}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Press:
    """One crawl of all of them and of good sites, since a process for each would take minutes."""
    press = Press(tmp_path_factory.mktemp("press"))
    try:
        press.outlet("good", FULL)["/rss"] = GOOD
        for name, (answer, _, _) in ANSWERS.items():
            press.outlet(f"x-{name}", FULL)["/rss"] = answer
        for name, (encoding, header) in HEADERS.items():
            body = rss(entry("/a", "Гомель и Брянск", PUBLISHED, "Текст"), encoding=encoding)
            press.outlet(name, FULL)["/rss"] = Answer(body, headers={"Content-Type": header})
        hidden = press.hidden_site()
        hidden["/rss"] = GOOD
        press.outlet("led-away", FULL)["/rss"] = Answer(status=301, headers={"Location": f"{hidden.url}/rss"})
        site = press.outlet("three", FULL, {"kind": "sitemap", "url": "/map.xml"}, FULL | {"url": "/rss2"})
        site["/rss"], site["/rss2"] = Answer("", 500), GOOD
        site["/map.xml"] = urlset((f"{site.url}/b", "2026-11-23T10:00:00Z"))
        site["/b"] = page("Вторая", published="2026-11-23T10:00:00+03:00")
        press.crawl(NOW, timeout=2)
    finally:
        press.close()
    return press


@pytest.mark.parametrize("name", ANSWERS)
def test_answer_becomes_an_outcome(crawled: Press, name: str) -> None:
    _, expected, says = ANSWERS[name]
    (attempt,) = crawled.attempts(f"x-{name}/feed")
    assert attempt.outcome == expected
    assert says in attempt.message
    assert attempt.outcome not in (Outcome.NEW, Outcome.UNCHANGED)
    assert attempt.reaches_back is None


def test_pause_that_a_site_asks_for_is_kept(crawled: Press) -> None:
    pauses = {name: crawled.attempts(f"x-{name}/feed")[0].retry_after for name in ANSWERS}
    assert {name: moment for name, moment in pauses.items() if moment} == {"429": NOW + timedelta(hours=1)}


@pytest.mark.parametrize("name", ANSWERS)
def test_answer_becomes_no_article(crawled: Press, name: str) -> None:
    assert crawled.articles(f"x-{name}") == []


@pytest.mark.parametrize("name", ANSWERS)
def test_site_is_asked_once(crawled: Press, name: str) -> None:
    redirects = 5 if name == "loop" else 0
    assert crawled.sites[f"x-{name}"].count("/rss") == 1 + redirects


def test_other_sites_cost_a_good_one_nothing(crawled: Press) -> None:
    (attempt,) = crawled.attempts("good/feed")
    assert (attempt.outcome, attempt.entries_seen, attempt.http_status) == (Outcome.NEW, 1, 200)
    (article,) = crawled.articles("good")
    assert (article.title, article.text, article.reading) == (
        "Соглашение с Брянском",
        "Весь текст",
        Reading.FULL,
    )


def test_nothing_is_said_to_have_gone_wrong_inside(crawled: Press) -> None:
    log = Path(f"{crawled.db_path}.crawl.log").read_text(encoding="utf-8")
    assert "Traceback" not in log


@pytest.mark.parametrize("name", HEADERS)
def test_letters_survive_a_wrong_header(crawled: Press, name: str) -> None:
    assert [one.title for one in crawled.articles(name)] == ["Гомель и Брянск"]


def test_redirect_to_a_port_that_is_not_allowed_is_refused(crawled: Press) -> None:
    (attempt,) = crawled.attempts("led-away/feed")
    assert (attempt.outcome, crawled.hidden[0].asked) == (Outcome.ERROR, [])
    assert "127.0.0.1 is a private address" in attempt.message


def test_of_three_sources_one_may_break(crawled: Press) -> None:
    sources = ("three/feed", "three/sitemap", "three/feed-2")
    assert [crawled.attempts(source)[0].outcome for source in sources] == ["error", "new", "new"]
    assert sorted(one.title for one in crawled.articles("three")) == ["Вторая", "Соглашение с Брянском"]
