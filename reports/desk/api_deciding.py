"""What the API tells of what waits for an editor, and takes from one: the same acts as on the pages."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from crawlers import codes
from matcher import decisions
from reports import inventory as kept
from reports import lead_work
from reports.choose import leads_of
from reports.desk import api_answers as answers
from reports.desk import api_rows, api_shapes_work, deciding, inventory, proposing, start
from reports.desk.api_asked import (
    LONGEST_NUMBER,
    Add,
    Decide,
    LeadWork,
    RegionQuery,
    Reply,
    ReviewQuery,
    Settle,
    Undo,
)
from reports.desk.api_faults import refusing
from reports.desk.api_visit import Deciding, Reading

router = APIRouter()


@router.get("/review", response_model=answers.Review)
def review(visit: Reading, query: Annotated[ReviewQuery, Query()]) -> Any:
    """Texts to decide on: first what may hide a gap, then what a state rests on alone."""
    view = visit.view
    with visit.desk.board.reading() as db:
        known = decisions.in_force(db, visit.now)
    found = [one for one in deciding.questions(view, known) if query.entry in ("", one.text.entry)]
    return JSONResponse(
        {"left": len(found), "questions": [api_rows.question(visit, one) for one in found[: deciding.PAGE]]}
    )


@router.get("/decisions", response_model=answers.Decisions)
def decided(visit: Reading) -> Any:
    """Who decided what, the latest first; the last 100."""
    return JSONResponse({"decisions": [api_rows.decision(one) for one in deciding.listed(visit)]})


@router.post("/decisions", response_model=api_shapes_work.Decision, status_code=201)
def decide(visit: Deciding, asked: Decide) -> Any:
    """Say whether an article covers an entry; the last word holds, until the article's text changes."""
    with refusing():
        made = deciding.record(visit, asked.article, asked.entry, asked.verdict, asked.reason)
    return JSONResponse(api_rows.decision(made), 201)


@router.post("/decisions/undo", response_model=api_shapes_work.Decision, status_code=201)
def undo(visit: Deciding, asked: Undo) -> Any:
    """Put back what stood before the last decision, which must be your own."""
    with refusing(409):
        made = deciding.undone(visit, asked.article, asked.entry)
    return JSONResponse(api_rows.decision(made), 201)


@router.post("/articles", response_model=answers.Added, status_code=201)
def add(visit: Deciding, asked: Add) -> Any:
    """Have an article fetched that was missed, by its address at a listed outlet; it counts from then on."""
    if asked.entry and asked.entry not in visit.desk.board.catalogue.entries:
        raise HTTPException(422, f"entry: found {asked.entry!r}, allowed: the id of an entry; see /api/entries")
    with refusing():
        made = deciding.added(visit, asked.url, asked.day, asked.entry)
    found = [*made.result.matches, *made.result.near_misses]
    return JSONResponse({
        "article": made.article, "new": made.new, "outlet": made.outlet.id, "title": made.title, "url": made.url,
        "day": str(made.day) if made.day else None, "decided": asked.entry or None,
        "matches": [{"entry": one.entry, "grade": one.grade, "score": one.score} for one in found],
    }, 201)  # fmt: skip


@router.get("/leads", response_model=answers.Leads)
def leads(visit: Reading, query: Annotated[RegionQuery, Query()]) -> Any:
    """Reasons to write now, the most pressing first, and who works on them."""
    with refusing():
        region = codes.region(query.region, "query", "region") if query.region else None
    with visit.desk.board.reading() as db:
        said = lead_work.states(db, visit.now)
    view = visit.view
    return JSONResponse({
        "leads": [
            api_rows.lead(view, one, start.holds(said, one, view.snapshot.today))
            for one in leads_of(view.leads, None, region)
        ]
    })  # fmt: skip


@router.post("/leads", response_model=api_shapes_work.Told, status_code=201)
def say(visit: Deciding, asked: LeadWork) -> Any:
    """Take a lead, put it off, decline it, say that it is written, or give it back."""
    with refusing():
        made = start.said(visit, asked.entry, asked.kind, asked.side, asked.work, asked.until, asked.note)
    return JSONResponse(api_rows.work(made), 201)


@router.get("/inventory", response_model=answers.Inventory)
def unverified(visit: Reading, query: Annotated[RegionQuery, Query()]) -> Any:
    """Entries without a sign of life since the book, those with the newest text first."""
    with refusing():
        regions = (codes.region(query.region, "query", "region"),) if query.region else ()
    with visit.desk.board.reading() as db:
        given = kept.answers(db)
    found = inventory.questions(visit.view, regions, given)
    return JSONResponse({
        "left": len(found), "writable": inventory.writable(visit),
        "questions": [api_rows.unverified(visit.view, one) for one in found[: inventory.BATCH]],
        "answers": [api_rows.answer(one) for one in given[: inventory.MOST_LISTED]],
    })  # fmt: skip


@router.post("/inventory", response_model=api_shapes_work.Answer, status_code=201)
def answer(visit: Deciding, asked: Reply) -> Any:
    """Say that such an entry works, or is over, with the page or act that shows it; or that you cannot tell."""
    value = {"yes": "active", "no": asked.over, "unsure": kept.UNSURE}[asked.answer]
    if value != kept.UNSURE and not asked.source.strip():
        raise HTTPException(422, "source: found nothing, allowed: the page or act that shows it")
    if asked.entry not in visit.desk.board.catalogue.entries:
        raise HTTPException(
            422, f"entry: found {asked.entry!r}, allowed: the id of an entry; see /api/inventory"
        )
    with refusing():
        made = inventory.answered(visit, asked.entry, value, asked.since, asked.source.strip())
    return JSONResponse(api_rows.answer(made), 201)


@router.post("/inventory/undo", response_model=api_shapes_work.Answer)
def take_back(visit: Deciding) -> Any:
    """Take back your own last answer."""
    with refusing(409):
        return JSONResponse(api_rows.answer(inventory.undone(visit)))


@router.get("/proposals", response_model=answers.Proposals)
def proposals(visit: Deciding) -> Any:
    """Documents that the news report and no entry of the catalogue is; for editors."""
    found = proposing.open_(visit)
    return JSONResponse({
        "left": len(found), "writable": inventory.writable(visit),
        "proposals": [one.plain() for one in found[: proposing.MOST]],
    })  # fmt: skip


@router.post("/proposals/{number}", response_model=answers.Settled)
def settle(
    visit: Deciding, number: Annotated[int, Path(ge=1, lt=LONGEST_NUMBER, examples=[1])], asked: Settle
) -> Any:
    """Accept a proposal into the catalogue, mended before, or take it off the list for good."""
    one = next((one for one in proposing.open_(visit) if one.number == number), None)
    if one is None:
        raise HTTPException(
            404, f"number: found {number}, allowed: that of an open proposal; see /api/proposals"
        )
    if asked.answer == "reject":
        proposing.reject(visit, one)
        return JSONResponse({"number": number, "answer": asked.answer, "entry": None})
    record = proposing.mended(
        one, {f"title-{name}": title for name, title in asked.title.items()} | {"signed": asked.signed}
    )
    with refusing():
        proposing.accept(visit, one, record)
    return JSONResponse({"number": number, "answer": asked.answer, "entry": record["id"]})
