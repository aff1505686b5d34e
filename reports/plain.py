"""What is printed for people, as data: the records behind every `--json`."""

from pathlib import Path
from typing import Any

from reports.coverage import LineSide, Value
from reports.view import View


def side(one: LineSide) -> dict[str, Any]:
    """One line on one side of one pair."""
    return {
        "line": one.line, "entry": one.entry.id, "pair": str(one.pair), "side": one.side, "value": one.value.value,
        "reason": one.reason, "gap": one.gap.value if one.gap else None, "own": one.own, "interval_days": one.interval,
        "silence_days": one.silence, "observed_share": round(one.observed.share, 4),
        "outlets": [s.outlet.id for s in one.observed.outlets],
        "articles": [
            {"url": p.url, "title": p.title, "day": str(p.day), "outlet": p.outlet, "grade": p.grade, "own": p.own}
            for p in one.publications
        ],
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
        "gaps": [side(one) for one in view.gaps],
        "unobserved": sum(one.value is Value.UNOBSERVED for one in view.lines),
        "files": [str(path) for path in written],
    }  # fmt: skip
