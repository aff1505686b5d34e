"""The monthly sample of claims, checked by hand: how often the tool is wrong, told by people."""

from dataclasses import dataclass
from typing import Literal, cast

from starlette.exceptions import HTTPException
from starlette.responses import Response

from crawlers.errors import DataError
from matcher.entries import Entry
from reports import audit, audit_rates
from reports.audit import Item
from reports.audit_rates import Claim
from reports.coverage import LineSide
from reports.desk.visit import Visit, to
from reports.editors import Role
from reports.snapshot import Publication
from reports.tidy import one_line
from reports.view import View

PAGE = 20
MOST_NOTE = 500


@dataclass(frozen=True)
class Question:
    item: Item
    entry: Entry
    side: LineSide | None
    """Of a gap, as it stands today; None: it is judged no more."""
    text: Publication | None
    """Of a match; None: it is not shown here, or counts no more."""


def _question(view: View, item: Item) -> Question | None:
    entry = view.snapshot.catalogue.entries.get(item.entry)
    if entry is None:
        return None
    if item.kind is Claim.GAP:
        lines = (
            one
            for one in view.lines
            if (one.entry.id, str(one.pair), one.side) == (item.entry, item.pair, item.side)
        )
        return Question(item, entry, next(lines, None), None)
    texts = (p for p in view.snapshot.publications.get(item.entry, ()) if p.article == item.article)
    return Question(item, entry, None, next(texts, None))


def page(visit: Visit, fault: str = "") -> Response:
    view, month = visit.view, f"{visit.view.snapshot.today:%Y-%m}"
    with visit.desk.board.reading() as db:
        drawn, rates = audit.items(db, month), audit_rates.rates(db)
    unanswered = [one for one in drawn if one.answer is None]
    open_ = [question for one in unanswered if (question := _question(view, one))]
    name = visit.person.name if visit.person else ""
    mine = [one for one in drawn if one.answered and one.author == name]
    last = max(mine, key=lambda one: (one.answered or "", one.id), default=None)
    return visit.page(
        "audit.html", 400 if fault else 200, fault=fault, month=month, drawn=len(drawn), shown=open_[:PAGE],
        left=len(open_), done=len(drawn) - len(unanswered), rates=rates, last=last and _question(view, last), most_note=MOST_NOTE,
    )  # fmt: skip


def draw(visit: Visit) -> Response:
    with visit.desk.board.writing() as db:
        audit.draw(db, visit.view)
    return to("/audit")


def answer(visit: Visit) -> Response:
    form = visit.form
    number, verdict, note = (
        form.get("item", ""),
        form.get("answer", ""),
        one_line(form.get("note", ""))[:MOST_NOTE],
    )
    if not number.isdecimal() or len(number) > 15 or verdict not in ("right", "wrong"):
        raise HTTPException(400, "no such item or answer")
    assert visit.person is not None  # the page needs an editor
    try:
        with visit.desk.board.writing() as db:
            one = next((one for one in audit.items(db) if one.id == int(number)), None)
            if one and one.kind is Claim.GAP and verdict == "wrong" and not note:
                return page(visit, visit.reader.t("Name the address of the text that was found."))
            said = cast(Literal["right", "wrong"], verdict)
            audit.answer(db, int(number), said, visit.person.name, visit.now, note)
    except DataError:
        raise HTTPException(400, "no such item") from None
    return to("/audit")


def undo(visit: Visit) -> Response:
    assert visit.person is not None  # the page needs an editor
    number = visit.form.get("item", "")
    if not number.isdecimal() or len(number) > 15:
        raise HTTPException(400, "no such item")
    try:
        with visit.desk.board.writing() as db:
            audit.take_back(db, int(number), visit.person.name)
    except DataError:
        raise HTTPException(400, "nothing of yours to undo") from None
    return to("/audit")


PAGES = [
    ("/audit", page, "GET", Role.READER),
    ("/audit", answer, "POST", Role.EDITOR),
    ("/audit/draw", draw, "POST", Role.EDITOR),
    ("/audit/undo", undo, "POST", Role.EDITOR),
]
