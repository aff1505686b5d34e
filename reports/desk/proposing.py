"""Proposals for the catalogue: what news report as signed and no entry is; accepted, mended before, or rejected."""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from crawlers.errors import DataError
from matcher import proposals
from matcher.keeping import add
from matcher.proposals import Proposal
from reports import proposed
from reports.desk.inventory import Refused, told, unwritable, writable
from reports.desk.visit import Visit, to
from reports.desk.words import entry_link
from reports.editors import Role
from reports.i18n import LANGUAGES

MOST = 50


def open_(visit: Visit, numbered: bool = True) -> list[Proposal]:
    """With the numbers by which they are settled, unless nothing is to be written."""
    board = visit.desk.board
    with board.writing() if numbered else board.reading() as db:
        return proposed.shown(db, board.catalogue, visit.withheld, numbered)


def page(visit: Visit, fault: str = "") -> Response:
    found = open_(visit, numbered=False)  # to look writes nothing
    return visit.page(
        "proposals.html", 400 if fault else 200, fault=fault, shown=found[:MOST], left=len(found),
        writable=writable(visit), outlets=visit.view.snapshot.outlets,
    )  # fmt: skip


def settle(visit: Visit) -> Response:
    """Adds the entry to its file, with what the editor has mended, or takes the proposal off the list for good."""
    form = visit.form
    one = next((one for one in open_(visit) if one.key == form.get("key")), None)
    if one is None or form.get("answer") not in ("accept", "reject"):
        raise HTTPException(400, "no open proposal, or no such answer")
    if form["answer"] == "reject":
        reject(visit, one)
        return to("/proposals")
    record = mended(one, form)
    try:
        accept(visit, one, record)
    except Refused as refused:
        return page(visit, str(refused))
    except DataError as error:
        return page(visit, told(error))
    return to(entry_link(record["id"]))


def reject(visit: Visit, one: Proposal) -> None:
    with visit.desk.board.writing() as db:
        proposals.settle(db, one.number, accepted=False)


def accept(visit: Visit, one: Proposal, record: dict[str, Any]) -> None:
    """Writes the entry to the catalogue and reads all anew; raises Refused and DataError."""
    board = visit.desk.board
    if not writable(visit):
        raise Refused(unwritable(visit))
    with board.keeping, board.writing() as db:
        add.add(board.settings.catalogue, record, board.catalogue.gazetteer)
        proposals.settle(db, one.number, accepted=True)
        board.learn()
    board.renew()


def mended(one: Proposal, form: Any) -> dict[str, Any]:
    """The entry as proposed, with the titles and date of the form, and addresses that may be shown only."""
    titles = {name: form.get(f"title-{name}", "").strip() or one.record["title"][name] for name in LANGUAGES}
    signed = form.get("signed", "").strip() or one.record["signed"]
    return one.record | {
        "title": titles, "signed": signed, "book": {"urls": [article.url for article in one.articles[:5]]},
    }  # fmt: skip


PAGES = [("/proposals", page, "GET", Role.EDITOR), ("/proposals", settle, "POST", Role.EDITOR)]
