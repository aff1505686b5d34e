"""The worked examples of the README's definitions, one test each; their names stand there."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import reports
from crawlers.registry import Tier
from reports.coverage import Gap, Index, LineSide, Only, Value, by_tier, coverage, index
from reports.rollups import by_language, by_partner, by_region, by_sector, matrix, rollup
from reports.snapshot import Publication
from reports.suspensions import Suspension
from reports.tally import Tally
from reports.trend import trends
from tests.reports.made_up import HERE, PRESS, THERE, ago, entry, outlet, snapshot, text

DEAL = "deal-one"


def here(*texts: Publication, **fields: object) -> LineSide:
    """The Mogilev side of an agreement that is known to work."""
    entries = fields.pop("entries", [entry(DEAL, ends="2027-12-31")])
    (one,) = [s for s in coverage(snapshot(entries, texts, **fields)) if s.side == HERE]  # type: ignore[arg-type]
    return one


def test_every_definition_has_its_test() -> None:
    told = (Path(reports.__file__).parent / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(example_\w+)`", told))
    assert named == {name.removeprefix("test_") for name in globals() if name.startswith("test_example_")}


def test_example_covered() -> None:
    one = here(text(1, DEAL, ago(100), "dnepr"))
    assert (one.value, one.own, one.silence, one.interval) == (Value.COVERED, True, 100, 180)
    assert here(text(1, DEAL, ago(181), "dnepr")).value is Value.NONE_FOUND


def test_example_own_and_reprint() -> None:
    one = here(text(1, DEAL, ago(9), "dnepr", own=False, origin="volga", story=7))
    assert (one.value, one.own) == (Value.COVERED, False)


def test_example_mentioned() -> None:
    assert here(text(1, DEAL, ago(9), "dnepr", grade="mention")).value is Value.MENTIONED


def test_example_quiet() -> None:
    one = here()
    assert (one.value, one.gap, one.silence) == (Value.NONE_FOUND, Gap.QUIET, None)


def test_example_event_gap() -> None:
    one = here(text(1, DEAL, ago(20), "volga"))
    assert (one.value, one.gap) == (Value.NONE_FOUND, Gap.EVENT)
    assert here(text(1, DEAL, ago(10), "volga")).gap is Gap.QUIET  # its 14 days are not over
    announced = text(2, DEAL, ago(22), "dnepr")
    assert here(text(1, DEAL, ago(20), "volga"), announced).event is None


def test_example_to_check() -> None:
    assert here(near=[text(1, DEAL, ago(9), "dnepr", grade="near")]).value is Value.TO_CHECK


def test_example_unobserved() -> None:
    one = here(unread=[("drut", ago(n)) for n in range(1, 80)])
    assert (one.value, one.reason) == (Value.UNOBSERVED, "share")
    assert round(one.observed.share, 3) == round(1 - 79 / 360, 3)
    almost = here(unread=[("drut", ago(n)) for n in range(1, 73)])
    assert (almost.observed.share, almost.value) == (0.8, Value.NONE_FOUND)


def test_example_not_expected() -> None:
    assert here(entries=[entry(DEAL)]).reason == "unverified"
    stopped = Suspension.model_validate(
        {"partner": "RU", "since": "2026-01-01", "source": "https://example.org", "seen": "2026"}
    )
    of = replace(snapshot([entry(DEAL, ends="2027-12-31")]), suspensions=(stopped,))
    assert {(one.value, one.reason) for one in coverage(of)} == {(Value.NOT_EXPECTED, "suspended")}
    before = replace(of, now=of.now - timedelta(days=400))
    assert {one.reason for one in coverage(before)} != {"suspended"}


def test_example_rests_on_one() -> None:
    first, same = text(1, DEAL, ago(9), "dnepr"), text(2, DEAL, ago(8), "drut", own=False, story=1)
    assert here(first, same).rests_on_one
    assert here(first, text(2, DEAL, ago(8), "dnepr")).rests_on_one  # one publisher
    assert not here(first, text(2, DEAL, ago(8), "drut")).rests_on_one
    assert not here(replace(first, confirmed=True)).rests_on_one


def test_example_tally() -> None:
    found = here(
        text(1, DEAL, ago(9), "dnepr"), text(2, DEAL, ago(8), "drut", own=False, origin="dnepr", story=1),
        text(3, DEAL, ago(7), "dnepr", own=False, origin=None), text(4, DEAL, ago(6), "drut", grade="mention"),
    )  # fmt: skip
    assert found.tally == Tally(3, 2, 2, 2, 1, 2, (("", 1), ("dnepr", 1)))


def test_example_tiers() -> None:
    press = [*PRESS, outlet("bobruisk", level="district"), outlet("stolica", "BY")]
    of = snapshot([entry(DEAL, ends="2027-12-31")], [text(1, DEAL, ago(9), "stolica")], press=press)
    (whole,) = [one for one in coverage(of) if one.side == HERE]
    assert whole.value is Value.COVERED
    tiers = by_tier(of, whole)
    assert [(tier, one.value, one.reason) for tier, one in tiers.items()] == [
        (Tier.LOCAL, Value.UNOBSERVED, "families"), (Tier.REGIONAL, Value.NONE_FOUND, ""),
        (Tier.NATIONAL, Value.COVERED, ""),
    ]  # fmt: skip
    assert tiers[Tier.NATIONAL].interval == 365


def test_example_index() -> None:
    entries = [entry(f"deal-{n}", ends="2027-12-31") for n in range(10)]
    texts = [text(n, f"deal-{n}", ago(9), "dnepr", own=n < 4) for n in range(6)]
    near = [text(99, "deal-9", ago(9), "dnepr", grade="near")]
    sides = [one for one in coverage(snapshot(entries, texts, near)) if one.side == HERE]
    found = index(sides)
    assert found == Index(6, 4, 0, 3, 1, 0, 6)
    assert found.bounds == (0.6, 0.7)
    assert index(sides[:9]).bounds is None


def test_example_both_sides() -> None:
    entries = [entry(f"deal-{n}", ends="2027-12-31") for n in range(3)]
    texts = [
        text(1, "deal-0", ago(9), "dnepr"), text(2, "deal-0", ago(9), "volga"),
        text(3, "deal-1", ago(9), "dnepr"), text(4, "deal-1", ago(9), "volga", own=False),
        text(5, "deal-2", ago(9), "volga"),
    ]  # fmt: skip
    found = rollup("all", coverage(snapshot(entries, texts)))
    assert (found.expected, found.anywhere, found.both, found.both_own) == (3, 3, 2, 1)


def test_example_rollup_counts_a_line_once() -> None:
    """Of two partner regions one reported it: the country's side did."""
    press = [*PRESS, outlet("bryansk", "RU-BRY"), outlet("desna", "RU-BRY")]
    deal = entry(DEAL, ends="2027-12-31", pairs=[f"{HERE}:{THERE}", f"{HERE}:RU-BRY"], sector=["trade", "food"])
    of = snapshot([deal], [text(1, DEAL, ago(9), "bryansk")], press=press)
    lines = coverage(of)
    russia = by_partner(lines)["RU"]
    assert (russia.partner.covered, russia.partner.expected) == (1, 1)
    assert by_region(lines)[HERE].belarus.expected == 1
    assert [key for key, one in by_sector(lines).items() if one.expected == 1] == ["food", "trade"]
    assert list(matrix(lines)) == [(HERE, "RU")]
    # nothing is "not found" for a country while one of its regions could not be seen
    blind = snapshot([deal], press=press, unread=[("desna", ago(n)) for n in range(1, 181)])
    assert by_partner(coverage(blind))["RU"].partner.unobserved == 1


