"""A crawl after another: what is conditional, what stays wanted, and what a crawl that was killed leaves."""

import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawlers import ledger, process
from crawlers.errors import Busy
from crawlers.items import Reading
from crawlers.outcome import Outcome
from crawlers.run import BUSY, Event
from tests.crawlers.local_press import Answer, Press, Site, at, entry, page, rss, sitemap_index, urlset

NOW = at("2026-11-24T12:00")
LATER = NOW + timedelta(hours=6)
FULL = {"kind": "feed", "url": "/rss", "content": "full"}
MAP = {"kind": "sitemap", "url": "/map.xml"}
MOST = 3
"""Pages of an outlet in one run."""


def published(number: int) -> datetime:
    return at("2026-11-23T20:00") - timedelta(hours=number)


def fill(site: Site, count: int, first: int = 0, etag: str = '"one"') -> None:
    """A feed of summaries and the pages that it announces."""
    numbers = range(first, first + count)
    site["/rss"] = Answer(
        rss(*(entry(f"/{n}", f"Заголовок {n}", published(n), "Коротко") for n in numbers)), etag=etag
    )
    for number in numbers:
        site[f"/{number}"] = page(f"Заголовок {number}")


BROKEN = {
    "error": Answer("", 500, etag='"2"'),
    "html": Answer("<html>", etag='"2"'),
    "empty": Answer("", etag='"2"'),
}


def first_time(press: Press) -> None:
    for name in ("same-etag", "same-bytes"):
        fill(site := press.outlet(name), 3, etag='"one"' if name == "same-etag" else "")
        site["/1"] = Answer("", 503)
    for name in BROKEN:
        fill(press.outlet(f"then-{name}", FULL), 2)
    fill(site := press.outlet("cut", FULL), 3)
    whole = site.answers["/rss"].body
    assert isinstance(whole, bytes)
    site["/rss"] = Answer(whole[: whole.rindex(b"<item>") + 20], etag='"one"')
    site = press.outlet("parts", MAP)
    site["/map.xml"] = Answer(sitemap_index((f"{site.url}/part.xml", None)), etag='"one"')
    site["/part.xml"] = urlset((f"{site.url}/1", "2026-11-23T10:00:00Z"))
    site["/1"], site["/2"] = page("Первая"), page("Вторая")
    site = press.outlet("part-fails", MAP)
    site["/map.xml"] = sitemap_index((f"{site.url}/a.xml", None), (f"{site.url}/b.xml", None))
    site["/a.xml"], site["/b.xml"] = urlset((f"{site.url}/1", "2026-11-23T10:00:00Z")), Answer("", 500)
    for name in ("to-front", "to-another"):
        fill(site := press.outlet(name), 2)
        site["/"] = press.sites["cut"]["/page"] = page("Совсем другое")
        target = "/" if name == "to-front" else press.sites["cut"].url + "/page"
        site["/1"] = Answer(status=302, headers={"Location": target})
    fill(press.outlet("many"), MOST + 2)
    fill(site := press.outlet("two-kinds", {"kind": "feed", "url": "/rss"}, MAP), MOST)
    site["/map.xml"] = urlset(*((f"{site.url}/{n}", "2026-11-23T10:00:00Z") for n in range(10, 10 + MOST)))
    for number in range(10, 10 + MOST):
        site[f"/{number}"] = page(f"Заголовок {number}")


def second_time(press: Press) -> None:
    for name in ("same-etag", "same-bytes"):
        press.sites[name]["/1"] = page("Заголовок 1")
    for name, answer in BROKEN.items():
        press.sites[f"then-{name}"]["/rss"] = answer
    fill(press.sites["cut"], 3)
    site = press.sites["parts"]
    days = ("2026-11-23T10:00:00Z", "2026-11-24T10:00:00Z")
    site["/part.xml"] = urlset((f"{site.url}/1", days[0]), (f"{site.url}/2", days[1]))


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Press:
    """Two crawls of all these sites, since two processes for each would take minutes."""
    press = Press(tmp_path_factory.mktemp("press"))
    try:
        first_time(press)
        press.crawl(NOW, most_pages=MOST)
        second_time(press)
        press.crawl(LATER, most_pages=MOST)
    finally:
        press.close()
    return press


def outcomes(press: Press, source: str) -> list[str]:
    return [one.outcome for one in press.attempts(source)]


@pytest.mark.parametrize(("name", "message"), [("same-etag", "HTTP 304"), ("same-bytes", "the same bytes")])
def test_document_that_did_not_change_clears_no_pending_pages(twice: Press, name: str, message: str) -> None:
    assert outcomes(twice, f"{name}/feed") == [Outcome.NEW, Outcome.UNCHANGED]
    assert twice.attempts(f"{name}/feed")[1].message == message
    assert [(row["state"], row["tries"]) for row in twice.pages(name)] == [
        ("read", 1),
        ("read", 2),
        ("read", 1),
    ]
    assert [one.reading for one in twice.articles(name)] == [Reading.PAGE] * 3


@pytest.mark.parametrize("name", BROKEN)
def test_answer_that_was_no_document_leaves_the_validators(twice: Press, name: str) -> None:
    with twice.database() as db:
        assert ledger.validators(db, f"then-{name}/feed").etag == '"one"'


