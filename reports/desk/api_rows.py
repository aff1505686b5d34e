"""Rows of the API's answers, where `reports.plain` has not all that the pages show."""

from typing import Any

from crawlers.codes import Pair
from crawlers.dates import stamp
from matcher.decisions import Decision
from matcher.entries import Entry
from reports import brief, letter_brief, plain
from reports.coverage import LineSide
from reports.desk import charts, deciding, inventory, reading
from reports.desk.visit import Visit
from reports.inventory import Answer
from reports.lead_work import State
from reports.leads import Lead
from reports.rollups import Rollup
from reports.snapshot import Publication
from reports.view import Source, View

_PASSAGE, _PASSAGE_FOR_ALL = 2000, 300


def side(view: View, one: LineSide) -> dict[str, Any]:
    return plain.side(one) | {"title": view.reader.title(one.entry)}


def figures(view: View, pair: Pair, one: Rollup) -> dict[str, Any]:
    data = plain.rollup(one, {}, pair)
    del data["trend"]
    return data | {"name": view.pair_name(pair)}


def cell(one: reading.Cell) -> dict[str, Any]:
    return {
        "pair": str(one.pair), "belarus": plain.index(one.belarus), "partner": plain.index(one.partner),
        "gaps": one.gaps,
    }  # fmt: skip


def evidence(visit: Visit, p: Publication) -> dict[str, Any]:
    most = _PASSAGE if visit.person else _PASSAGE_FOR_ALL
    told = {"entry": p.entry, "score": p.score, "passage": p.passage[:most], "words": list(p.words)}
    return plain.article(p) | told


def found(view: View, one: Entry) -> dict[str, Any]:
    line = reading.line_of(view, one.id)
    return {
        "entry": one.id, "line": line, "title": view.reader.title(one), "kind": one.kind, "status": one.status,
        "state": view.of_line(line)[0].life.state, "pairs": [str(pair) for pair in one.pairs],
    }  # fmt: skip


def entry(view: View, one: Entry) -> dict[str, Any]:
    line = reading.line_of(view, one.id)
    sides, life = view.of_line(line), view.of_line(line)[0].life
    leads = [lead for lead in view.leads if lead.side.line == line]
    return {
        "entry": _document(one), "line": line, "members": list(view.snapshot.catalogue.lines[line]),
        "life": {
            "state": life.state, "since": str(life.since) if life.since else None, "source": life.source,
            "evidence": plain.article(life.evidence) if life.evidence else None,
        },
        "sides": [side(view, one) for one in sides],
        "official": [plain.article(p) for p in reading.official(view, line)],
        "why": list(dict.fromkeys(brief.reason(view, lead) for lead in leads)), "brief": brief.brief(view, line),
    }  # fmt: skip


def _document(one: Entry) -> dict[str, Any]:
    """Dates as the catalogue has them: days, months, years."""
    kept = one.model_dump(
        mode="json", include={"title", "kind", "sector", "pairs", "parties", "signed", "starts", "ends", "status",
                              "status_as_of", "succeeds", "part_of", "history"},
    )  # fmt: skip
    return kept | {"entry": one.id, "urls": list(one.book.urls)}


def decision(one: Decision) -> dict[str, Any]:
    return {
        "article": one.article, "entry": one.entry, "verdict": one.verdict, "author": one.author,
        "decided": stamp(one.decided), "reason": one.reason,
    }  # fmt: skip


def lead(view: View, one: Lead, told: State | None) -> dict[str, Any]:
    return plain.lead(view, one, brief.why(view, one)) | {
        "entry": one.side.entry.id, "move": letter_brief.move(view.reader, one),
        "ask": letter_brief.ask(view.reader, one), "work": work(told) if told else None,
    }  # fmt: skip


def work(one: State) -> dict[str, Any]:
    return {
        "work": one.work, "author": one.author, "said": stamp(one.said),
        "until": str(one.until) if one.until else None, "note": one.note,
    }  # fmt: skip


def answer(one: Answer) -> dict[str, Any]:
    return {
        "entry": one.entry, "answer": one.answer, "since": one.since, "source": one.source, "author": one.author,
        "said": stamp(one.said),
    }  # fmt: skip


def outlet(view: View, one: Source) -> dict[str, Any]:
    days = view.snapshot.days.get(one.outlet.id, {})
    return {
        "outlet": one.outlet.id, "title": view.title(one.outlet), "side": one.outlet.place,
        "tier": one.outlet.tier, "read": one.read, "outcomes": list(one.outcomes), "messages": list(one.messages),
        "days_observed": one.observed, "days": one.days, "texts": one.texts,
        "weeks": charts.weekly(days, view.snapshot.today),
    }  # fmt: skip


def question(visit: Visit, one: deciding.Question) -> dict[str, Any]:
    view, line = visit.view, one.line
    entries = view.snapshot.catalogue.entries
    return {
        "text": evidence(visit, one.text), "title": view.reader.title(entries[one.text.entry]),
        "line": line.line if line else None, "pair": str(line.pair) if line else None,
        "side": line.side if line else None, "urgency": one.urgency,
        "unsure": decision(one.unsure) if one.unsure else None,
    }  # fmt: skip


def unverified(view: View, one: inventory.Question) -> dict[str, Any]:
    entry = one.line.entry
    return {
        "entry": entry.id, "title": view.reader.title(entry), "pairs": [str(pair) for pair in entry.pairs],
        "newest": plain.article(one.newest) if one.newest else None,
        "unsure": one.unsure.author if one.unsure else None,
    }  # fmt: skip