def test_example_language() -> None:
    press = [*PRESS, outlet("zvon", languages=["be"]), outlet("ranak", languages=["be", "ru"])]
    deal = entry(DEAL, ends="2027-12-31")
    texts = [text(1, DEAL, ago(9), "dnepr"), text(2, DEAL, ago(8), "ranak", language="ru")]
    found = by_language(snapshot([deal], texts, press=press))
    assert list(found) == ["be", "ru"]
    assert (found["ru"].belarus.covered, found["ru"].partner.none_found) == (1, 1)
    assert (found["be"].belarus.none_found, found["be"].partner.expected) == (1, 0)


def test_example_control() -> None:
    source = "https://example.org/imprint"
    press = [
        *PRESS,
        outlet("vilnia", control="exile", control_source=source),
        outlet("dziarzhauny", control="state", control_source=source),
    ]
    deal = entry(DEAL, ends="2027-12-31")
    of = snapshot([deal], [text(1, DEAL, ago(9), "vilnia")], press=press)
    values = {
        control: next(s.value for s in coverage(of, Only(control=control)) if s.side == HERE)
        for control in (None, "exile", "state")
    }
    assert values == {None: Value.NONE_FOUND, "exile": Value.COVERED, "state": Value.UNOBSERVED}


def test_example_trend() -> None:
    """An outlet that came last month is not in it; a line whose year-long window is not known neither."""
    entries = [entry("deal-one", ends="2027-12-31"), entry("town-two", kind="twinning", ends="2027-12-31")]
    press = [*PRESS, outlet("navina")]
    of = snapshot(
        entries, [text(1, "deal-one", ago(70), "dnepr"), text(2, "deal-one", ago(9), "navina")], press=press
    )
    days = {name: dict(listed) for name, listed in of.days.items()}
    days["navina"] = {day: state for day, state in days["navina"].items() if day > ago(20)}
    found = trends(replace(of, days=days), coverage(of))
    (ours,) = [one for (_, side), one in found.items() if side == HERE]
    assert ours.lines == ("deal-one",)
    assert ours.outlets == ("dnepr", "drut")
    assert [(day, i.covered) for day, i in ours.points] == [
        (ago(84), 0), (ago(56), 1), (ago(28), 1), (ago(0), 1),
    ]  # fmt: skip
    assert ours.change is None  # fewer than ten lines
    assert ours.points[0][0] + timedelta(weeks=12) == ago(0)
