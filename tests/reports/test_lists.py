"""Lists of gaps, leads and pairs, and the page of one entry on a terminal."""

import csv
import io
import json
from collections.abc import Iterator

import pytest

from crawlers.codes import Pair
from reports import terminal
from reports.choose import Choice, Sort, Status, chosen, leads_of
from reports.coverage import LineSide
from reports.gap_table import COLUMNS, as_csv
from reports.view import View
from reports.weekly import sparkline, weekly
from tests.program import mediagap
from tests.reports.made_up import HERE, PRESS, THERE, ago, entry, outlet, snapshot, text, view

ENTRIES = [
    entry("deal-one", ends="2027-12-31", sector=["trade"]), entry("deal-two", ends="2027-12-31", sector=["food"]),
    entry("town-three", ends="2027-12-31", pairs=["BY-VI:RU-KOS"], kind="twinning"),
]  # fmt: skip
TEXTS = [text(1, "deal-one", ago(30), "volga"), text(2, "deal-two", ago(170), "dnepr", grade="mention")]


@pytest.fixture
def seen() -> View:
    press = [*PRESS, outlet("dvina", "BY-VI"), outlet("ushacha", "BY-VI")]
    return view(snapshot(ENTRIES, TEXTS, press=press, unread=[("drut", ago(n)) for n in range(1, 40)]))


def names(found: list[LineSide]) -> list[tuple[str, str]]:
    return [(one.line, one.side) for one in found]


def test_event_gaps_come_first(seen: View) -> None:
    assert names(chosen(seen, Choice())) == [
        ("deal-one", HERE), ("deal-two", THERE), ("town-three", "BY-VI"), ("town-three", THERE),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("choice", "left"),
    [
        (Choice(pair=Pair(HERE, THERE)), 2), (Choice(region="BY-VI"), 2), (Choice(region="RU"), 4),
        (Choice(region="KZ"), 0), (Choice(sector="food"), 1), (Choice(status=Status.EVENT), 1),
        (Choice(status=Status.QUIET), 3), (Choice(status=Status.MENTIONED), 1), (Choice(min_observed=0.9), 3),
    ],
)  # fmt: skip
def test_choices(seen: View, choice: Choice, left: int) -> None:
    assert len(chosen(seen, choice)) == left


def test_orders(seen: View) -> None:
    assert names(chosen(seen, Choice(), Sort.OBSERVED))[-1] == ("deal-one", HERE)
    assert names(chosen(seen, Choice(), Sort.PAIR))[0] == ("deal-one", HERE)
    assert names(chosen(seen, Choice(), Sort.TITLE))[-1] == ("town-three", THERE)


def test_csv_has_a_row_a_side_and_calculates_nothing() -> None:
    titles = dict.fromkeys(("ru", "be", "en"), "=HYPERLINK(1)")
    found = view(snapshot([entry("deal-one", ends="2027-12-31", title=titles)]))
    rows = list(csv.DictReader(io.StringIO(as_csv(found, chosen(found, Choice())).decode("utf-8-sig"))))
    assert tuple(rows[0]) == COLUMNS
    assert [(row["side"], row["title"], row["observed_percent"]) for row in rows] == [
        (HERE, "'=HYPERLINK(1)", "100"), (THERE, "'=HYPERLINK(1)", "100"),
    ]  # fmt: skip


def test_leads_of_a_region_are_those_of_its_side(seen: View) -> None:
    assert [lead.side.side for lead in leads_of(seen.leads, None, HERE)] == [HERE]
    assert leads_of(seen.leads, Pair("BY-VI", THERE), None) == []


def test_a_sparkline_tells_none_from_unknown() -> None:
    texts = [text(n, "deal-one", ago(10), "dnepr") for n in range(4)] + [text(9, "deal-one", ago(3), "drut")]
    unread = [(name, ago(n)) for name in ("dnepr", "drut") for n in range(15, 22)]
    of = snapshot([ENTRIES[0]], texts, unread=unread)
    (one,) = [s for s in view(of).lines if s.side == HERE]
    listed = weekly(of, one, 4)
    assert sparkline(listed) == "·?█▂"
    assert [week.first for week in listed] == [ago(28), ago(21), ago(14), ago(7)]
    assert [round(week.share, 2) for week in listed] == [1.0, 0.0, 1.0, 1.0]


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(type(terminal.console), "width", property(lambda _: 30))
    return None


@pytest.mark.usefixtures("narrow")
def test_a_narrow_terminal_gets_fewer_weeks(seen: View, capsys: pytest.CaptureFixture[str]) -> None:
    terminal.entry(seen, ENTRIES[0], [one for one in seen.lines if one.line == "deal-one"], None)
    lines = [
        line
        for line in capsys.readouterr().out.splitlines()
        if line.strip() and set(line.strip()) <= set("·?█▁")
    ]
    assert [len(line) for line in lines] == [28, 28]


def test_commands_print_lists(on_demo: dict[str, str]) -> None:
    rows = list(csv.DictReader(io.StringIO(mediagap("gaps", "--csv", "--region", "BY-MA", env=on_demo).stdout)))
    assert {row["value"] for row in rows} == {"none_found"}
    leads = json.loads(mediagap("leads", "--region", "BY-MA", "--json", env=on_demo).stdout)
    assert {one["side"] for one in leads} == {"BY-MA"}
    assert leads[0]["kind"] == "partner"
    pairs = json.loads(mediagap("pairs", "--json", env=on_demo).stdout)
    shown = next(one for one in pairs if one["pair"] == "BY-MA:RU-KOS")
    assert shown["belarus"]["bounds"] is None  # fewer than ten lines
    assert shown["anywhere"] >= shown["both"] >= shown["both_own"]


def test_check_can_fail_and_hand_on_a_brief(on_demo: dict[str, str]) -> None:
    name = "mogilev-kostroma-agreement-2006"
    assert mediagap("check", name, "--fail-on", "gap", env=on_demo).returncode == 1
    assert mediagap("check", name, "--brief", env=on_demo).stdout.startswith(
        "# Agreement on cooperation of Mogilev"
    )
    late = json.loads(mediagap("check", name, "--since", "2026-11-23", "--json", env=on_demo).stdout)
    assert all(one["articles"] == [] for one in late)


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [(("gaps", "--sector", "poetry"), "machinery"), (("gaps", "--region", "XX"), "ISO 3166-2"),
     (("pairs", "--control", "good"), "exile"), (("check", "x", "--fail-on", "all"), "gap")],
)  # fmt: skip
def test_what_is_allowed_is_said(on_demo: dict[str, str], arguments: tuple[str, ...], allowed: str) -> None:
    done = mediagap(*arguments, env=on_demo)
    assert done.returncode == 2
    assert allowed in done.stderr
