"""What the next run knows of the last: rules that were read, a site that asked to wait, one that moved."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from scrapy.http import Response
from sqlite_utils import Database

from crawlers import manners, moves, robots, store
from crawlers.outcome import Outcome
from crawlers.settings import CONCURRENT_REQUESTS
from tests.crawlers.local_press import Answer, Press, at, entry, page, rss, urlset

NOW = at("2026-11-24T12:00")
FULL = {"kind": "feed", "url": "/rss", "content": "full"}
GOOD = rss(entry("/a", "Соглашение", at("2026-11-23T10:00"), "Весь текст"))
NOBODY = "User-agent: *\nDisallow: /"


@pytest.mark.parametrize(
    ("status", "raw", "expected"),
    [
        (429, "120", NOW + timedelta(minutes=2)),
        (503, "120", NOW + timedelta(minutes=2)),
        (429, "Tue, 24 Nov 2026 13:00:00 GMT", at("2026-11-24T13:00")),
        (429, "Tue, 24 Nov 2026 16:00:00 +0300", at("2026-11-24T13:00")),
        (429, "Tue, 24 Nov 2026 11:00:00 GMT", None),
        (429, "0", None),
        (429, "-5", None),
        (429, "soon", None),
        (429, "9" * 40, None),
        (429, "9" * 9999, None),
        (429, "Fri, 31 Dec 9999 23:59:59 -2300", None),
        (429, "", None),
        (200, "120", None),
        (403, "120", None),
    ],
)
def test_retry_after(status: int, raw: str, expected: datetime | None) -> None:
    answer = Response("https://example.by/", status=status, headers={"Retry-After": raw} if raw else {})
    assert manners.retry_after(answer, NOW) == expected


def test_site_that_asked_to_wait_is_left_alone_until_then(press: Press) -> None:
    site = press.outlet("gazeta", FULL, {"kind": "sitemap", "url": "/map.xml"})
    site["/rss"] = Answer("", 503, {"Retry-After": "7200"})
    first = press.crawl(NOW, retries=1)
    assert first["gazeta/feed"].retry_after == NOW + timedelta(hours=2)
    assert (site.count("/rss"), site.count("/map.xml")) == (1, 0)
    assert first["gazeta/sitemap"].outcome == Outcome.NOT_TRIED
    asked = len(site.asked)
    site["/rss"] = GOOD
    second = press.crawl(NOW + timedelta(hours=1))["gazeta/feed"]
    assert (second.outcome, len(site.asked)) == (Outcome.NOT_TRIED, asked)
    assert "the site asked to wait until 2026-11-24T14:00:00Z" in second.message
    assert press.crawl(NOW + timedelta(hours=2))["gazeta/feed"].outcome == Outcome.NEW


def test_longest_wait_is_a_day(press: Press) -> None:
    """A year may be meant, but a source that nobody asks any more would be given up in silence."""
    site = press.outlet("gazeta", FULL)
    site["/rss"] = Answer("", 429, {"Retry-After": str(365 * 86400)})
    assert press.crawl(NOW)["gazeta/feed"].retry_after == NOW + timedelta(days=365)
    site["/rss"] = GOOD
    assert press.crawl(NOW + timedelta(days=1))["gazeta/feed"].outcome == Outcome.NEW


def test_pages_of_a_site_that_is_asked_too_often_stay_wanted(press: Press) -> None:
    """Of three pages the first is refused, and the others have used up no try."""
    site = press.outlet("gazeta")
    site["/rss"] = rss(*(entry(f"/{n}", f"Новость {n}", at("2026-11-23T10:00"), "Коротко") for n in range(3)))
    for number in range(3):
        site[f"/{number}"] = Answer("", 429)
    press.crawl(NOW)
    assert sum(site.count(f"/{n}") for n in range(3)) == 1
    assert sorted(row["tries"] for row in press.pages("gazeta")) == [0, 0, 1]
    for number in range(3):
        site[f"/{number}"] = page(f"Новость {number}")
    press.crawl(NOW + timedelta(hours=1))
    assert [row["state"] for row in press.pages("gazeta")] == ["read"] * 3


def test_robots_are_kept_for_a_day(press: Press) -> None:
    site = press.outlet("gazeta", FULL)
    site["/rss"] = GOOD
    for hours, asked in ((0, 1), (1, 1), (23, 1), (24, 2)):
        press.crawl(NOW + timedelta(hours=hours))
        assert site.count("/robots.txt") == asked
    site["/robots.txt"] = NOBODY
    assert press.crawl(NOW + timedelta(hours=49))["gazeta/feed"].outcome == Outcome.FORBIDDEN


def test_robots_that_cannot_be_reached_are_those_of_before(press: Press) -> None:
    open_, closed = press.outlet("open", FULL), press.outlet("closed", FULL)
    closed["/robots.txt"] = NOBODY
    for site in (open_, closed):
        site["/rss"] = GOOD
    press.crawl(NOW)
    for site in (open_, closed):
        site["/robots.txt"] = Answer("", 500)
    outcomes = [one.outcome for one in press.crawl(NOW + timedelta(days=2)).values()]
    assert outcomes == [Outcome.FORBIDDEN, Outcome.UNCHANGED]
    assert {one.outcome for one in press.crawl(NOW + timedelta(days=40)).values()} == {Outcome.ERROR}


@pytest.mark.parametrize(
    ("status", "rules"),
    [
        (200, "a"),
        (204, "a"),
        (404, ""),
        (403, ""),
        (410, ""),
        (429, None),
        (302, None),
        (500, None),
        (599, None),
    ],
)
def test_what_an_answer_says_of_the_rules(status: int, rules: str | None) -> None:
    assert robots.rules_of(status, b"a") == rules


def test_rules_are_read_to_a_limit() -> None:
    assert len(robots.rules_of(200, b"a" * 10**6) or "") == robots.MOST_BYTES


def test_rules_of_the_future_are_none(db: Database) -> None:
    robots.keep(db, "https://example.by", NOW, 200, NOBODY)
    assert robots.kept(db, "https://example.by", NOW - timedelta(hours=1)) is None
    assert robots.kept(db, "http://example.by", NOW) is None


@pytest.mark.parametrize(
    ("reasons", "expected"),
    [
        ([], None),
        ([301], "b"),
        ([308, 301], "c"),
        ([301, 302], "b"),
        ([302, 301], None),
        (["meta refresh"], None),
    ],
)
def test_permanent_redirects_lead_as_far_as_they_are_permanent(
    reasons: list[object], expected: str | None
) -> None:
    chain = ["a", "b", "c"]
    assert moves.new_address(chain[: len(reasons)], reasons, chain[len(reasons)]) == expected


def test_source_that_moved_is_a_proposal_until_it_is_back(press: Press) -> None:
    gone, lent, lost = (press.outlet(name, FULL) for name in ("gone", "lent", "lost"))
    for site, status in ((gone, 301), (lent, 302), (lost, 301)):
        site["/rss"], site["/new"] = Answer("", status, {"Location": "/new"}), GOOD
    lost["/new"] = "<html>"
    for hours in (0, 6):
        press.crawl(NOW + timedelta(hours=hours))
    with press.database() as db:
        (move,) = moves.proposals(db)
    assert move == (
        "gone/feed", f"{gone.url}/rss", f"{gone.url}/new", NOW, NOW + timedelta(hours=6),
    )  # fmt: skip
    gone["/rss"] = GOOD
    press.crawl(NOW + timedelta(hours=12))
    with press.database() as db:
        assert moves.proposals(db) == []


def test_move_to_a_third_place_begins_anew(db: Database) -> None:
    for hours, new in ((0, "b"), (1, "b"), (2, "c")):
        with store.writing(db) as connection:
            moves.record(connection, "g/feed", "a", new, NOW + timedelta(hours=hours))
    later = NOW + timedelta(hours=2)
    assert moves.proposals(db) == [("g/feed", "a", "c", later, later)]


def test_one_request_at_a_time_for_a_host_and_port(press: Press) -> None:
    """Two outlets on one machine are asked side by side, each for one thing after the other."""
    sites = [press.outlet(name) for name in ("first", "second")]
    for site in sites:
        site["/rss"] = rss(*(entry(f"/{n}", f"Новость {n}", at("2026-11-23T10:00")) for n in range(4)))
        for number in range(4):
            site[f"/{number}"] = Answer(page(f"Новость {number}"), takes=0.05)
    press.crawl(NOW)
    assert [site.most_at_once for site in sites] == [1, 1]
    assert all(row["state"] == "read" for name in ("first", "second") for row in press.pages(name))


def test_pages_are_limited_for_an_outlet_not_for_each_of_its_sources(press: Press) -> None:
    rubric = {"kind": "feed", "url": "/rss2"}
    site = press.outlet(
        "gazeta", {"kind": "feed", "url": "/rss"}, rubric, {"kind": "sitemap", "url": "/map.xml"}
    )
    for name, first in (("/rss", 0), ("/rss2", 10)):
        site[name] = rss(
            *(entry(f"/{n}", f"Новость {n}", at("2026-11-23T10:00")) for n in range(first, first + 3))
        )
    site["/map.xml"] = f"<urlset><url><loc>{site.url}/20</loc></url></urlset>"
    press.crawl(NOW, most_pages=4)
    asked = [one for one in site.asked if one.path.strip("/").isdigit()]
    assert len(asked) == 4


def test_pause_that_robots_ask_for_is_kept_for_feed_pages_and_sitemap(press: Press) -> None:
    site = press.outlet("gazeta", {"kind": "feed", "url": "/rss"}, {"kind": "sitemap", "url": "/map.xml"})
    site["/robots.txt"] = "User-agent: mediagap\nCrawl-delay: 0.3\n\nUser-agent: *\nDisallow: /"
    site["/rss"] = rss(*(entry(f"/{n}", f"Новость {n}", at("2026-11-23T10:00")) for n in range(3)))
    site["/map.xml"] = urlset((f"{site.url}/3", "2026-11-23T10:00:00Z"))
    for number in range(4):
        site[f"/{number}"] = page(f"Новость {number}")
    press.crawl(NOW)
    assert [row["state"] for row in press.pages("gazeta")] == ["read"] * 4
    moments = [one.at for one in site.asked if one.path != "/robots.txt"]
    assert len(moments) == 6
    assert min(b - a for a, b in pairwise(moments)) >= 0.29


def test_pages_of_a_host_that_asks_for_long_pauses_are_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(manners.pauses, "slow.by", 60.0)
    monkeypatch.setitem(manners.pauses, "open.by", 0.0)
    hosts = ("slow.by", "open.by", "other.by")
    assert [manners.most_pages(f"https://{host}/a", 200) for host in hosts] == [10, 200, 200]


def test_pages_of_one_slow_site_leave_room_for_all_others(press: Press) -> None:
    """More pages than requests under way: a site that is asked after them answers before the first is there."""
    slow, quick = press.outlet("a-slow"), press.outlet("b-quick")
    numbers = range(CONCURRENT_REQUESTS + 3)
    slow["/rss"] = rss(*(entry(f"/{n}", f"Новость {n}", at("2026-11-23T10:00")) for n in numbers))
    for number in numbers:
        slow[f"/{number}"] = Answer(page(f"Новость {number}"), takes=0.05)
    quick["/rss"] = Answer(rss(entry("/a", "Новость", at("2026-11-23T10:00"))), takes=0.3)
    quick["/a"] = page("Новость")
    press.crawl(NOW)
    assert quick.asked[-1].at < slow.asked[-1].at
    assert [row["state"] for row in press.pages("a-slow")] == ["read"] * len(numbers)
