"""Feeds that are declared to carry whole texts and do not."""

from datetime import timedelta

import pytest

from crawlers import stubs
from crawlers.items import Reading
from crawlers.outcome import Outcome
from tests.crawlers.local_press import PROSE, Answer, Press, Site, at, entry, page, rss

NOW = at("2026-11-24T12:00")
FULL = {"kind": "feed", "url": "/rss", "content": "full"}


@pytest.mark.parametrize(
    ("entry", "page", "stub"), [(0, 200, False), (0, 400, True), (1000, 1700, False), (1000, 1900, True), (900, 0, False)]
)  # fmt: skip
def test_entry_much_shorter_than_its_page(entry: int, page: int, stub: bool) -> None:
    assert stubs.is_stub("а" * entry, "а" * page) is stub


def fill(site: Site, texts: dict[str, str], whole: str = PROSE * 3) -> None:
    moment = at("2026-11-23T10:00")
    site["/rss"] = rss(*(entry(f"/{name}", f"Заголовок {name}", moment, text) for name, text in texts.items()))
    for name in texts:
        site[f"/{name}"] = page(f"Заголовок {name}", f"{whole} Статья {name}.")


def readings(press: Press, name: str) -> list[Reading]:
    return [one.reading for one in press.articles(name)]


def test_feed_of_beginnings_has_its_pages_read(press: Press) -> None:
    """The first comparison tells; the entries stored before it as whole are not, and later ones neither."""
    site = press.outlet("gazeta", FULL)
    fill(site, {"a": "Начало первой.", "b": "Начало второй."})
    press.crawl(NOW)
    assert readings(press, "gazeta") == [Reading.PAGE, Reading.PAGE]
    fill(site, {"a": "Начало первой.", "b": "Начало второй.", "c": "Начало третьей."})
    press.crawl(NOW + timedelta(hours=6))
    assert readings(press, "gazeta") == [Reading.PAGE] * 3
    assert site.count("/c") == 1


def test_feed_of_whole_texts_is_compared_once_a_month(press: Press) -> None:
    site = press.outlet("gazeta", FULL)
    for days, name, asked in ((0, "a", 1), (1, "b", 1), (31, "c", 2)):
        fill(site, {name: PROSE * 3})
        press.crawl(NOW + timedelta(days=days))
        assert sum(site.count(f"/{one}") for one in "abc") == asked
    assert readings(press, "gazeta") == [Reading.FULL] * 3
    assert press.pages("gazeta") == []


def test_page_that_cannot_be_compared_says_nothing(press: Press) -> None:
    site = press.outlet("gazeta", FULL)
    site["/rss"] = rss(entry("/none", "Заголовок", at("2026-11-23T10:00"), "Коротко."))
    press.crawl(NOW)
    assert readings(press, "gazeta") == [Reading.FULL]
    with press.database() as db:
        assert stubs.is_due(db, "gazeta/feed", NOW)
        assert not stubs.is_known_stub(db, "gazeta/feed")


@pytest.mark.parametrize("etag", ["", '"one"'])
def test_comparison_that_an_earlier_run_did_not_come_to_is_made_up_for(press: Press, etag: str) -> None:
    """The feed is as it was by then, which it says with a 304 or with the same bytes."""
    site = press.outlet("gazeta", FULL)
    fill(site, {"a": "Начало первой.", "b": "Начало второй."})
    site.answers["/rss"].etag = etag
    site["/a"] = Answer("", 503)
    press.crawl(NOW)
    assert readings(press, "gazeta") == [Reading.FULL] * 2
    site["/a"] = page("Заголовок a", PROSE * 3)
    assert press.crawl(NOW + timedelta(hours=6))["gazeta/feed"].outcome == Outcome.UNCHANGED
    assert readings(press, "gazeta") == [Reading.PAGE] * 2


def test_entry_that_is_cut_has_its_page_read_among_whole_ones(press: Press) -> None:
    site = press.outlet("gazeta", FULL)
    fill(site, {"a": PROSE * 3, "b": "Начало второй..."})
    press.crawl(NOW)
    assert readings(press, "gazeta") == [Reading.FULL, Reading.PAGE]


def test_page_that_says_much_less_than_its_entry_is_not_read(press: Press) -> None:
    """What was extracted is a banner or a menu: the entry's text stays, and its day has a hole."""
    site = press.outlet("gazeta")
    fill(site, {"a": PROSE * 3}, whole="Мы используем файлы cookie.")
    press.crawl(NOW)
    (article,) = press.articles("gazeta")
    assert article.reading is Reading.SUMMARY
    assert PROSE.strip() in article.text
    assert [(row["state"], row["outcome"]) for row in press.pages("gazeta")] == [("pending", "empty")]
