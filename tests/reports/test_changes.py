"""What changed since the report of an earlier week, and how that report is remembered."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from crawlers.items import Article, Reading
from matcher.entries import Kind
from matcher.proposals import Proposal
from reports import coverage_weeks, plain, site
from reports.beside import Beside
from reports.changes import Changes, Standing, key
from reports.coverage import Value
from reports.i18n import reader
from reports.snapshot import Publication, Snapshot
from reports.view import View
from reports.weeks import Week
from tests.reports.made_up import NOW, TODAY, ago, entry, snapshot, text

DEALS = [entry(f"deal-{n}", ends="2027-12-31") for n in range(2)]
OURS, THEIRS = text(1, "deal-0", ago(9), "dnepr"), text(2, "deal-0", ago(9), "volga")


def told(*texts: Publication, **fields: Any) -> Standing:
    """What a report of the week before said of these texts."""
    of = snapshot(DEALS, texts, **fields)
    return replace(View(of, reader("en"), "open").standing, week="2026-W46")


def changed(before: Standing, *texts: Publication, **fields: Any) -> Changes:
    found = View(snapshot(DEALS, texts, **fields), reader("en"), "open", before).changes
    assert found is not None
    return found


def keys(listed: tuple[Any, ...]) -> list[str]:
    return [key(one) for one in listed]


def test_what_stays_not_found_is_counted_and_not_listed() -> None:
    found = changed(told())
    assert (found.silent, found.any) == ((), False)
    assert len(found.still) == 4


def test_newly_not_found_and_found_again() -> None:
    assert keys(changed(told(OURS)).silent) == ["deal-0 BY-MA:RU-KOS BY-MA"]
    found = changed(told(), OURS)
    assert keys(found.broken) == ["deal-0 BY-MA:RU-KOS BY-MA"]
    assert len(found.still) == 3


def test_what_was_unknown_then_and_is_not_found_now_is_new() -> None:
    unread = [(name, ago(n)) for name in ("dnepr", "drut") for n in range(1, 100)]
    found = changed(told(unread=unread))
    assert {one.side for one in found.silent} == {"BY-MA"}
    assert {one.side for one in found.still} == {"RU-KOS"}


def test_found_at_the_partner_only() -> None:
    assert keys(changed(told(), THEIRS).one_sided) == ["deal-0 BY-MA:RU-KOS BY-MA"]
    assert changed(told(THEIRS), THEIRS).one_sided == ()
    assert keys(changed(told(OURS, THEIRS), THEIRS).one_sided) == ["deal-0 BY-MA:RU-KOS BY-MA"]
    assert changed(told(), OURS, THEIRS).one_sided == ()


def test_outlets_lost_and_recovered() -> None:
    week = [ago(n) for n in range(1, 4)]
    found = changed(told(unread=[("drut", day) for day in week]), unread=[("volga", day) for day in week])
    assert (found.lost, found.recovered) == (("volga",), ("drut",))


def test_an_outlet_that_is_new_is_neither() -> None:
    before = told()
    without = replace(before, outlets={"dnepr": True})
    assert changed(without, unread=[("volga", ago(n)) for n in range(1, 4)]).lost == ()


def test_a_new_catalogue_or_matcher_is_told() -> None:
    assert not changed(told()).revised
    assert changed(replace(told(), version="older")).revised


def test_a_week_is_kept_for_each_profile(db: Database) -> None:
    one = told(OURS)
    coverage_weeks.keep(db, one, "open", NOW)
    assert coverage_weeks.before(db, Week(2026, 47), "open") == one
    assert coverage_weeks.before(db, Week(2026, 47), "strictest") is None
    assert coverage_weeks.before(db, Week(2026, 46), "open") is None


def test_the_last_report_of_a_week_holds(db: Database) -> None:
    first, last = told(), replace(told(OURS), version="later")
    coverage_weeks.keep(db, last, "open", NOW)
    coverage_weeks.keep(db, first, "open", NOW - timedelta(hours=1))
    assert coverage_weeks.before(db, Week(2026, 47), "open") == last


def test_a_missed_week_compares_with_the_one_before(db: Database) -> None:
    older = replace(told(), week="2026-W40")
    coverage_weeks.keep(db, older, "open", NOW)
    found = coverage_weeks.before(db, Week(2026, 47), "open")
    assert found is not None
    assert found.week == "2026-W40"
    assert found.values["deal-0 BY-MA:RU-KOS BY-MA"] is Value.NONE_FOUND


def test_the_first_report_has_nothing_to_compare_with() -> None:
    of: Snapshot = snapshot(DEALS)
    assert View(of, reader("en"), "open").changes is None


def test_new_proposals_are_told_once(db: Database, tmp_path: Path) -> None:
    news = Article(
        7,
        "https://volga.example/7",
        "volga",
        "volga/feed",
        "Signed <b>",
        "",
        NOW,
        TODAY,
        "ru",
        Reading.FULL,
        "",
    )
    record = {"title": dict.fromkeys(("ru", "be", "en"), "Twinning: a — b")}
    first, second = (Proposal(n, "", DEALS[0].pairs[0], Kind.TWINNING, (news,), record) for n in (3, 5))
    week = Week.parse("2026-W45")

    def seen(before: Standing | None, *found: Proposal) -> View:
        of = View(snapshot(DEALS, [OURS]), reader("en"), "open", before)
        of.beside = Beside(proposals=found)
        return of

    coverage_weeks.keep(db, replace(seen(None, first).standing, week=str(week)), "open", NOW)
    before = coverage_weeks.before(db, Week.parse("2026-W46"), "open")
    assert before is not None
    later = seen(before, first, second)
    assert later.changes is not None
    assert [one.number for one in later.changes.proposed] == [5]
    assert later.changes.any
    assert plain.changes(later.changes)["proposed"][0]["number"] == 5
    page = next(path for path in site.write(later, tmp_path / "r") if path.name == "index.html").read_text(
        "utf-8"
    )
    assert "Reported as signed, and no entry of the catalogue yet" in page
    assert "Signed &lt;b&gt;" in page
    again = seen(later.standing)  # all were settled since: numbers are not told again
    assert again.changes is not None
    assert (again.changes.proposed, again.standing.proposal) == ((), 5)
