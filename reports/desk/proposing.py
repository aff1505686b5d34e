"""Proposals for the catalogue: what news report as signed and no entry is; accepted, mended before, or rejected."""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from crawlers.errors import DataError
from matcher import proposals
from matcher.keeping import add
from matcher.proposals import Proposal
from reports import proposed
from reports.desk.inventory import told, unwritable, writable
from reports.desk.visit import Visit, to
from reports.desk.words import entry_link
from reports.editors import Role
from reports.i18n import LANGUAGES
from reports.restricted import Withheld

MOST = 50


def _open(visit: Visit, numbered: bool) -> list[Proposal]:
    board = visit.desk.board
    withheld = Withheld(board.outlets, visit.desk.settings.profile, visit.now.date())
    with board.writing() if numbered else board.reading() as db:
        return proposed.shown(db, board.catalogue, withheld, numbered)


def page(visit: Visit, fault: str = "") -> Response:
    found = _open(visit, numbered=False)  # to look writes nothing
    return visit.page(
        "proposals.html", 400 if fault else 200, fault=fault, shown=found[:MOST], left=len(found),
        writable=writable(visit), outlets=visit.view.snapshot.outlets,
    )  # fmt: skip


def settle(visit: Visit) -> Response:
    """Adds the entry to its file, with what the editor has mended, or takes the proposal off the list for good."""
    form, board = visit.form, visit.desk.board
    one = next((one for one in _open(visit, numbered=True) if one.key == form.get("key")), None)
    if one is None or form.get("answer") not in ("accept", "reject"):
        raise HTTPException(400, "no open proposal, or no such answer")
    if form["answer"] == "reject":
        with board.writing() as db:
            proposals.settle(db, one.number, accepted=False)
        return to("/proposals")
    if not writable(visit):
        return page(visit, unwritable(visit))
    record = mended(one, form)
    try:
        with board.keeping, board.writing() as db:
            add.add(board.settings.catalogue, record, board.catalogue.gazetteer)
            proposals.settle(db, one.number, accepted=True)
            board.learn()
    except DataError as error:
        return page(visit, told(error))
    board.renew()
    return to(entry_link(record["id"]))


def mended(one: Proposal, form: Any) -> dict[str, Any]:
    """The entry as proposed, with the titles and date of the form, and addresses that may be shown only."""
    titles = {name: form.get(f"title-{name}", "").strip() or one.record["title"][name] for name in LANGUAGES}
    signed = form.get("signed", "").strip() or one.record["signed"]
    return one.record | {
        "title": titles, "signed": signed, "book": {"urls": [article.url for article in one.articles[:5]]},
    }  # fmt: skip


PAGES = [("/proposals", page, "GET", Role.EDITOR), ("/proposals", settle, "POST", Role.EDITOR)]
