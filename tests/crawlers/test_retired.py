"""What an editor has retired is not asked, is said in the ledger, and is asked again once restored."""

from datetime import date, datetime, timedelta

import pytest
from sqlite_utils import Database

from crawlers import registry, retired
from crawlers.errors import DataError
from crawlers.items import Attempt
from crawlers.outcome import Outcome
from crawlers.outlet_days import DayState, judge
from crawlers.registry import Outlet
from tests.crawlers.local_press import Press, at, entry, outlet_data, rss, urlset

NOW = at("2026-11-24T12:00")
FULL = {"kind": "feed", "url": "/rss", "content": "full"}
MAP = {"kind": "sitemap", "url": "/map.xml"}
OUTLETS = {
    "gazeta": Outlet.model_validate(outlet_data("gazeta")),
    "radio": Outlet.model_validate(outlet_data("radio")),
}
DECISION = retired.Decision("gazeta", True, NOW, "Anna", "closed")


def later(hours: int) -> datetime:
    return NOW + timedelta(hours=hours)


def test_retired_source_is_not_asked_until_it_is_restored(press: Press) -> None:
    site = press.outlet("gazeta", FULL, MAP)
    site["/rss"] = rss(entry("/a", "Соглашение", at("2026-11-23T10:00"), "Весь текст"))
    site["/map.xml"] = urlset((f"{site.url}/b", "2026-11-23"))  # announces a page that is not there
    press.crawl(NOW)
    outlets = registry.load(press.sources)
    asked = site.count("/map.xml"), site.count("/b")
    with press.database() as db:
        retired.retire(db, outlets, "gazeta/sitemap", "Anna", "lists every page twice", later(1))
    # even if its outlet is named, and neither are the pages that it had announced
    found = press.crawl(later(6), "gazeta")
    assert (site.count("/map.xml"), site.count("/b")) == asked
    told = found["gazeta/sitemap"]
    assert (told.outcome, told.message) == (Outcome.NOT_TRIED, "retired on 2026-11-24: lists every page twice")
    assert found["gazeta/feed"].outcome == Outcome.UNCHANGED
    with press.database() as db:
        retired.restore(db, outlets, "gazeta/sitemap", "Anna", "mended", later(7))
    assert press.crawl(later(12))["gazeta/sitemap"].outcome == Outcome.UNCHANGED
    assert [one.outcome for one in press.attempts("gazeta/sitemap")] == [
        "new",
        "not_tried",
        "not_tried",
        "unchanged",
    ]


def test_crawl_of_nothing_but_retired_outlets_asks_nobody(press: Press) -> None:
    site, other = press.outlet("gazeta", FULL, MAP), press.outlet("radio", FULL)
    outlets = registry.load(press.sources)
    with press.database() as db:
        retired.retire(db, outlets, "gazeta", "Anna", "closed", NOW)
    found = press.crawl(later(1), "gazeta")
    assert {one.outcome for one in found.values()} == {Outcome.NOT_TRIED}
    assert list(found) == ["gazeta/feed", "gazeta/sitemap"]
    assert (site.asked, other.asked) == ([], [])


def test_days_after_retiring_are_not_observed_and_those_before_stay() -> None:
    asked, reach = at("2026-11-20T12:00"), at("2026-11-10T00:00")
    tries = [
        Attempt("gazeta/feed", "gazeta", asked, Outcome.NEW, entries_seen=9, reaches_back=reach),
        retired.attempt("gazeta/feed", "gazeta", asked + timedelta(hours=1), DECISION),
    ]
    days = judge(date(2026, 11, 18), date(2026, 11, 22), OUTLETS["gazeta"].zone, {"gazeta/feed": tries}, {})
    assert [day.state for day in days.values()] == [DayState.OBSERVED] * 2 + [DayState.UNOBSERVED] * 3
    assert {day.reason for day in list(days.values())[2:]} == {Outcome.NOT_TRIED}


def test_decisions_are_kept_with_who_when_and_why(db: Database) -> None:
    retired.retire(db, OUTLETS, "gazeta", " Anna ", " closed ", NOW)
    assert retired.retired(db) == {"gazeta": DECISION}
    back = retired.restore(db, OUTLETS, "gazeta", "Ivan", "open again", later(1))
    assert retired.retired(db) == {}
    assert retired.history(db) == [DECISION, back]


def test_outlet_and_source_are_decided_on_apart(db: Database) -> None:
    retired.retire(db, OUTLETS, "gazeta/feed", "Anna", "closed", NOW)
    retired.retire(db, OUTLETS, "gazeta", "Anna", "sold", NOW)
    retired.restore(db, OUTLETS, "gazeta", "Anna", "bought back", NOW)
    assert list(retired.sources_retired(db, OUTLETS.values())) == ["gazeta/feed"]


@pytest.mark.parametrize(
    ("subject", "by", "why", "says"),
    [
        ("nobody", "Anna", "closed", "source: found 'nobody'"),
        ("gazeta/sitemap", "Anna", "closed", "source: found 'gazeta/sitemap'"),
        ("gazeta", " ", "closed", "--by: found nothing"),
        ("gazeta", "Anna", " ", "--why: found nothing"),
        ("gazeta", "Anna", "closed\nin May", "--why: found 'several lines'"),
        ("radio", "Anna", "closed", "retired already"),
    ],
)
def test_decision_that_is_none(db: Database, subject: str, by: str, why: str, says: str) -> None:
    retired.retire(db, OUTLETS, "radio", "Anna", "closed", NOW)
    with pytest.raises(DataError, match=says):
        retired.retire(db, OUTLETS, subject, by, why, NOW)
    assert list(retired.retired(db)) == ["radio"]


def test_what_is_asked_can_not_be_restored(db: Database) -> None:
    with pytest.raises(DataError, match="not retired"):
        retired.restore(db, OUTLETS, "gazeta", "Anna", "open again", NOW)
