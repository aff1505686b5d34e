"""What a letter says: true of what was read, in the order of its importance, and each thing once."""

import re
from dataclasses import replace
from datetime import date

import pytest

from reports.letter import Budget, Letter, compose, smaller
from reports.letter_claims import History, Named
from reports.snapshot import Publication
from tests.reports.made_up import PRESS, ago, entry, outlet, snapshot, task, text, view

FULL = Budget()
EVENT = text(1, "deal-one", ago(30), "volga", title="Partners met")


def letter(
    *texts: Publication, history: History | None = None, budget: Budget = FULL, **fields: object
) -> Letter:
    entries = fields.pop("entries", [entry("deal-one")])
    reader = fields.pop("reader", {})
    return compose(view(snapshot(entries, texts, **fields)), task(history, **reader), budget)  # type: ignore[arg-type]


def titles(one: Letter) -> list[str]:
    return [section.title for section in one.sections]


def rows(one: Letter, title: str) -> list[str]:
    return [" ".join([i.text, *i.details]) for s in one.sections if s.title == title for i in s.items]


PARTNERS, PLAN, CORRECTIONS = (
    "Published by the partners, not found here yet",
    "For this week's plan",
    "Corrections",
)


def test_a_partners_report_that_was_not_found_here() -> None:
    (row,) = rows(letter(EVENT), PARTNERS)
    assert "24 October, Volga: «Partners met»" in row
    assert "Not found here from 22 October to 22 November, read: 2 of 2 outlets, 100 % of outlet-days." in row


@pytest.mark.parametrize(
    "ours",
    [
        text(2, "deal-one", ago(32), "dnepr"),  # announced it
        text(2, "deal-one", ago(1), "dnepr"),  # late, but there
        text(2, "deal-one", ago(9), "dnepr", grade="mention"),
    ],
    ids=["announced", "late", "mentioned"],
)
def test_no_such_row_where_this_side_had_anything(ours: Publication) -> None:
    assert rows(letter(EVENT, ours), PARTNERS) == []


def test_no_such_row_with_a_near_miss_that_nobody_decided_on() -> None:
    near = text(3, "deal-one", ago(10), "drut", grade="near")
    assert rows(letter(EVENT, near=[near]), PARTNERS) == []


@pytest.mark.parametrize("days", [range(1, 12), range(20, 33)], ids=["lately", "at the event"])
def test_no_such_row_where_this_side_was_not_observed(days: range) -> None:
    unread = [(name, ago(n)) for name in ("dnepr", "drut") for n in days]
    assert rows(letter(EVENT, unread=unread), PARTNERS) == []
    assert rows(letter(EVENT, unread=[]), PARTNERS)


def test_no_such_row_with_a_single_publisher() -> None:
    assert rows(letter(EVENT, press=[p for p in PRESS if p.id != "drut"]), PARTNERS) == []


def test_no_word_of_absence_where_nothing_can_be_said() -> None:
    unread = [(name, ago(n)) for name in ("dnepr", "drut") for n in range(1, 200)]
    ends = entry("deal-one", ends="2026-12-31")
    found = letter(EVENT, unread=unread, entries=[ends])
    (row,) = rows(found, PLAN)
    assert "Of our side nothing can be said: less than 80 % of the outlet-days were observed." in row
    assert not re.search(r"not found", " ".join([found.rest, found.meaning, *rows(found, PLAN)]), re.I)


def test_a_lead_has_a_move_and_a_role_to_ask() -> None:
    (row,) = rows(letter(entries=[entry("deal-one", ends="2026-12-31")]), PLAN)
    assert "its term ends on 31 December, 38 days left." in row
    assert "Move: a report on what has been done of it" in row
    assert "Ask: the economy committee" in row


def test_the_next_term_comes_first_and_the_third_lead_is_counted() -> None:
    entries = [entry(f"deal-{n}", ends=f"2026-12-{n:02}") for n in (30, 10, 20)]
    found = letter(entries=entries)
    assert [row.split(":")[0] for row in rows(found, PLAN)] == ["en deal-10", "en deal-20"]
    (plan,) = [s for s in found.sections if s.title == PLAN]
    assert plan.rest == "and 1 more in the report"


def test_a_line_is_told_once_as_a_lead_with_its_proof() -> None:
    found = letter(EVENT, entries=[entry("deal-one", ends="2026-12-31")])
    assert rows(found, PARTNERS) == []
    (plan,) = [s for s in found.sections if s.title == PLAN]
    assert plan.items[0].url == EVENT.url
    assert "24 October, Volga: «Partners met»." in plan.items[0].details
    assert {one.kind for one in found.named} == {"term", "event"}


