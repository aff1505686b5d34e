"""The weekly letter: what can be assigned today, in a minute of reading. Here its content, still without layout."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from crawlers.codes import Pair
from reports import letter_corrections, letter_own
from reports import letter_rows as rows
from reports.coverage import LineSide, Value
from reports.leads import Lead, LeadKind
from reports.letter_calendar import ahead
from reports.letter_claims import History, Named, NamedKind, claim, event_claim, gap_key
from reports.letter_own import more
from reports.letter_rows import Event, Item, Section
from reports.letter_seen import seen_line
from reports.subscribers import ALL, Subscriber
from reports.tidy import one_line
from reports.view import View
from reports.weeks import Week

PLANNED: Mapping[LeadKind, NamedKind] = {"term": "term", "anniversary": "anniversary", "ended": "ended"}
"""Leads for the plan; events, meetings and the partner's texts have parts of their own."""


class Budget(NamedTuple):
    """How many rows each part of a letter may have; what is left out is counted."""

    leads: int = 2
    events: int = 3
    corrections: int = 3
    dates: int = 5
    failing: int = 4


@dataclass
class Letter:
    """What one reader is told this week, and what is to be remembered of it."""

    subject: str
    greeting: str
    seen: str
    quiet: bool
    sections: list[Section]
    rest: str
    meaning: str
    withheld: bool
    answer: str
    """How to answer by mail; "" where nobody reads answers or nothing is asked."""
    token: str
    report: str
    """Address of the report, or where its files are."""
    named: list[Named] = field(default_factory=list)
    gaps: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Task:
    """Which letter is to be written."""

    reader: Subscriber
    week: Week
    history: History
    report: str
    public: bool
    """Whether `report` is an address that readers can open."""
    token: str
    """By which an answer names this letter: only this database can make it."""
    answers_read: bool = False
    """Whether the schedule reads what readers answer."""
    busy: frozenset[tuple[str, str, str]] = frozenset()
    """(entry, kind, side) of the leads that somebody has taken, put off, declined or written."""

    def is_busy(self, kind: str, one: LineSide) -> bool:
        return (one.entry.id, kind, one.side) in self.busy


def compose(view: View, task: Task, budget: Budget) -> Letter:
    """The letter of a week for one reader: sources not read first, then leads, partners' news, a question, the rest."""
    t = view.reader.t
    ours = our_sides(view, task.reader)
    places = {(one.pair, one.side) for one in ours}
    corrected = [
        one for one in letter_corrections.corrections(view, task.history) if (one.side.pair, one.side.side) in places
    ]  # fmt: skip
    leads = [one for one in _leads(view, ours, task.history) if not task.is_busy(one[0].kind, one[0].side)]
    events = [one for one in _events(view, ours, task.history) if not task.is_busy("partner", one.side)]
    shown = {lead.side.line: named for lead, named in leads[: budget.leads]}
    told = [one for one in events if one.side.line in shown]  # in the rows of their leads
    events = [one for one in events if one.side.line not in shown]
    dates = [one for one in ahead(ours, view.snapshot.today) if one.side.line not in shown]
    quiet = not (corrected or events or leads)
    name = one_line(task.reader.name, 60)
    told_own = letter_own.published(view, ours, task.week, task.reader.outlet)
    own = Item(" ".join([*told_own, *letter_own.found_again(view, ours, task.history)]))
    sections = [
        rows.section(view, t("Corrections"), [rows.correction(view, one) for one in corrected], budget.corrections),
        rows.section(
            view, t("For this week's plan"), [rows.lead_row(view, one, told, _page(task, one)) for one, _ in leads],
            budget.leads, 1,
        ),
        rows.section(
            view, t("Published by the partners, not found here yet"), [rows.event_row(view, one) for one in events],
            budget.events, len(shown) + 1,
        ),
        Section(t("Ahead"), rows.calendar(view, dates, budget.dates)),
        Section(t("Published here in the week"), [own]),
        Section(t("One question"), rows.question(view, ours, task.week)),
    ]  # fmt: skip
    gaps = frozenset(gap_key(one) for one in ours if one.value is Value.NONE_FOUND)
    numbers = {line: number for number, line in enumerate(shown, 1)}
    in_plan = (*shown.values(), *(one.named for one in told))
    named = [replace(one, number=numbers[one.line]) for one in in_plan]
    at_partners = enumerate(events[: budget.events], len(shown) + 1)
    named += [replace(one.named, number=number) for number, one in at_partners]
    answer = rows.how_to_answer(view) if named and task.answers_read else ""
    named += [one.record for one in corrected[: budget.corrections]]
    claims = bool(gaps) or any(one.first for one in named)
    return Letter(
        _subject(view, task, min(len(leads), budget.leads) + min(len(events), budget.events), bool(corrected)),
        t("{name}, good morning.", name=name) if name else t("Good morning."),
        seen_line(view, ours, task.week, budget.failing, quiet),
        quiet, [one for one in sections if one.items],
        rows.rest(view, gaps, task.history) if gaps and not quiet else "",
        rows.meaning(view, ours, named) if claims and not quiet else "",
        view.withheld > 0, answer, task.token, task.report, named, gaps,
    )  # fmt: skip


