"""What is said of a lead: the last word holds until its day, and the letter keeps quiet."""

from datetime import date, datetime, timedelta

import pytest
from sqlite_utils import Database

from crawlers.errors import DataError
from reports import lead_work
from reports.lead_work import Work
from reports.letter import Budget, compose
from tests.reports import made_up
from tests.reports.made_up import HERE, NOW, TODAY, ago, entry, snapshot, task, text, view

KEY = ("one-line", "term", HERE)
ENTRIES = ("one-line", "other-line")


def say(db: Database, work: Work, now: datetime = NOW, until: date | None = None, note: str = "") -> None:
    lead_work.say(db, ENTRIES, *KEY, work, "anna", now, until, note)


def test_last_word_holds_until_its_day(db: Database) -> None:
    say(db, Work.TAKEN, until=TODAY + timedelta(days=7))
    (state,) = lead_work.states(db, NOW).values()
    assert (state.work, state.author, state.until) == (Work.TAKEN, "anna", TODAY + timedelta(days=7))
    for days, busy in ((0, True), (7, True), (8, False)):
        assert (KEY in lead_work.busy(db, NOW + timedelta(days=days))) is busy
    say(db, Work.OPEN, NOW + timedelta(hours=1))
    assert KEY not in lead_work.busy(db, NOW + timedelta(hours=1))
    assert KEY in lead_work.busy(db, NOW)  # as it was known then


@pytest.mark.parametrize(("work", "note"), [(Work.DECLINED, ""), (Work.WRITTEN, "Dnepr, 2026, no. 45, p. 3")])
def test_some_words_hold_for_good(db: Database, work: Work, note: str) -> None:
    say(db, work, note=note)
    assert KEY in lead_work.busy(db, NOW + timedelta(days=400))


@pytest.mark.parametrize(
    ("work", "until", "note", "says"),
    [
        (Work.TAKEN, None, "", "the last day"),
        (Work.PUT_OFF, ago(1), "", "a day that is not over"),
        (Work.DECLINED, TODAY, "", "taken and put_off only"),
        (Work.WRITTEN, None, " ", "a link to what was published"),
        (Work.DECLINED, None, "two\nlines", "one line"),
    ],
)
def test_what_cannot_be_said(db: Database, work: Work, until: date | None, note: str, says: str) -> None:
    with pytest.raises(DataError, match=says):
        say(db, work, until=until, note=note)
    with pytest.raises(DataError, match="the id of an entry"):
        lead_work.say(db, ENTRIES, "none", "term", HERE, Work.OPEN, "anna", NOW)
    assert lead_work.states(db, NOW) == {}


def test_letter_keeps_quiet_about_a_lead_that_is_taken() -> None:
    ending = entry("one-line", ends=str(TODAY + timedelta(days=30)))
    of = view(snapshot([ending], [text(1, "one-line", ago(20), "dnepr")]))
    assert [one.line for one in compose(of, task(), Budget()).named] == ["one-line"]
    taken = compose(of, task(busy=frozenset({KEY})), Budget())
    assert taken.named == []
    elsewhere = frozenset({("one-line", "term", made_up.THERE)})
    assert [one.line for one in compose(of, task(busy=elsewhere), Budget()).named] == ["one-line"]
