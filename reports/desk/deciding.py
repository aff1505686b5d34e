"""What editors decide: whether a text covers an entry, undone as well, and texts that the crawlers missed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import Response

from crawlers.errors import DataError
from crawlers.outcome import Outcome
from matcher import decisions
from matcher.decisions import Decision, Verdict
from reports import articles, evidence
from reports.coverage import LineSide, Value
from reports.desk.visit import Visit, local_path, to
from reports.desk.words import entry_link
from reports.editors import Role
from reports.evidence import Added, Refusal, Refused
from reports.snapshot import Publication
from reports.view import View

PAGE = 20
MOST_LISTED = 100
"""Decisions on their page."""
UNDONE = "undone"

Decided = Mapping[tuple[int, str], Decision]


@dataclass(frozen=True)
class Question:
    """A text of which nobody has decided whether it covers an entry."""

    text: Publication
    line: LineSide | None
    """The line that hangs on it most, where one does."""
    urgency: int
    """0: it hides a gap; 1: a state rests on it alone; 2: any other."""
    unsure: Decision | None
    """Somebody looked and could not tell."""

    @property
    def order(self) -> tuple[bool, int, float, int]:
        return self.unsure is not None, self.urgency, abs(self.text.score - 0.5), -self.text.article


def questions(view: View, decided: Decided) -> list[Question]:
    """All that may be asked, the most uncertain first: what hides a gap, then what a state rests on alone."""
    found: dict[tuple[int, str], Question] = {}

    def ask(text: Publication, line: LineSide | None, urgency: int) -> None:
        key = text.article, text.entry
        verdict = decided.get(key)
        if text.confirmed or (verdict and verdict.verdict is not Verdict.UNSURE):
            return
        if key not in found or urgency < found[key].urgency:
            found[key] = Question(text, line, urgency, verdict)

    for one in view.lines:
        if one.value is Value.TO_CHECK:
            for text in one.near_misses:
                ask(text, one, 0)
        elif one.rests_on_one:
            for text in one.in_window:
                if text.grade == "about":
                    ask(text, one, 1)
    for listed in view.snapshot.near_misses.values():
        for text in listed:
            ask(text, None, 2)
    return sorted(found.values(), key=lambda question: question.order)


def review(visit: Visit) -> Response:
    with visit.desk.board.reading() as db:
        decided = decisions.in_force(db, visit.now)
    wanted = visit.request.query_params.get("entry", "")
    found = [one for one in questions(visit.view, decided) if wanted in ("", one.text.entry)]
    known = [one for one in decided.values() if one.entry in visit.view.snapshot.catalogue.entries]
    mine = [one for one in known if visit.person and one.author == visit.person.name]
    last = max(mine, key=lambda one: one.id, default=None)
    return visit.page(
        "review.html", shown=found[:PAGE], left=len(found), done=len(known), mine=len(mine),
        last=last if last and last.reason != UNDONE else None,
    )  # fmt: skip


def decide(visit: Visit) -> Response:
    entry, verdict = visit.form.get("entry", ""), visit.form.get("verdict", "")
    if verdict not in list(Verdict):
        raise HTTPException(400, "no such verdict")
    try:
        record(visit, _number(visit.form.get("article", "")), entry, Verdict(verdict))
    except DataError as error:
        raise HTTPException(400, str(error)) from None
    return to(local_path(visit.form.get("next", "/review")))


def undo(visit: Visit) -> Response:
    """Puts back what stood before one's own decision; where nothing did, the question is open again."""
    try:
        undone(visit, _number(visit.form.get("article", "")), visit.form.get("entry", ""))
    except DataError as error:
        raise HTTPException(400, str(error)) from None
    return to(local_path(visit.form.get("next", "/review")))


def undone(visit: Visit, article: int, entry: str) -> Decision:
    """Raises DataError where the last decision is not one's own."""
    with visit.desk.board.reading() as db:
        history = [one for one in decisions.of_article(db, article) if one.entry == entry]
    assert visit.person is not None
    if not history or history[-1].author != visit.person.name:
        raise DataError("decision", "article", article, "one on which the last decision is your own")
    before = history[-2].verdict if len(history) > 1 else Verdict.UNSURE
    return record(visit, article, entry, before, UNDONE)


