"""Pages for reading: gap list, pair, entry, article, matrix, method, archive."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import Response

from crawlers import codes
from crawlers.codes import Pair
from crawlers.errors import DataError
from reports import articles, brief, gap_table, site
from reports.coverage import Index, LineSide, index
from reports.desk import charts, exports, gaplist
from reports.desk.gaplist import GapList, Wanted
from reports.desk.visit import Visit, to
from reports.desk.words import MOST_SHOWN, entry_link
from reports.editors import Role
from reports.liveness import State
from reports.snapshot import Publication
from reports.view import View

MOST_TEXT = 60_000
"""Characters of an article that are shown: no newspaper prints as many."""
MOST_STORIES = 40
"""Stories of a side on the page of an entry; the rest is counted."""


def gaps(visit: Visit) -> Response:
    wanted = Wanted.of(visit.request.query_params)
    found = GapList(visit.view, visit.desk.board.lookup, wanted)
    # as the reader types, the script asks for the list alone
    template = "gap_rows.html" if visit.request.query_params.get("part") == "list" else "gaps.html"
    return visit.page(
        template, found=found, wanted=wanted, query=urlencode(wanted.query(page=1)), gaplist=gaplist
    )


def export(visit: Visit, form: str) -> Response:
    wanted = Wanted.of(visit.request.query_params)
    view, rows = visit.view, GapList(visit.view, visit.desk.board.lookup, wanted).rows
    if form == "atom":
        origin = min(visit.desk.place.origins)
        address = f"{visit.request.url.path}?{urlencode(wanted.query(page=1))}".rstrip("?")
        return Response(exports.as_atom(view, rows, origin, address), media_type="application/atom+xml")
    made = {"csv": gap_table.as_csv, "xlsx": gap_table.as_xlsx, "json": exports.as_json}[form](view, rows)
    kind = {
        "csv": "text/csv; charset=utf-8", "json": "application/json",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }[form]  # fmt: skip
    name = f"mediagap-{view.snapshot.today}.{form}"
    return Response(made, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})


def pair(visit: Visit) -> Response:
    asked = visit.request.path_params["pair"]
    try:
        one = codes.pair(asked, "", "")
    except DataError:
        raise HTTPException(404) from None
    if one not in visit.view.pairs:
        raise HTTPException(404)
    first, second = visit.view.of(one, one.belarus), visit.view.of(one, one.partner)
    lines = sorted(zip(first, second, strict=True), key=lambda both: both[0].life.state is not State.LIVE)
    return visit.page("pair.html", pair=one, lines=lines)


MOST_SOUGHT, MOST_FITTING = 200, 10
"""Characters of a search for the entry that an article is about, and entries that are offered."""


@dataclass(frozen=True)
class Story:
    """Texts of a side that print the same, first the one that the others repeat."""

    first: Publication
    others: tuple[Publication, ...]


def stories(view: View, publications: Iterable[Publication]) -> list[Story]:
    """The latest story first."""
    chains = view.stories(sorted(publications, key=lambda p: p.sort_key))
    return [Story(told[0], tuple(told[1:])) for told in chains]


def line_of(view: View, entry: str) -> str:
    """The line that a document is of."""
    return next(line for line, members in view.snapshot.catalogue.lines.items() if entry in members)


def official(view: View, line: str) -> list[Publication]:
    """Texts on a line of official sites and of imported archives whose outlets are not listed: no coverage."""
    members, found = view.snapshot.catalogue.lines[line], view.snapshot.publications
    return [p for one in members for p in found.get(one, ()) if p.tier == "official" or not p.outlet]


def evidence_of(
    view: View, article: int, entries: Iterable[str]
) -> tuple[list[Publication], list[Publication]]:
    """An article as what it is on the entries that it matches, and as a near miss of others."""
    published, nearly = view.snapshot.publications, view.snapshot.near_misses
    on = [p for name in sorted(entries) for p in published.get(name, ()) if p.article == article]
    return on, [p for listed in nearly.values() for p in listed if p.article == article]


def entry(visit: Visit) -> Response:
    view, asked = visit.view, visit.request.path_params["entry"]
    known = view.snapshot.catalogue
    if asked not in known.entries:
        raise HTTPException(404)
    line = line_of(view, asked)
    if line != asked:
        return to(entry_link(line))
    sides = view.of_line(line)
    members = [known.entries[member] for member in known.lines[line]]
    told = {(one.pair, one.side): stories(view, one.publications) for one in sides}
    why = list(dict.fromkeys(brief.reason(view, lead) for lead in view.leads if lead.side.line == line))
    return visit.page(
        "entry.html", sides=sides, entry=sides[0].entry, members=members, told=told, most=MOST_STORIES,
        official=stories(view, official(view, line))[:MOST_STORIES], why=why, charts=charts, added=visit.request.query_params.get("added", ""),
    )  # fmt: skip


def paper(visit: Visit) -> Response:
    """The brief of a line, to copy and print, or as Markdown."""
    line = visit.request.path_params["entry"]
    if line not in visit.view.snapshot.catalogue.lines:
        raise HTTPException(404)
    text = brief.brief(visit.view, line)
    if visit.request.url.path.endswith(".md"):
        return Response(text, media_type="text/markdown; charset=utf-8")
    return visit.page("brief.html", line=line, text=text)


def article(visit: Visit) -> Response:
    view, number = visit.view, visit.request.path_params["number"]
    try:
        with visit.desk.board.reading() as db:
            one = articles.show(db, visit.withheld, number)
    except DataError:
        raise HTTPException(404) from None
    on, near = evidence_of(view, number, {match["entry"] for match in one["matches"]})
    words = {word for p in (*on, *near) for word in p.words}
    most = MOST_TEXT if visit.person else MOST_SHOWN
    sought = visit.request.query_params.get("find", "").strip()[:MOST_SOUGHT]
    fitting = (
        [one.entry for one in visit.desk.board.lookup.find(sought)[:MOST_FITTING]]
        if sought and visit.decides
        else []
    )
    return visit.page(
        "article.html", sought=sought, fitting=fitting, one=one, on=on, near=near, words=words, text=one["text"][:most],
        cut=len(one["text"]) > most, day=date.fromisoformat(one["day"]) if one["day"] else None,
    )  # fmt: skip


@dataclass(frozen=True)
class Cell:
    pair: Pair
    belarus: Index
    partner: Index

    @property
    def gaps(self) -> int:
        return self.belarus.none_found + self.partner.none_found

    @property
    def shade(self) -> int:
        """0 to 3 by the number of gaps: what is to be done here, no mark for anybody."""
        return min(3, (self.gaps + 1) // 2)


def cells(view: View) -> dict[Pair, Cell]:
    """Of pairs with a live line."""
    found: dict[Pair, dict[str, list[LineSide]]] = {}
    for one in view.lines:
        if one.life.state is State.LIVE:
            found.setdefault(one.pair, {}).setdefault(one.side, []).append(one)
    return {
        pair: Cell(pair, index(sides.get(pair.belarus, [])), index(sides.get(pair.partner, [])))
        for pair, sides in found.items()
    }


def matrix(visit: Visit) -> Response:
    view = visit.view
    found = cells(view)
    partners = sorted({pair.partner for pair in view.pairs})
    ours = sorted({pair.belarus for pair in view.pairs})
    return visit.page(
        "matrix.html", cells=found, partners=partners, ours=ours, Pair=Pair, pairs=set(view.pairs)
    )


def method(visit: Visit) -> Response:
    return visit.report_page("method.html", language=site.language_names(visit.reader), **site.method_values())


def archive(visit: Visit) -> Response:
    return visit.report_page("archive.html")


PAGES: list[tuple[str, Callable[[Visit], Response], str, Role | None]] = [
    ("/gaps", gaps, "GET", Role.READER),
    *(
        (f"/gaps.{form}", partial(export, form=form), "GET", Role.READER)
        for form in ("csv", "xlsx", "json", "atom")
    ),
    ("/pair/{pair}", pair, "GET", Role.READER),
    ("/entry/{entry}", entry, "GET", Role.READER),
    ("/brief/{entry}.md", paper, "GET", Role.READER),
    ("/brief/{entry}", paper, "GET", Role.READER),
    ("/article/{number:int}", article, "GET", Role.READER),
    ("/matrix", matrix, "GET", Role.READER),
    ("/method", method, "GET", Role.READER),
    ("/archive", archive, "GET", Role.READER),
]