def test_what_stays_not_found_is_listed_once_and_then_counted() -> None:
    first = letter(EVENT)
    history = History(tuple(replace(one, week="2026-W46") for one in first.named), first.gaps)
    second = letter(EVENT, history=history)
    assert rows(second, PARTNERS) == []
    assert second.gaps == first.gaps
    more = text(4, "deal-one", ago(25), "kostroma")  # another text on the same event
    assert rows(letter(EVENT, more, history=history), PARTNERS) == []
    later = replace(EVENT, article=5, story=5, day=ago(16))  # another event
    assert rows(letter(EVENT, later, history=history), PARTNERS)


def test_the_rest_is_one_count_with_its_change() -> None:
    entries = [entry("deal-one"), entry("deal-two"), entry("deal-three", ends="2026-12-31")]
    both = [EVENT, replace(EVENT, article=2, story=2, entry="deal-two")]
    before = frozenset({"deal-one BY-MA:RU-KOS BY-MA", "gone BY-MA:RU-KOS BY-MA"})
    assert letter(*both, entries=entries).rest == "3 items without texts found in all."
    found = letter(*both, entries=entries, history=History((), before))
    assert found.rest == "3 items without texts found in all (+2, -1 since the week before)."


def test_what_was_counted_before_and_is_found_now_is_told() -> None:
    before = frozenset({"deal-one BY-MA:RU-KOS BY-MA", "deal-two BY-MA:RU-KOS BY-MA"})
    found = letter(
        text(2, "deal-one", ago(3), "dnepr"),
        entries=[entry("deal-one"), entry("deal-two")],
        history=History((), before),
    )
    (row,) = rows(found, "Published here in the week")
    assert row.endswith("Found, and not found before: en deal-one.")
    assert "not found before" not in " ".join(
        rows(letter(text(2, "deal-one", ago(3), "dnepr")), "Published here in the week")
    )


NAMED = Named("event", "deal-one", "BY-MA:RU-KOS", "BY-MA", ago(30), 1, "volga", ago(32), ago(8), "2026-W46")


@pytest.mark.parametrize("confirmed", [True, False], ids=["an editor's yes", "found later"])
def test_a_gap_that_was_none_is_corrected(confirmed: bool) -> None:
    missed = text(9, "deal-one", ago(20), "dnepr", confirmed=confirmed)
    found = letter(EVENT, missed, history=History((NAMED,)))
    (row,) = rows(found, CORRECTIONS)
    assert row == (
        'The letter of week 46 said that nothing was found here on "en deal-one" from 22 October to 15 November.'
        " There was a text: Dnepr, 3 November."
    )
    assert titles(found)[0] == CORRECTIONS
    corrected = replace(found.named[-1], week="2026-W47")
    again = letter(EVENT, missed, history=History((NAMED, corrected)))
    assert rows(again, CORRECTIONS) == []


def test_what_was_printed_after_the_letter_refutes_nothing() -> None:
    fresh = text(9, "deal-one", ago(7), "dnepr")
    assert rows(letter(EVENT, fresh, history=History((NAMED,))), CORRECTIONS) == []


def test_an_event_that_was_something_else_is_corrected() -> None:
    (row,) = rows(letter(history=History((NAMED,))), CORRECTIONS)
    assert 'named a partner\'s text of 24 October on "en deal-one". That text is about something else.' in row


def test_an_event_of_an_outlet_that_is_withheld_now_is_not_called_wrong() -> None:
    listed = {
        "jurisdiction": "BY",
        "kind": "listed",
        "since": "2026",
        "source": "https://x.org",
        "as_of": "2026",
    }
    press = [*PRESS[:2], outlet("volga", "RU-KOS", restrictions=[listed]), PRESS[3]]
    found = letter(EVENT, press=press, history=History((NAMED,)))
    assert rows(found, CORRECTIONS) == []
    assert found.withheld


def test_a_quiet_week_is_four_lines() -> None:
    entries = [
        entry("deal-one"),
        entry("old-two"),
        entry("forum-three", kind="forum", period_months=12, signed="2025-12-01"),
    ]
    ours = [text(1, "deal-one", ago(3), "dnepr"), text(2, "forum-three", ago(60), "dnepr")]
    found = letter(*ours, entries=entries)
    assert found.quiet
    assert found.seen == "Nothing new for the plan; 4 of 4 outlets were read."
    assert titles(found) == ["Ahead", "Published here in the week", "One question"]
    assert found.subject == "Mogilev Region, week 47: nothing new"
    assert (found.rest, found.meaning) == ("", "")