def test_document_that_was_cut_off_is_asked_for_again(twice: Press) -> None:
    assert outcomes(twice, "cut/feed") == [Outcome.NEW, Outcome.NEW]
    assert [(one.overlap, one.reaches_back is None) for one in twice.attempts("cut/feed")] == [
        (0, True),
        (2, False),
    ]
    assert len(twice.articles("cut")) == 3


def test_validators_of_a_sitemap_in_parts_vouch_for_nothing(twice: Press) -> None:
    """The index may be as it was while a part has grown."""
    assert outcomes(twice, "parts/sitemap") == [Outcome.NEW, Outcome.NEW]
    assert [one.title for one in twice.articles("parts")] == ["Первая", "Вторая"]


def test_part_of_a_sitemap_that_fails_costs_no_other_part(twice: Press) -> None:
    """What it holds is not known, so the others vouch for no day: no last change of it is stated."""
    tries = twice.attempts("part-fails/sitemap")
    assert [(one.outcome, one.overlap or 0, one.reaches_back) for one in tries] == [
        ("new", 0, None), ("unchanged", 0, None),
    ]  # fmt: skip
    assert all(one.message == f"not read: {twice.sites['part-fails'].url}/b.xml: HTTP 500" for one in tries)


@pytest.mark.parametrize("name", ["to-front", "to-another"])
def test_page_that_leads_elsewhere_is_no_article(twice: Press, name: str) -> None:
    assert [(row["state"], row["outcome"]) for row in twice.pages(name)] == [
        ("read", "new"),
        ("pending", "error"),
    ]
    assert [one.reading for one in twice.articles(name)] == [Reading.PAGE, Reading.SUMMARY]


def test_outlet_is_asked_for_one_kind_after_the_other_and_for_each_page_once(twice: Press) -> None:
    site = twice.sites["two-kinds"]
    paths = [one.path for one in site.asked]
    assert paths.index("/map.xml") > max(paths.index(f"/{n}") for n in range(MOST))
    assert [site.count(f"/{n}") for n in (*range(MOST), *range(10, 10 + MOST))] == [1] * 2 * MOST


def test_pages_beyond_the_limit_of_a_run_come_with_the_next(twice: Press) -> None:
    assert [row["state"] for row in twice.pages("many")] == ["read"] * (MOST + 2)
    assert [twice.sites["many"].count(f"/{n}") for n in range(MOST + 2)] == [1] * (MOST + 2)


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[str]]:
    """The crawling processes, in order."""
    started: list[subprocess.Popen[str]] = []

    class Watched(subprocess.Popen[str]):
        def __init__(self, *arguments: Any, **more: Any) -> None:
            super().__init__(*arguments, **more)
            started.append(self)

    monkeypatch.setattr(process.subprocess, "Popen", Watched)
    return started


def kill_at(moment: int, children: list[subprocess.Popen[str]]) -> Callable[[Event], None]:
    seen: list[Event] = []

    def look(event: Event) -> None:
        seen.append(event)
        if len(seen) == moment:
            children[-1].kill()

    return look


def archived(press: Press) -> list[tuple[str | None, str, str, datetime | None, Reading]]:
    found = press.articles("gazeta")
    return sorted((a.url, a.title, a.text_hash, a.published, a.reading) for a in found if a.url)


@pytest.mark.parametrize("moment", [1, 4])
def test_crawl_that_was_killed_is_completed_by_the_next(
    press: Press, children: list[subprocess.Popen[str]], moment: int
) -> None:
    """Killed when the listing is stored, and among the pages."""
    site = press.outlet("gazeta", {"kind": "feed", "url": "/rss"}, MAP)
    fill(site, 6)
    site["/map.xml"] = urlset((f"{site.url}/9", "2026-11-22T10:00:00Z"))
    site["/9"] = page("Заголовок 9")
    told = press.crawl(NOW, on_event=kill_at(moment, children))
    assert children[0].returncode == -9
    assert all(one.outcome == Outcome.NEW or "code -9" in one.message for one in told.values())
    press.crawl(LATER)
    assert [row["state"] for row in press.pages("gazeta")] == ["read"] * 7
    assert [(title, reading) for _, title, _, _, reading in archived(press)] == [
        (f"Заголовок {n}", Reading.PAGE) for n in (0, 1, 2, 3, 4, 5, 9)
    ]
    with press.database() as db:
        assert db.conn.execute("SELECT count(*), count(DISTINCT key) FROM articles").fetchone() == (7, 7)
        assert db.conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_another_crawl_of_the_same_database_is_refused(
    press: Press, children: list[subprocess.Popen[str]], tmp_path: Path
) -> None:
    site = press.outlet("gazeta", FULL)
    fill(site, 1)
    refused: list[str] = []

    def crawl_too(_: Event) -> None:
        with pytest.raises(Busy) as caught:
            press.crawl(LATER)
        refused.append(str(caught.value))

    press.crawl(NOW, on_event=crawl_too)
    assert refused == [f"{tmp_path / 'mediagap.db'}: {BUSY}"]
    assert len(children) == 1


def test_ledger_says_from_where_it_was_asked(press: Press) -> None:
    """A site may answer in one country only; so each fetch keeps its own, and none is made up."""
    for name in ("good", "closed"):
        fill(press.outlet(name), 1)
    press.sites["closed"]["/rss"] = Answer("", 451)
    press.crawl(NOW, country="BY")
    press.crawl(LATER)
    for name in ("good", "closed"):
        assert [one.country for one in press.attempts(f"{name}/feed")] == ["BY", None]