def made(visit: Visit) -> Response:
    """Who decided what, the latest first."""
    return visit.page("decisions.html", listed=listed(visit), entries=visit.view.snapshot.catalogue.entries)


def listed(visit: Visit) -> list[Decision]:
    """The latest decisions in force, the last first, without those on what is withheld here."""
    with visit.desk.board.reading() as db:
        found = decisions.in_force(db, visit.now)
        latest = sorted(found.values(), key=lambda one: -one.id)[:MOST_LISTED]
        outlets = articles.outlets_of(db, [one.article for one in latest])
    entries, withheld = visit.view.snapshot.catalogue.entries, visit.withheld
    return [one for one in latest if one.entry in entries and withheld.may_show(*outlets[one.article])]


def add_form(visit: Visit) -> Response:
    return _form(visit, visit.request.query_params.get("entry", ""), "")


def add(visit: Visit) -> Response:
    entry, t = visit.form.get("entry", ""), visit.reader.t
    try:
        day = date.fromisoformat(visit.form["day"]) if visit.form.get("day") else None
    except ValueError:
        return _form(visit, entry, t("The day cannot be read."), 400)
    if entry and entry not in visit.desk.board.catalogue.entries:
        raise HTTPException(400, "no such entry")
    url = visit.form.get("url", "").strip()
    try:
        found = added(visit, url, day, entry)
    except Refused as refused:
        return _form(visit, entry, _why(visit, refused), 400)
    if not entry:
        return to(f"/article/{found.article}")
    return to(f"{entry_link(entry)}?{urlencode({'added': found.article})}")


def added(visit: Visit, url: str, day: date | None, entry: str) -> Added:
    """Adds a text by its address, as evidence of an entry unless that is ""; raises DataError as `evidence.add`."""
    desk = visit.desk
    with desk.board.writing() as db:
        found = evidence.add(desk.settings, db, url, day, visit.now, desk.ports)
    if entry:
        record(visit, found.article, entry, Verdict.YES)
    else:
        for match in found.result.matches:
            desk.board.take_in(match.entry)
    return found


def _why(visit: Visit, refused: Refused) -> str:
    """The refusal in the reader's words."""
    t = visit.reader.t
    why = visit.view.outcome(refused.outcome or Outcome.ERROR)
    said = {
        Refusal.NO_ADDRESS: t("This is no address of a page: it begins with http:// or https://."),
        Refusal.UNLISTED: t("No outlet that is read here has this address. Whoever runs the desk can add the outlet to the sources."),
        Refusal.FUTURE: t("The day of publication lies in the future."),
        Refusal.UNREAD: t("The page could not be read: {why}.", why=why),
        Refusal.FRONT: t("This is the front page of the outlet, or leads there. Give the address of the article itself."),
    }  # fmt: skip
    return said[refused.kind]


def _form(visit: Visit, entry: str, fault: str, status: int = 200) -> Response:
    return visit.page(
        "add.html", status, entry=visit.view.snapshot.catalogue.entries.get(entry), fault=fault,
        url=visit.form.get("url", "") or visit.request.query_params.get("url", "")[:2000], day=visit.form.get("day", ""), today=visit.view.snapshot.today,
    )  # fmt: skip


def record(visit: Visit, article: int, entry: str, verdict: Verdict, reason: str = "") -> Decision:
    """Keeps a verdict and shows it at once; raises DataError, also for an article that is withheld here."""
    board = visit.desk.board
    assert visit.person is not None  # the pages need an editor
    with board.writing() as db:
        articles.number_of(db, visit.withheld, str(article))
        known, author = board.catalogue.entries, visit.person.name
        made = decisions.decide(db, known, article, entry, verdict, author, visit.now, reason)
    board.take_in(entry)
    return made


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 15:
        raise HTTPException(400, "no number of an article")
    return int(text)


PAGES = [
    ("/review", review, "GET", Role.READER),
    ("/decisions", made, "GET", Role.READER),
    ("/decide", decide, "POST", Role.EDITOR),
    ("/undo", undo, "POST", Role.EDITOR),
    ("/add", add_form, "GET", Role.EDITOR),
    ("/add", add, "POST", Role.EDITOR),
]