def test_a_week_in_which_nothing_was_read_is_not_quiet() -> None:
    found = letter(failing=dict.fromkeys((p.id for p in PRESS), "timeout"))
    assert found.seen.startswith("None of 4 outlets was read well enough this week: nothing is claimed.")


def test_outlets_that_fail_come_first_by_name_and_since_when() -> None:
    unread = [("volga", ago(n)) for n in range(1, 5)] + [("drut", ago(n)) for n in range(3, 6)]
    found = letter(EVENT, unread=unread, failing={"volga": "blocked"})
    assert found.seen == (
        "2 of 4 outlets were read. Not read: Volga (Kostroma Region): refuses access, since 19 November;"
        " Drut (Mogilev Region): 4 of 7 days. Nothing is claimed about them."
    )


def test_terms_and_expected_forums_of_two_weeks() -> None:
    entries = [
        entry("plan-one", kind="plan", ends="2026-12-01"), entry("plan-two", kind="plan", ends="2026-12-20"),
        entry("forum-three", kind="forum", period_months=12, signed="2024-11-28"),
    ]  # fmt: skip
    met = text(2, "forum-three", ago(60), "dnepr")
    named = Named("term", "plan-one", "BY-MA:RU-KOS", "BY-MA", date(2026, 12, 1), week="2026-W40")
    (row,) = rows(letter(met, entries=entries, history=History((named,))), "Ahead")
    assert (
        row
        == 'about 28 November: en forum-three (reckoned from the last time) · 1 December: term of "en plan-one".'
    )


def own(*texts: Publication, unread: list[tuple[str, date]] | None = None) -> str:
    entries = [entry("deal-one"), entry("deal-two")]
    (row,) = rows(
        letter(*texts, entries=entries, unread=unread or [], reader={"outlet": "dnepr"}),
        "Published here in the week",
    )
    return row


def test_ones_own_paper() -> None:
    mine = text(1, "deal-one", ago(3), "dnepr", title="Ours")
    theirs = text(2, "deal-two", ago(3), "drut")
    reprint = text(3, "deal-one", ago(2), "volga", own=False, origin="dnepr")
    row = own(mine, theirs, reprint)
    assert row == (
        "2 own pieces. Your paper: «Ours». A text of yours was taken up: Volga, 21 November."
        " In other outlets here, not found in yours: en deal-two."
    )


@pytest.mark.parametrize("grade", ["mention", "about"])
def test_not_in_your_paper_is_said_only_where_it_was_read_and_had_nothing(grade: str) -> None:
    theirs, mine = text(2, "deal-two", ago(3), "drut"), text(3, "deal-two", ago(2), "dnepr", grade=grade)
    assert "not found in yours" in own(theirs)
    assert "not found in yours" not in own(theirs, mine)
    assert "not found in yours" not in own(theirs, unread=[("dnepr", ago(4))])


@pytest.mark.parametrize(
    ("topics", "side", "subject"),
    [
        (("BY-MA",), "BY-MA", "Mogilev Region"), (("RU-KOS",), "RU-KOS", "Kostroma Region"),
        (("BY-MA:RU-KOS",), "BY-MA", "Mogilev Region — Kostroma Region"), (("all",), "BY-MA", "all regions"),
    ],
)  # fmt: skip
def test_the_readers_side(topics: tuple[str, ...], side: str, subject: str) -> None:
    event = text(1, "deal-one", ago(30), "volga" if side == "BY-MA" else "dnepr")
    found = letter(event, reader={"topics": topics})
    assert {one.side for one in found.named} == {side}
    assert found.subject == f"{subject}, week 47: 1 occasion"


def test_a_pair_that_nobody_watches_is_no_other_pair() -> None:
    found = letter(EVENT, reader={"topics": ("BY-MA:RU-BRY",)})
    assert (found.named, found.gaps) == ([], frozenset())


def test_the_paper_of_a_reader_decides_the_side_of_a_pair() -> None:
    event = text(1, "deal-one", ago(30), "dnepr")
    found = letter(event, reader={"topics": ("BY-MA:RU-KOS",), "outlet": "volga"})
    assert {one.side for one in found.named} == {"RU-KOS"}


def test_budgets_end_with_something_left() -> None:
    budget, seen = Budget(), 0
    while smaller(budget) != budget:
        budget, seen = smaller(budget), seen + 1
    assert budget == Budget(1, 1, 1, 0, 1)
