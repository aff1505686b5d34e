"""A plan's measures month by month: what was found, what editors say, and who is not shown."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from reports import beside, lead_work, plain, site, terminal
from reports.lead_work import Work
from reports.measures import tables
from reports.view import View
from tests.reports.made_up import HERE, NOW, PRESS, THERE, ago, entry, outlet, snapshot, text, view


def planned(profile: str = "strictest") -> View:
    entries = [
        entry("plan-one", kind="plan", ends="2026-12-31"), entry("lift-works", kind="project", part_of="plan-one", size="C", size_reason="x"),
        entry("lift-parts", kind="contract", part_of="lift-works"), entry("plan-old", kind="plan", ends="2019"),
        entry("no-plan"),
    ]  # fmt: skip
    texts = [
        text(1, "plan-one", ago(3), "dnepr"), text(2, "lift-works", ago(40), "drut"), text(3, "lift-parts", ago(41), "volga"),
        text(4, "lift-works", ago(400), "dnepr"), text(5, "lift-works", ago(4), "dnepr", grade="mention"),
        text(6, "no-plan", ago(4), "dnepr"),
    ]  # fmt: skip
    secret = outlet(
        "secret", restrictions=[{"jurisdiction": "BY", "kind": "list", "since": "2022", "source": "https://example.org", "as_of": "2026-11-20"}]
    )  # fmt: skip
    return view(snapshot(entries, texts, press=[*PRESS, secret]), profile=profile)


def test_each_measure_by_month_and_side() -> None:
    here, there = tables(planned())
    assert [(one.plan.side, one.plan.line) for one in (here, there)] == [
        (HERE, "plan-one"),
        (THERE, "plan-one"),
    ]
    assert here.months == tuple(date(2026, month, 1) for month in range(6, 12))
    told = {row.measure.id: [[p.article for p in cell.texts] for cell in row.cells[-2:]] for row in here.rows}
    assert told == {"plan-one": [[], [1]], "lift-works": [[2], []], "lift-parts": [[], []]}
    assert [p.article for row in there.rows for cell in row.cells for p in cell.texts] == [3]
    assert [one.plan.line for one in tables(planned(), "plan-old")] == ["plan-old"] * 2
    assert tables(planned(), "no-plan") == []


@pytest.mark.parametrize("profile", ["BY", "RU"])
def test_what_editors_say_they_have_written(
    db: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str], profile: str
) -> None:
    seen = planned(profile)
    for kind, note in (
        ("partner", "«Dnepr», no. 45"),
        ("term", "https://secret.example/1"),
        ("ended", "Secret, p. 3"),
    ):
        lead_work.say(
            db,
            ("lift-works",),
            "lift-works",
            kind,
            HERE,
            Work.WRITTEN,
            "anna",
            NOW - timedelta(hours=1),
            note=note,
        )
    lead_work.say(db, ("plan-one",), "plan-one", "term", HERE, Work.DECLINED, "anna", NOW - timedelta(hours=1))
    seen.beside = beside.read(db, NOW, seen.hidden)
    here = tables(seen)[0]
    cell = next(row for row in here.rows if row.measure.id == "lift-works").cells[-1]
    assert cell.number == 3  # counted, whoever may see where
    shown = {one.note for one in cell.written if one.note}
    assert shown == {"«Dnepr», no. 45"} | (
        {"https://secret.example/1", "Secret, p. 3"} if profile == "RU" else set()
    )
    page = {path.name: path.read_text(encoding="utf-8") for path in site.write(seen, tmp_path / "r")}[
        "plans.html"
    ]
    terminal.measures(seen, [here])
    for out in (page, capsys.readouterr().out, str(plain.measures(here))):
        assert "«Dnepr», no. 45" in out
        assert ("secret" in out.casefold()) is (profile == "RU")


def test_month_that_was_not_observed_is_no_zero(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deal = entry("plan-one", kind="plan", ends="2026-12-31")
    unread = [(name, ago(n)) for name in ("dnepr", "drut") for n in range(60, 80)]  # 4 to 24 September
    seen = view(snapshot([deal], [text(1, "plan-one", ago(3), "dnepr")], unread=unread))
    here, there = tables(seen)
    assert here.observed == (True, True, True, False, True, True)
    assert all(there.observed)
    page = {path.name: path.read_text(encoding="utf-8") for path in site.write(seen, tmp_path / "r")}[
        "plans.html"
    ]
    assert page.count("not observed") == 1
    terminal.measures(seen, [here])
    assert "not observed well enough: 2026-09" in capsys.readouterr().out
    assert plain.measures(here)["observed"] == list(here.observed)
