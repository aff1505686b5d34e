"""Article pages: wanted once, tried again while that helps, and counted as holes until they are read."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlite_utils import Database

from crawlers import archive, dates, pages, store
from crawlers.dates import Published, Quality
from crawlers.items import Item, Reading
from crawlers.outcome import Outcome
from crawlers.pages import MOST_TRIES, Backlog
from crawlers.registry import Outlet
from tests.crawlers.local_press import at, outlet_data

NOW = at("2026-11-24T12:00")
GAZETA = Outlet.model_validate(outlet_data("gazeta"))
ITEM = Item(
    "http://www.example.by/a/", "Соглашение", published=Published(at("2026-11-09T22:30"), "", Quality.FEED)
)


def want(db: Database, item: Item = ITEM, archived: bool = False, outlet: Outlet = GAZETA) -> bool:
    with store.writing(db) as connection:
        if archived:
            archive.save(connection, item, outlet.id, "gazeta/feed", outlet.zone, NOW)
        return pages.want(connection, item, "gazeta/feed", outlet, NOW)


def miss(db: Database, outcome: Outcome, times: int = 1) -> dict[str, Any]:
    for _ in range(times):
        with store.writing(db) as connection:
            pages.missed(connection, "https://example.by/a", outcome)
    return row(db)


def row(db: Database) -> dict[str, Any]:
    (one,) = store.query(db, "SELECT state, tries, outcome, day FROM pages")
    return one


def test_page_is_wanted_once_by_whatever_address(db: Database) -> None:
    assert want(db)
    assert not want(db, replace(ITEM, url="https://m.example.by/a?utm_source=b"))
    assert row(db) == {"state": "pending", "tries": 0, "outcome": None, "day": "2026-11-10"}


def test_pending_page_is_asked_for_at_the_address_that_the_listing_gave(db: Database) -> None:
    want(db, archived=True)
    assert pages.pending(db, "gazeta/feed") == ["http://www.example.by/a/"]
    assert pages.pending(db, "gazeta/sitemap") == []


def test_pending_page_of_a_sitemap_is_too(db: Database) -> None:
    want(db, replace(ITEM, title=""))
    assert pages.pending(db, "gazeta/feed") == ["http://www.example.by/a/"]


@pytest.mark.parametrize("outcome", [Outcome.BLOCKED, Outcome.TIMEOUT, Outcome.ERROR, Outcome.FORBIDDEN])
def test_page_that_failed_stays_pending(db: Database, outcome: Outcome) -> None:
    want(db)
    assert miss(db, outcome) == {"state": "pending", "tries": 1, "outcome": outcome.value, "day": "2026-11-10"}
    assert pages.pending(db, "gazeta/feed") != []


@pytest.mark.parametrize(("tries", "state"), [(MOST_TRIES - 1, "pending"), (MOST_TRIES, "given_up")])
def test_page_that_failed_often_is_given_up(db: Database, tries: int, state: str) -> None:
    want(db)
    assert miss(db, Outcome.BLOCKED, tries)["state"] == state


def test_page_that_is_gone_is_not_asked_for_again(db: Database) -> None:
    want(db)
    assert miss(db, Outcome.GONE)["state"] == "gone"
    assert pages.pending(db, "gazeta/feed") == []


def test_page_that_was_read_is_done(db: Database) -> None:
    want(db)
    with store.writing(db) as connection:
        pages.read(connection, "http://example.by/a")
    assert row(db) == {"state": "read", "tries": 1, "outcome": "new", "day": "2026-11-10"}
    assert pages.pending(db, "gazeta/feed") == []


def test_listing_knows_the_headline_and_the_day_better(db: Database) -> None:
    want(db, archived=True)
    with store.writing(db) as connection:
        item = pages.completed(connection, Item(ITEM.url, "Меню сайта", "Текст", reading=Reading.PAGE))
    assert (item.title, item.text, item.reading) == ("Соглашение", "Текст", Reading.PAGE)
    assert dates.day_of(item.published.moment, GAZETA.zone) == date(2026, 11, 10)


def test_page_knows_better_what_the_listing_did_not_say(db: Database) -> None:
    want(db, Item(ITEM.url, ""))
    own = Published(at("2026-11-08T10:00"), "2026-11-08T10:00Z", Quality.PAGE)
    with store.writing(db) as connection:
        item = pages.completed(connection, Item(ITEM.url, "Соглашение", "Текст", own))
    assert (item.title, item.published) == ("Соглашение", own)


def test_day_of_the_listing_is_kept_in_the_far_east(db: Database) -> None:
    kamchatka = Outlet.model_validate(
        outlet_data("gazeta", country="RU", region="RU-KAM", time_zone="Asia/Kamchatka")
    )
    listed = replace(ITEM, title="", published=Published(at("2026-11-08T20:00"), "", Quality.LISTING))
    want(db, listed, outlet=kamchatka)
    with store.writing(db) as connection:
        item = pages.completed(connection, Item(ITEM.url, "Соглашение", "Текст"))
    assert dates.day_of(item.published.moment, kamchatka.zone) == date(2026, 11, 9)


@pytest.mark.parametrize(
    ("archived", "outcome", "expected"),
    [
        pytest.param(False, None, 1, id="not tried"),
        pytest.param(False, Outcome.BLOCKED, 1, id="blocked"),
        pytest.param(False, Outcome.GONE, 1, id="gone"),
        pytest.param(True, Outcome.BLOCKED, 0, id="its article is known by title and counted there"),
    ],
)
def test_backlog_counts_pages_without_an_article(
    db: Database, archived: bool, outcome: Outcome | None, expected: int
) -> None:
    want(db, ITEM if archived else replace(ITEM, title=""), archived)
    if outcome:
        miss(db, outcome)
    assert pages.backlog(db) == [Backlog("gazeta", date(2026, 11, 10), 1)] * expected
