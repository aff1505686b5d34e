"""A stretch of days is counted as its days one by one would be."""

from datetime import timedelta

import pytest
from sqlite_utils import Database

from crawlers import ledger, store
from crawlers.items import Attempt
from crawlers.outcome import Outcome
from crawlers.registry import Outlet
from reports.gather import judged_days
from reports.observed import observed
from tests.crawlers.local_press import at, outlet_data
from tests.reports.made_up import HERE, ago, snapshot

UNREAD = {*(("dnepr", ago(n)) for n in range(3, 23)), *(("drut", ago(n)) for n in range(10, 13))}
SHOWN = snapshot([], unread=UNREAD)


@pytest.mark.parametrize(
    ("first", "last", "hole"),
    [(1, 1, 0), (11, 1, 2), (30, 10, 3), (400, 1, 3), (405, 399, 5), (500, 450, 51), (3, -2, 3), (-1, -3, 3)],
)
def test_stretch_counts_each_of_its_days(first: int, last: int, hole: int) -> None:
    found = observed(SHOWN, HERE, ago(first), ago(last))
    assert found.longest_hole == hole
    for one in found.outlets:
        stretch = range(last, first + 1)
        known = [n for n in stretch if 1 <= n <= 400]
        missed = [n for n in known if (one.outlet.id, ago(n)) in UNREAD]
        assert (one.observed, one.days) == (len(known) - len(missed), len(stretch))
        beyond = len(stretch) - len(known)
        expected = {reason for reason, n in (("timeout", missed), ("not_tried", beyond)) if n}
        assert set(one.reasons) == expected


def test_weekly_is_judged_on_its_days(db: Database) -> None:
    """Read on Friday of what came out since Tuesday: the daily's days after that are not, the weekly's issue is."""
    outlets = {
        name: Outlet.model_validate(outlet_data(name, days=days))
        for name, days in (("daily", []), ("weekly", ["thursday"]))
    }
    friday = at("2026-11-20T12:00")
    with store.writing(db) as connection:
        for name in outlets:
            reach = friday - timedelta(days=3)
            one = Attempt(f"{name}/feed", name, friday, Outcome.NEW, entries_seen=3, reaches_back=reach)
            ledger.record(connection, one)
    tries = {one.source: one for one in ledger.attempts(db)}
    found = judged_days(db, outlets, tries, at("2026-11-23T12:00"))
    seen = {
        name: [day.day for day, one in days.items() if one.state == "observed"] for name, days in found.items()
    }
    assert seen == {"daily": [18, 19], "weekly": [19, 20, 21, 22]}  # the 18th stands with the issue of the 12th
