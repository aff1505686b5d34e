"""The start page: what can be written today, whom to ask, what changed, what is ahead."""

from starlette.responses import Response

from reports import brief, leads, letter_brief, letter_calendar
from reports.choose import leads_of
from reports.desk.visit import Visit
from reports.editors import Role
from reports.leads import Lead

MOST_LEADS, MOST_CHANGES = 20, 12


def start(visit: Visit) -> Response:
    view = visit.view
    regions = visit.person.regions if visit.person else ()
    asked = visit.request.query_params.get("region", "")
    mine = (asked,) if asked else regions
    found = [lead for lead in view.leads if not mine or any(leads_of([lead], None, region) for region in mine)]
    grouped = leads.grouped(found)
    changes = view.changes
    dates = letter_calendar.ahead(
        [one for one in view.lines if not mine or any(region in one.pair for region in mine)],
        view.snapshot.today,
    )
    sides = sorted({one.side for one in view.lines if one.side.startswith("BY")})

    def told(group: tuple[Lead, ...]) -> tuple[list[str], str, str]:
        move = letter_brief.move(view.reader, group[0]), letter_brief.ask(view.reader, group[0])
        return [brief.why(view, lead) for lead in group], *move

    return visit.page(
        "start.html", groups=[(group, *told(group)) for group in grouped[:MOST_LEADS]], left=len(grouped) - MOST_LEADS,
        changes=changes, most=MOST_CHANGES, dates=dates, mine=mine, sides=sides, asked=asked,
        read=sum(source.read for source in view.sources),
    )  # fmt: skip


PAGES = [("/", start, "GET", Role.READER)]
