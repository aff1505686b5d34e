"""The start page: what can be written today, who works on it, whom to ask, what changed, what is ahead."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta

from starlette.exceptions import HTTPException
from starlette.responses import Response

from crawlers.errors import DataError
from reports import brief, lead_work, leads, letter_brief, letter_calendar
from reports.choose import leads_of
from reports.desk.visit import Visit, local_path, to
from reports.editors import Role
from reports.lead_work import DATED, State, Work
from reports.leads import Lead

MOST_LEADS, MOST_CHANGES = 20, 12
USUAL = timedelta(days=7)
"""How long a lead is taken or put off, unless another day is named."""


def start(visit: Visit, fault: str = "") -> Response:
    view = visit.view
    asked = visit.request.query_params.get("region", "")
    mine = visit.regions(asked)
    with visit.desk.board.reading() as db:
        said = lead_work.states(db, visit.now)
    found = [lead for lead in view.leads if not mine or any(leads_of([lead], None, region) for region in mine)]

    def state(lead: Lead) -> State | None:
        return holds(said, lead, view.snapshot.today)

    # what is taken stays, so that the neighbouring desk sees by whom
    closed = [lead for lead in found if (last := state(lead)) and last.work is not Work.TAKEN]
    grouped = leads.grouped(lead for lead in found if lead not in closed)
    dates = letter_calendar.ahead(
        [one for one in view.lines if not mine or any(region in one.pair for region in mine)],
        view.snapshot.today,
    )
    sides = sorted({one.side for one in view.lines if one.side.startswith("BY")})

    def told(lead: Lead) -> tuple[Lead, str, State | None]:
        return lead, brief.why(view, lead), state(lead)

    def move(lead: Lead) -> tuple[str, str]:
        return letter_brief.move(view.reader, lead), letter_brief.ask(view.reader, lead)

    return visit.page(
        "start.html", 400 if fault else 200, fault=fault,
        groups=[([told(lead) for lead in group], *move(group[0])) for group in grouped[:MOST_LEADS]],
        left=len(grouped) - MOST_LEADS, closed=[told(lead) for lead in closed], usual=view.snapshot.today + USUAL,
        changes=view.changes, most=MOST_CHANGES, dates=dates, mine=mine, sides=sides, asked=asked,
        read=sum(source.read for source in view.sources),
    )  # fmt: skip


def holds(said: Mapping[tuple[str, str, str], State], lead: Lead, today: date) -> State | None:
    """The last word on a lead, while it holds."""
    last = said.get((lead.side.entry.id, lead.kind, lead.side.side))
    return last if last and last.quiet(today) else None


def say(visit: Visit) -> Response:
    """Take a lead, put it off, decline it, say that it is written, or give it back."""
    form, known = visit.form, visit.desk.board.catalogue.entries
    entry, kind, side, word = (form.get(name, "") for name in ("entry", "kind", "side", "work"))
    if word not in list(Work) or kind not in leads.ORDER or entry not in known:
        raise HTTPException(400, "no such lead")
    work, until, note = Work(word), None, form.get("note", "")
    if work in DATED:
        with suppress(ValueError):
            until = date.fromisoformat(form.get("until", ""))
        if until is None or until < visit.now.date():
            return start(visit, visit.reader.t("Name the last day: today or a later one."))
    if work is Work.WRITTEN and not note.strip():
        return start(visit, visit.reader.t("Say where it was published: a link, or a citation."))
    try:
        said(visit, entry, kind, side, work, until, note)
    except DataError as error:
        return start(visit, str(error))
    return to(local_path(form.get("next", "/")))


def said(
    visit: Visit, entry: str, kind: str, side: str, work: Work, until: date | None, note: str
) -> State:  # fmt: skip
    """Raises DataError as `lead_work.say`, and for a side that is none of the entry's."""
    known = visit.desk.board.catalogue.entries
    sides = {one for pair in known[entry].pairs for one in pair} if entry in known else {side}
    if side not in sides:
        raise DataError("lead", "side", side, " ".join(sorted(sides)))
    assert visit.person is not None  # the page needs an editor
    with visit.desk.board.writing() as db:
        return lead_work.say(db, known, entry, kind, side, work, visit.person.name, visit.now, until, note)


PAGES = [("/", start, "GET", Role.READER), ("/lead", say, "POST", Role.EDITOR)]
