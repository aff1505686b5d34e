"""What the API tells of gaps, pairs, entries and articles: the same as the pages."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from crawlers import codes
from crawlers.errors import DataError
from reports import articles, plain
from reports.desk import api_answers as answers
from reports.desk import api_rows, gaplist, reading
from reports.desk.api_asked import LONGEST_NUMBER, ArticleQuery, EntryQuery, GapQuery
from reports.desk.api_faults import refusing
from reports.desk.api_visit import Reading
from reports.desk.exports import as_data
from reports.desk.gaplist import GapList
from reports.desk.words import MOST_SHOWN
from reports.rollups import by_pair
from reports.trend import trends

router = APIRouter()


@router.get("/gaps", response_model=answers.Gaps)
def gaps(visit: Reading, query: Annotated[GapQuery, Query()]) -> Any:
    """The list of lines by side: filtered, counted, sorted and searched as on its page."""
    found = GapList(visit.view, visit.desk.board.lookup, query.wanted)
    return JSONResponse(
        as_data(visit.view, found.shown)
        | {
            "total": len(found.rows), "page": min(query.page, found.pages), "pages": found.pages,
            "counts": found.counts,
        }
    )  # fmt: skip


@router.get("/pairs", response_model=answers.Pairs)
def pairs(visit: Reading) -> Any:
    """Pairs with what each side reported of what works today."""
    found = by_pair(visit.view.lines).items()
    return JSONResponse(
        {"pairs": [api_rows.figures(visit.view, pair, one) for pair, one in found if one.expected]}
    )


@router.get("/pairs/{pair}", response_model=answers.Pair)
def pair(visit: Reading, pair: Annotated[str, Path(examples=["BY-MA:RU-KOS"])]) -> Any:
    """A pair with all its lines on both sides."""
    view = visit.view
    try:
        one = codes.pair(pair, "pair", "")
    except DataError as error:
        raise HTTPException(404, str(error)) from None
    if one not in view.pairs:
        raise HTTPException(404, f"pair: found {pair!r}, allowed: a pair of the catalogue")
    lines = view.of(one)
    rolled = by_pair(lines)[one]
    series = trends(view.snapshot, lines)
    return JSONResponse({
        "pair": str(one), "name": view.pair_name(one),
        "figures": api_rows.figures(view, one, rolled) if rolled.expected else None,
        "trend": plain.rollup(rolled, series, one)["trend"],
        "rows": [api_rows.side(view, line) for line in lines],
    })  # fmt: skip


@router.get("/entries", response_model=answers.Entries)
def entries(visit: Reading, query: Annotated[EntryQuery, Query()]) -> Any:
    """Entries of the catalogue, found by any name in any spelling."""
    known = visit.view.snapshot.catalogue.entries
    words = query.q.strip()
    found = [one.entry for one in visit.desk.board.lookup.find(words)] if words else list(known.values())
    found = [one for one in found if one.id in known]
    pages = max(1, -(-len(found) // gaplist.PAGE))
    page = min(query.page, pages)
    shown = found[(page - 1) * gaplist.PAGE : page * gaplist.PAGE]
    rows = [api_rows.found(visit.view, one) for one in shown]
    return JSONResponse({"total": len(found), "page": page, "pages": pages, "entries": rows})


@router.get("/entries/{entry}", response_model=answers.Entry)
def entry(visit: Reading, entry: Annotated[str, Path(examples=["mogilev-kostroma-agreement-2006"])]) -> Any:
    """An entry with how its line is covered on both sides, near misses, dates and brief."""
    known = visit.view.snapshot.catalogue.entries
    if entry not in known:
        raise HTTPException(404, f"entry: found {entry[:100]!r}, allowed: the id of an entry; see /api/entries")
    return JSONResponse(api_rows.entry(visit.view, known[entry]))


@router.get("/articles", response_model=answers.Hits)
def search(visit: Reading, query: Annotated[ArticleQuery, Query()]) -> Any:
    """Articles with all the words, the newest first."""
    with refusing(), visit.desk.board.reading() as db:
        pair = codes.pair(query.pair, "query", "pair") if query.pair else None
        found = articles.find(db, visit.withheld, query.q, pair, query.outlet or None, query.since, query.limit)
    return JSONResponse({"articles": found})


@router.get("/articles/{number}", response_model=answers.Whole)
def article(visit: Reading, number: Annotated[int, Path(ge=1, lt=LONGEST_NUMBER, examples=[1])]) -> Any:
    """An article with its text, story and matches; one that may not be shown here is not there."""
    with refusing(404), visit.desk.board.reading() as db:
        one = articles.show(db, visit.withheld, number)
    most = reading.MOST_TEXT if visit.person else MOST_SHOWN
    on, near = reading.evidence_of(visit.view, number, {match["entry"] for match in one["matches"]})
    return JSONResponse(
        one
        | {
            "text": one["text"][:most], "cut": len(one["text"]) > most,
            "evidence": [api_rows.evidence(visit, p) for p in (*on, *near)],
        }
    )  # fmt: skip
