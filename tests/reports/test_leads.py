"""Reasons to write: which there are, in which order, and what no lead may be made of."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from matcher import partialdate
from reports.leads import Lead, anniversary, grouped
from reports.snapshot import Publication, Snapshot
from tests.reports.made_up import HERE, TODAY, ago, entry, snapshot, text, view


def found(
    *texts: Publication, entries: list[Any] | None = None, of: Snapshot | None = None, **deal: Any
) -> list[Lead]:
    """Leads of the Mogilev side."""
    listed = entries or [entry("deal-one", **deal)]
    return [lead for lead in view(of or snapshot(listed, texts)).leads if lead.side.side == HERE]


def kinds(leads: list[Lead]) -> list[str]:
    return [lead.kind for lead in leads]


@pytest.mark.parametrize(
    ("signed", "near"),
    [
        ("2016-12-03", (10, date(2026, 12, 3))),
        ("2016-11-18", (10, date(2026, 11, 18))),  # five days ago
        ("2016-11-10", None),
        ("2017-01-05", (10, date(2027, 1, 5))),  # next year's
        ("2017-02-05", None),
        ("2022-01-05", (5, date(2027, 1, 5))),
        ("2016-11", (10, None)),
        ("2017-01", (10, None)),
        ("2021-12", (5, None)),
        ("2016-03", None),
        ("2016", (10, None)),
        ("2022", None),
        ("2018-12-03", None),
    ],
)
def test_round_anniversaries_that_are_near(signed: str, near: tuple[int, date | None] | None) -> None:
    assert anniversary(partialdate.parse(signed), TODAY) == near


def test_of_a_leap_day() -> None:
    assert anniversary(partialdate.parse("2016-02-29"), date(2026, 2, 20)) == (10, date(2026, 2, 28))


def test_a_partners_event_before_dates_before_what_can_wait() -> None:
    names = ["event-one", "term-two", "forum-three", "round-four", "fresh-five", "onesided-six", "ended-seven"]
    dated: dict[str, dict[str, Any]] = {
        "term-two": {"ends": "2026-12-31"}, "ended-seven": {"ends": "2026-10-31"}, "round-four": {"signed": "2016-12-01"},
        "forum-three": {"kind": "forum", "signed": "2025-12-10", "period_months": 12},
    }  # fmt: skip
    entries = [entry(name, **dated.get(name, {})) for name in names]
    texts = [
        text(1, "event-one", ago(30), "volga"), text(2, "fresh-five", ago(3), "volga"),
        text(3, "round-four", ago(3), "dnepr"), text(4, "forum-three", ago(3), "dnepr"),
        text(5, "onesided-six", ago(220), "dnepr"), text(6, "onesided-six", ago(221), "volga"),
        text(7, "onesided-six", ago(170), "volga", grade="about"),
    ]  # fmt: skip
    listed = found(*texts, entries=entries)
    by_line = {lead.side.line: lead.kind for lead in listed if lead.side.line != "onesided-six"}
    assert by_line == {
        "event-one": "partner", "term-two": "term", "forum-three": "meeting", "round-four": "anniversary",
        "fresh-five": "follow_up", "ended-seven": "ended",
    }  # fmt: skip
    assert kinds(listed) == sorted(
        kinds(listed),
        key=["partner", "term", "meeting", "anniversary", "follow_up", "one_sided", "ended"].index,
    )


def test_only_one_side_reports_it() -> None:
    """Reported at the partner, the event of this side's answer in time, and nothing here for half a year."""
    theirs, ours = text(1, "deal-one", ago(179), "volga"), text(2, "deal-one", ago(181), "dnepr")
    (lead,) = found(theirs, ours)
    assert (lead.kind, lead.text) == ("one_sided", theirs)
    reprint = replace(theirs, own=False)
    assert found(reprint, ours) == []


def test_rounder_anniversaries_first() -> None:
    entries = [entry(f"deal-{year}", signed=f"{year}-12-01", ends="2030") for year in (2021, 2016, 2001, 1976)]
    assert [lead.years for lead in found(entries=entries)] == [50, 25, 10, 5]


def test_a_fresh_text_with_anything_here_since_is_no_lead() -> None:
    theirs = text(1, "deal-one", ago(3), "volga")
    assert kinds(found(theirs)) == ["follow_up"]
    assert kinds(found(theirs, text(2, "deal-one", ago(4), "dnepr", grade="mention"))) == []
    assert kinds(found(replace(theirs, own=False))) == []


def test_what_lives_no_more_has_no_lead_but_its_end() -> None:
    assert kinds(found(signed="2016-12-01")) == []  # no sign that it works
    assert kinds(found(ends="2026-10-31")) == ["ended"]
    assert kinds(found(ends="2026-05-01")) == []  # long ago
    later = entry("deal-two", succeeds=["deal-one"])
    assert kinds(found(entries=[entry("deal-one", ends="2026-10-31"), later])) == []
    stopped = [{"date": "2026-10-01", "event": "terminated", "source": "https://example.org", "seen": "2026"}]
    assert kinds(found(ends="2026-12-31", signed="2016-12-01", history=stopped)) == []


def test_leads_of_a_line_stand_together() -> None:
    together = grouped(found(text(1, "deal-one", ago(30), "volga"), ends="2026-12-31"))
    assert [[lead.kind for lead in listed] for listed in together] == [["partner", "term"]]
