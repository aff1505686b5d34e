"""WordPress listings: read to their end, and no post lost on the way."""

import json
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from crawlers import wordpress
from crawlers.outcome import Outcome
from crawlers.parse import NotAFeed
from tests.crawlers.local_press import Answer, Press, at, entry, posts, rss

NOW = at("2026-11-24T12:00")
NEWEST = at("2026-11-23T10:00")
PATH = "/wp-json/wp/v2/posts"
REFUSED = Answer(json.dumps({"code": "rest_post_invalid_page_number"}), 400)


def read(*listed: object) -> wordpress.Document:
    return wordpress.read(json.dumps(listed).encode(), ZoneInfo("Europe/Minsk"), NOW)


def test_listings_are_read_to_their_end_however_that_shows(press: Press) -> None:
    """A count of pages, a refusal or nothing behind the last one; and an error, or a site that repeats itself."""
    sites = {
        name: press.outlet(name, {"kind": "wordpress", "url": PATH, "content": "full"})
        for name in ("counted", "refused", "few-a-page", "broken", "repeats")
    }
    two = {"X-WP-TotalPages": "2"}
    for name, site in sites.items():
        rest = posts(site.url, 3, NEWEST - timedelta(hours=50), first=51)
        site[f"{PATH} page 1"] = Answer(posts(site.url, 50, NEWEST), headers=two if name == "counted" else {})
        site[f"{PATH} page 2"] = Answer(rest, headers=two if name == "counted" else {})
        site[f"{PATH} page 3"] = {"refused": REFUSED, "broken": Answer("{}", 400)}.get(name, Answer("[]"))
    sites["few-a-page"][f"{PATH} page 1"] = posts(sites["few-a-page"].url, 10, NEWEST)
    sites["repeats"][f"{PATH} page 2"] = sites["repeats"].answers[f"{PATH} page 1"]
    found = press.crawl(NOW, back_to=date(2026, 11, 1))
    counts = {source: (one.outcome, one.entries_seen, one.reaches_back) for source, one in found.items()}
    start, read_back_to = at("2026-11-01T00:00"), NEWEST - timedelta(hours=52)
    assert counts == {
        "counted/wordpress": (Outcome.NEW, 53, start),
        "refused/wordpress": (Outcome.NEW, 53, start),
        "few-a-page/wordpress": (Outcome.NEW, 13, start),
        "broken/wordpress": (Outcome.NEW, 53, read_back_to),
        "repeats/wordpress": (Outcome.NEW, 50, NEWEST - timedelta(hours=49)),
    }
    assert found["broken/wordpress"].message == "page 3 was not read: HTTP 400"


def test_listing_is_read_until_known_posts_of_its_own_appear(press: Press) -> None:
    """The feed brings the newest post first, which is no sign that those before it are known."""
    full = {"content": "full"}
    site = press.outlet(
        "gazeta", {"kind": "feed", "url": "/rss", **full}, {"kind": "wordpress", "url": PATH, **full}
    )
    site["/rss"] = rss(entry("/post-200/", "Запись 200", NEWEST - timedelta(hours=200), "Текст"))
    site[f"{PATH} page 1"] = posts(site.url, 1, NEWEST - timedelta(hours=200), first=200)
    press.crawl(NOW - timedelta(days=8))
    site["/rss"] = rss(entry("/post-1/", "Запись 1", NEWEST, "Текст"))
    for number in range(4):
        first = 1 + 60 * number
        site[f"{PATH} page {number + 1}"] = posts(site.url, 60, NEWEST - timedelta(hours=first), first=first)
    found = press.crawl(NOW)["gazeta/wordpress"]
    assert (found.entries_seen, found.entries_new, found.overlap) == (240, 238, 1)
    before = len(site.asked)
    assert press.crawl(NOW + timedelta(hours=1))["gazeta/wordpress"].outcome == Outcome.UNCHANGED
    assert sum(one.path.startswith(PATH) for one in site.asked[before:]) == 1


def test_post_without_a_title_has_its_first_words() -> None:
    (item,) = read({"link": "https://example.by/a", "content": {"rendered": "<p>Текст</p>"}}).items
    assert (item.title, item.text) == ("Текст", "Текст")


@pytest.mark.parametrize("link", [None, 5, "/a", "javascript:alert(1)", "http://[::1"])
def test_link_that_is_none_is_no_address(link: object) -> None:
    (item,) = read({"link": link, "title": {"rendered": "Запись"}}).items
    assert item.url is None


def test_half_a_character_costs_no_markup() -> None:
    (item,) = read({"title": {"rendered": "<b>Смайл</b> \ud83d"}}).items
    assert item.title == "Смайл \ufffd"


@pytest.mark.parametrize("body", [b"", b"<html>", b"{}", b"[1]", b"null", '["а"]'.encode("windows-1251")])
def test_another_document_is_no_listing(body: bytes) -> None:
    with pytest.raises(NotAFeed):
        wordpress.read(body, ZoneInfo("Europe/Minsk"), NOW)