def our_sides(view: View, reader: Subscriber) -> list[LineSide]:
    """The lines on the reader's own side of each pair that the reader follows."""
    sides: dict[Pair, str] = {}
    home = view.snapshot.outlets.get(reader.outlet or "")
    for topic in reader.topics:
        for pair in view.pairs:
            if topic == ALL or str(pair) == topic:
                sides.setdefault(pair, (pair.side_of(home.place) if home else None) or pair.belarus)
            elif ":" not in topic and (side := pair.side_of(topic)):
                sides.setdefault(pair, side)
    return [one for pair in view.pairs if pair in sides for one in view.of(pair, sides[pair])]


def _page(task: Task, lead: Lead) -> str | None:
    return f"{task.report}/entry-{lead.side.line}.html" if task.public else None


def _leads(view: View, ours: Sequence[LineSide], history: History) -> list[tuple[Lead, Named]]:
    """Terms, anniversaries and ends that no earlier letter named; one lead a line."""
    found: dict[str, tuple[Lead, Named]] = {}
    for lead in view.leads:
        one = lead.side
        if lead.kind not in PLANNED or one not in ours or one.line in found:
            continue
        first, last = claim(one) or (None, None)
        signed = one.entry.signed
        # of an anniversary the year: it is told once in it, whether or not its day is known
        round_year = date(signed.first.year + lead.years, 1, 1) if lead.years and signed else None
        day = round_year or lead.day
        where = one.line, str(one.pair), one.side
        named = Named(PLANNED[lead.kind], *where, day, first=first, last=last, entry=one.entry.id)
        if not history.knows(named):
            found[one.line] = lead, named
    return list(found.values())


def _events(view: View, ours: Sequence[LineSide], history: History) -> list[Event]:
    """Partners' reports of which "not found here" may be said and was not yet, the latest first."""
    found: dict[int, Event] = {}
    for one in ours:
        seen, event = event_claim(view, one), one.event
        if seen is None or event is None:
            continue
        where = one.line, str(one.pair), one.side
        named = Named(
            "event", *where, event.day, event.article, event.outlet, seen.first, seen.last, entry=one.entry.id
        )
        if not history.knows(named):
            found.setdefault(event.story, Event(one, seen, named))  # one event, one row
    return sorted(
        found.values(), key=lambda e: (-(e.named.day or view.snapshot.today).toordinal(), e.side.line)
    )


def _subject(view: View, task: Task, occasions: int, corrected: bool) -> str:
    r, t = view.reader, view.reader.t
    names = [view.pair_name(p) for p in view.pairs if str(p) in task.reader.topics]
    names += [
        t("all regions") if one == ALL else view.name(one) for one in task.reader.topics if ":" not in one
    ]
    region = "; ".join(names[:2]) + more(view, len(names) - 2)
    if not occasions and not corrected:
        return t("{region}, week {week}: nothing new", region=region, week=task.week.number)
    about = r.n("{n} occasion", "{n} occasions", occasions) if occasions else t("a correction")
    return t("{region}, week {week}: {about}", region=region, week=task.week.number, about=about)


def smaller(budget: Budget) -> Budget:
    """The budget with a row less of what can best be spared; itself where nothing can."""
    for part in ("dates", "failing", "events", "leads", "corrections"):
        rows = getattr(budget, part)
        if rows > (0 if part == "dates" else 1):
            return budget._replace(**{part: rows - 1})
    return budget
