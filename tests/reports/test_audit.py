"""A month's sample is drawn once, by the month alone, and gives rates with their n."""

import html
from pathlib import Path

import pytest
from sqlite_utils import Database

from crawlers.errors import DataError
from reports import audit, audit_rates, beside, plain, site, terminal
from reports.audit_rates import Claim
from reports.coverage import Value
from reports.letter_rows import meaning
from reports.view import View
from tests.reports.made_up import NOW, ago, entry, snapshot, text, view


def seen(lines: int, matches: int) -> View:
    """So many agreements reported too long ago, and so many texts of this month on another."""
    entries = [entry(f"gap-{n}") for n in range(lines)] + [entry("reported-line")]
    old = [text(1000 + n, f"gap-{n}", ago(380), "dnepr") for n in range(lines)]
    return view(
        snapshot(entries, [*old, *(text(n, "reported-line", ago(n % 30), "dnepr") for n in range(matches))])
    )


def keys(db: Database) -> list[tuple[str, str, str, int | None]]:
    return [(one.kind, one.entry, one.side, one.article) for one in audit.items(db)]


def test_sample_is_drawn_once_and_by_the_month(db: Database) -> None:
    many = seen(40, 60)
    population = sum(one.value is Value.NONE_FOUND for one in many.lines)
    drawn = audit.draw(db, many)
    first = keys(db)
    assert population > audit.SAMPLE
    assert [one.kind for one in drawn].count(Claim.GAP) == audit.SAMPLE
    assert [one.kind for one in drawn].count(Claim.MATCH) == audit.SAMPLE
    audit.draw(db, seen(1, 2))  # the archive has changed: what was drawn stays
    assert keys(db) == first
    db.conn.execute("DELETE FROM audit_items")
    audit.draw(db, many)
    assert keys(db) == first
    assert {one.article for one in drawn if one.kind is Claim.MATCH} <= set(range(60))


def test_rates_count_what_was_checked(db: Database) -> None:
    drawn = audit.draw(db, seen(40, 0))
    assert audit_rates.rates(db) == []
    for place, one in enumerate(drawn):
        audit.answer(db, one.id, "wrong" if place < 3 else "right", "anna", NOW, "looked at the site")
    (rate,) = audit_rates.rates(db)
    assert (rate.month, rate.kind, rate.wrong, rate.checked, rate.drawn) == ("2026-11", "gap", 3, 40, 40)
    assert rate.line == "2026-11: 3 of 40 gaps refuted (3% to 20% with 95 %), 40 drawn"
    assert [round(one, 2) for one in rate.interval] == [0.03, 0.2]  # as definitions give it for 3 of 40


def test_what_cannot_be_answered(db: Database) -> None:
    with pytest.raises(DataError, match="the number of an item"):
        audit.answer(db, 7, "right", "anna", NOW)
    with pytest.raises(DataError, match="right wrong"):
        audit.answer(db, 7, "maybe", "anna", NOW)  # type: ignore[arg-type]


def test_rates_stand_in_letter_pages_and_terminal(
    db: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    silent = seen(12, 3)
    drawn = audit.draw(db, silent)
    gaps = [one for one in drawn if one.kind is Claim.GAP]
    terminal.rates(db)
    assert "No sample" in capsys.readouterr().out
    for number, item in enumerate(gaps[:10]):
        audit.answer(db, item.id, "wrong" if number < 2 else "right", "anna", NOW)
    silent.beside = beside.read(db, NOW, silent.hidden)
    told = (
        'Of 10 answers "no texts found" checked by hand in November 2026, 2 were wrong (5 % to 50 % with 95 %).'
    )
    assert meaning(silent, silent.lines, []).endswith(f" {told}")
    pages = {path.name: path.read_text(encoding="utf-8") for path in site.write(silent, tmp_path / "report")}
    assert all(html.escape(told, quote=False) in html.unescape(page) for page in pages.values())
    assert plain.summary(silent, [])["audit"][0]["checked"] == 10
    terminal.rates(db)
    assert "2026-11: 2 of 10 gaps refuted" in capsys.readouterr().out
