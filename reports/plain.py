"""What is printed for people, as data: the records behind every `--json`."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from crawlers.codes import Pair
from reports import refute
from reports.changes import Changes, key
from reports.coverage import Index, LineSide, Value
from reports.leads import Lead
from reports.measures import Table
from reports.retrospect import Past
from reports.rollups import Rollup
from reports.snapshot import Publication
from reports.trend import Trend
from reports.view import View


def side(one: LineSide, since: date | None = None) -> dict[str, Any]:
    """One line on one side of one pair. `since`: no articles of earlier days."""
    return {
        "line": one.line, "entry": one.entry.id, "pair": str(one.pair), "side": one.side, "value": one.value.value,
        "reason": one.reason, "gap": one.gap.value if one.gap else None, "own": one.own, "interval_days": one.interval,
        "silence_days": one.silence, "observed_share": round(one.observed.share, 4),
        "rests_on_one": one.rests_on_one, "first": str(one.first), "last": str(one.last), "tally": asdict(one.tally),
        "event": article(one.event) if one.event else None,
        "outlets": [s.outlet.id for s in one.observed.outlets],
        "articles": [article(p) for p in one.publications if since is None or p.day >= since],
        "near_misses": [article(p) for p in one.near_misses if since is None or p.day >= since],
    }  # fmt: skip


def gap(view: View, one: LineSide, since: date | None = None) -> dict[str, Any]:
    """The same with the texts that come nearest to covering it, of any age, and what to type to refute the value."""
    near = refute.nearest(view.snapshot, one) if one.value in refute.OPEN else []
    return side(one, since) | {
        "nearest": [
            article(p) | {"score": round(p.score, 4), "covers": refute.decide_command(p), "does_not": refute.decide_command(p, "no")}
            for p in near
        ],
        "add": refute.add_command(one),
    }  # fmt: skip


def article(p: Publication) -> dict[str, Any]:
    return {
        "article": p.article, "url": p.url, "title": p.title, "day": str(p.day), "outlet": p.outlet, "grade": p.grade,
        "own": p.own, "origin": p.origin, "story": p.story, "confirmed": p.confirmed,
    }  # fmt: skip


def lead(view: View, one: Lead, why: str) -> dict[str, Any]:
    """One lead; `why`: its occasion in the reader's words."""
    return {
        "kind": one.kind, "line": one.side.line, "title": view.reader.title(one.side.entry), "pair": str(one.side.pair),
        "side": one.side.side, "day": str(one.day) if one.day else None, "years": one.years or None, "why": why,
        "text": article(one.text) if one.text else None,
    }  # fmt: skip


def index(one: Index) -> dict[str, Any]:
    """k of n with its bounds; no bounds below ten lines."""
    return asdict(one) | {"expected": one.expected, "bounds": one.bounds}


def rollup(one: Rollup, trends: Mapping[tuple[Pair, str], Trend], pair: Pair) -> dict[str, Any]:
    """The figures of a pair and the trend of each of its sides that has a cohort."""
    series = {side: trends[pair, side] for side in pair if (pair, side) in trends}
    return {
        "pair": str(pair), "belarus": index(one.belarus), "partner": index(one.partner), "expected": one.expected,
        "anywhere": one.anywhere, "both": one.both, "both_own": one.both_own,
        "trend": {
            side: {
                "lines": len(of.lines), "outlets": list(of.outlets),
                "points": [{"day": str(day), **index(at)} for day, at in of.points],
            }
            for side, of in series.items()
        },
    }  # fmt: skip


def measures(one: Table) -> dict[str, Any]:
    """What a side published on a plan and its measures, by month."""
    return {
        "plan": one.plan.entry.id, "pair": str(one.plan.pair), "side": one.plan.side,
        "months": [f"{month:%Y-%m}" for month in one.months], "observed": list(one.observed),
        "measures": [
            {
                "entry": row.measure.id,
                "months": [
                    {"texts": [article(p) for p in cell.texts],
                     "written": [{"by": w.author, "said": w.said.isoformat(), "note": w.note} for w in cell.written]}
                    for cell in row.cells
                ],
            }
            for row in one.rows
        ],
    }  # fmt: skip


def changes(found: Changes) -> dict[str, Any]:
    """What changed since an earlier week's report; sides by their keys."""
    return {
        "since": found.since, "revised": found.revised, "still": len(found.still),
        **{name: [key(one) for one in getattr(found, name)] for name in ("silent", "broken", "one_sided")},
        "lost": list(found.lost), "recovered": list(found.recovered),
        "proposed": [one.plain() for one in found.proposed],
    }  # fmt: skip


def past(one: Past) -> dict[str, Any]:
    """One line of the archive with what was printed on it, by side."""
    return {
        "entry": one.entry.id, "state": one.life.state.value, "since": str(one.life.since) if one.life.since else None,
        "texts": {
            side: [{"day": str(p.day), "outlet": p.outlet, "title": p.title, "url": p.url, "own": p.own} for p in texts]
            for side, texts in one.texts.items()
        },
    }  # fmt: skip


def summary(view: View, written: list[Path]) -> dict[str, Any]:
    """What a pass found and wrote: outlets read and not read, gaps, and the files."""
    return {
        "now": view.snapshot.now.isoformat(),
        "version": view.snapshot.version,
        "outlets": [
            {"outlet": s.outlet.id, "read": s.read, "outcomes": list(s.outcomes), "observed_days": s.observed, "days": s.days}
            for s in view.sources
        ],
        "gaps": [gap(view, one) for one in view.gaps],
        "changes": changes(view.changes) if view.changes else None,
        "audit": [one.plain() for one in view.beside.rates],
        "unobserved": sum(one.value is Value.UNOBSERVED for one in view.lines),
        "files": [str(path) for path in written],
    }  # fmt: skip
