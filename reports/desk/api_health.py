"""What the API tells of the whole: outlets, pairs at a glance, and how the installation does."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from crawlers.choice import to_fetch
from matcher import learned
from matcher.match import version_of
from reports import status as state
from reports.desk import api_answers as answers
from reports.desk import api_rows, reading
from reports.desk.api_asked import SourceQuery
from reports.desk.api_visit import Reading

router = APIRouter()


@router.get("/sources", response_model=answers.Sources)
def sources(visit: Reading, query: Annotated[SourceQuery, Query()]) -> Any:
    """Outlets with their last outcomes and the days on which they were observed."""
    view, side = visit.view, query.side
    shown = [one for one in view.sources if side in ("", one.outlet.place)]
    blind = [one.id for one in view.unobservable if side in ("", one.place)]
    if side and not shown and not blind:
        raise HTTPException(422, f"query.side: found {side!r}, allowed: the code of a side that has an outlet")
    return JSONResponse({"outlets": [api_rows.outlet(view, one) for one in shown], "unobservable": blind})


@router.get("/matrix", response_model=answers.Matrix)
def matrix(visit: Reading) -> Any:
    """Pairs with a line that works today, with the figures of both sides."""
    return JSONResponse({"cells": [api_rows.cell(one) for one in reading.cells(visit.view).values()]})


@router.get("/status", response_model=answers.Installation)
def status(visit: Reading) -> Any:
    """Whether the schedule is kept, what ran and runs next, what fails and what waits; and whose token this is."""
    board, settings, person = visit.desk.board, visit.desk.settings, visit.person
    names = to_fetch(board.outlets, (), settings.profile, visit.now.date())
    outlets = {name: board.outlets[name] for name in names if name not in visit.withheld.outlets}
    version = version_of(board.catalogue, learned.weights(settings.learned))
    with board.reading() as db:
        found = state.plain(
            state.read(db, outlets, settings.schedule, version, visit.now, settings.imap.interval)
        )
    runs = [*(one["last"] for one in found["jobs"]), *found["missed"], found["letters"]]
    for run in filter(None, runs):
        run.pop("detail", None)  # may name files and addresses, which the command `mediagap status` tells
    return JSONResponse(found | {
        "schedule": {name: found["schedule"][name] for name in ("kept", "heartbeat")},
        "editor": person.name if person else None, "role": person.role if person else None,
    })  # fmt: skip
