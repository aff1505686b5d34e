"""The sources: how they do over time on each side, what was not observed and why; retired or restored by an editor."""

from starlette.exceptions import HTTPException
from starlette.responses import Response

from crawlers import codes, retired
from crawlers.errors import DataError
from reports.desk import charts
from reports.desk.visit import Visit, to
from reports.desk.words import with_query
from reports.editors import Role
from reports.tidy import one_line
from reports.view import Source

MOST_REASON = 300
"""Characters of a reason."""


def page(visit: Visit, fault: str = "") -> Response:
    view, asked = visit.view, visit.request.query_params.get("side", "")
    found: dict[str, list[Source]] = {}
    for source in view.sources:
        found.setdefault(source.outlet.place, []).append(source)
    if asked and asked not in found:
        raise HTTPException(404)
    with visit.desk.board.reading() as db:
        ended = retired.retired(db)
    shown = {name: one for name, one in ended.items() if name.partition("/")[0] in view.snapshot.outlets}
    sides = sorted(found, key=lambda side: (codes.country_of(side) != "BY", side))
    return visit.page(
        "sources.html", 400 if fault else 200, fault=fault, asked=asked, sides=sides, counted=found,
        listed=found.get(asked, []), unobservable=[one for one in view.unobservable if one.place == asked],
        charts=charts, days=view.snapshot.days, today=view.snapshot.today, retired=shown, most_reason=MOST_REASON,
    )  # fmt: skip


def decide(visit: Visit) -> Response:
    """Ends or resumes the asking of an outlet or of one of its sources, under the name of the editor."""
    form, outlets = visit.form, visit.view.snapshot.outlets
    subject, why, act = (
        form.get("subject", ""),
        one_line(form.get("why", ""))[:MOST_REASON],
        form.get("act", ""),
    )
    outlet = outlets.get(subject.partition("/")[0])
    if outlet is None or subject not in (outlet.id, *map(outlet.source_id, outlet.sources)):
        raise HTTPException(400, "no such outlet or source")
    if act not in ("retire", "restore"):
        raise HTTPException(400, "no such act")
    if not why:
        return page(visit, visit.reader.t("Say why: it is kept and shown with the decision."))
    assert visit.person is not None  # the page needs an editor
    settle = retired.retire if act == "retire" else retired.restore
    try:
        with visit.desk.board.writing() as db:
            settle(db, outlets, subject, visit.person.name, why, visit.now)
    except DataError:
        return page(visit, visit.reader.t("Somebody has decided this meanwhile."))
    return to(with_query("/sources", side=outlet.place))


PAGES = [("/sources", page, "GET", Role.READER), ("/sources", decide, "POST", Role.EDITOR)]
