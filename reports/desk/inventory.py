"""The inventory: entries without a sign of life since the book, and what editors know of them."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from starlette.exceptions import HTTPException
from starlette.responses import Response

from crawlers.errors import DataError
from matcher.keeping import change
from reports import inventory
from reports.coverage import LineSide
from reports.desk.visit import Visit, local_path, to
from reports.editors import Role
from reports.inventory import UNSURE, Answer
from reports.snapshot import Publication
from reports.view import View

BATCH = 20
MOST_LISTED = 40
"""Answers told at the foot of the page."""
Over = Literal["ended", "completed", "denounced", "never_realised", "party_gone"]
"""What "no" can mean: keys of `change.STATUS_NOW`."""
OVER: tuple[Over, ...] = get_args(Over)


class Refused(Exception):
    """What was asked for is right in itself and cannot be done as things stand; the text says why."""


@dataclass(frozen=True)
class Question:
    line: LineSide
    newest: Publication | None
    """The newest text on it, also one that proves nothing of today."""
    unsure: Answer | None


def questions(view: View, regions: Sequence[str], answered: Sequence[Answer]) -> list[Question]:
    """Those with the newest text first, as they are the likeliest to be answered; what somebody could not tell last."""
    unsure = {one.entry: one for one in answered if one.answer == UNSURE}
    known, found = view.snapshot, []
    for one in view.questions:
        if regions and not any(region in pair for pair in one.entry.pairs for region in regions):
            continue
        texts = [
            text
            for member in known.catalogue.lines[one.line]
            for text in (*known.publications.get(member, ()), *known.near_misses.get(member, ()))
        ]
        newest = max(texts, key=lambda text: text.sort_key, default=None)
        found.append(Question(one, newest, unsure.get(one.entry.id)))
    return sorted(found, key=lambda q: (q.unsure is not None, -(q.newest.day.toordinal() if q.newest else 0)))


def page(visit: Visit, fault: str = "") -> Response:
    asked, view = visit.request.query_params.get("region", ""), visit.view
    mine = visit.regions(asked)
    with visit.desk.board.reading() as db:
        answered = inventory.answers(db)
    found = questions(view, mine, answered)
    name = visit.person.name if visit.person else ""
    return visit.page(
        "inventory.html", 400 if fault else 200, fault=fault, shown=found[:BATCH], left=len(found), mine=mine,
        asked=asked, sides=sorted({one.side for one in view.lines if one.side.startswith("BY")}), over=OVER,
        writable=writable(visit), answered=answered[:MOST_LISTED],
        last=next((one for one in answered if one.author == name), None), today=view.snapshot.today,
    )  # fmt: skip


def answer(visit: Visit) -> Response:
    form, board = visit.form, visit.desk.board
    entry, said = form.get("entry", ""), form.get("answer", "")
    value = {"yes": "active", "no": form.get("over", OVER[0]), "unsure": UNSURE}.get(said)
    if entry not in board.catalogue.entries or value is None or value not in (UNSURE, *change.STATUS_NOW):
        raise HTTPException(400, "no such question or answer")
    if value != UNSURE and not form.get("source", "").strip():
        return page(visit, visit.reader.t("Name the page or act that shows it."))
    try:
        answered(visit, entry, value, form.get("since", ""), form.get("source", "").strip())
    except Refused as refused:
        return page(visit, str(refused))
    except DataError as error:
        return page(visit, told(error))
    return to(local_path(form.get("next", "/inventory")))


def answered(visit: Visit, entry: str, value: str, since: str, source: str) -> Answer:
    """Keeps an answer, writes it to the catalogue, shows it at once; raises Refused and DataError."""
    board = visit.desk.board
    assert visit.person is not None  # the page needs an editor
    if all(one.entry.id != entry for one in visit.view.questions):
        raise Refused(visit.reader.t("This is not open any more."))
    if value != UNSURE and not writable(visit):
        raise Refused(unwritable(visit))
    with board.keeping, board.writing() as db:
        folder, known = board.settings.catalogue, board.catalogue.gazetteer
        made = inventory.answer(
            db, folder, known, entry, value, since, source, visit.person.name, visit.now
        )  # fmt: skip
        if value != UNSURE:
            board.learn()
    board.take_in(entry)
    return made


def undo(visit: Visit) -> Response:
    """Takes back one's own last answer."""
    try:
        undone(visit)
    except DataError as error:
        return page(visit, told(error))
    return to(local_path(visit.form.get("next", "/inventory")))


def undone(visit: Visit) -> Answer:
    """The answer that was taken back; raises DataError where there is none of one's own."""
    board = visit.desk.board
    assert visit.person is not None  # the page needs an editor
    with board.keeping, board.writing() as db:
        one = inventory.last_of(db, visit.person.name)
        inventory.undo(db, board.settings.catalogue, board.catalogue.gazetteer, one)
        if one.answer != UNSURE:
            board.learn()
    board.take_in(one.entry)
    return one


def writable(visit: Visit) -> bool:
    return os.access(visit.desk.settings.catalogue, os.W_OK)


def unwritable(visit: Visit) -> str:
    return visit.reader.t("The catalogue cannot be changed here: its folder is not to be written by the desk.")


def told(error: DataError) -> str:
    """What is wrong with what was sent, without the names of files here."""
    return f"{error.field}: {error.found}; {error.allowed}"


PAGES = [
    ("/inventory", page, "GET", Role.READER),
    ("/inventory", answer, "POST", Role.EDITOR),
    ("/inventory/undo", undo, "POST", Role.EDITOR),
]
