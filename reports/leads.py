"""Reasons to write now: anniversaries, terms that end, events that only one side has reported."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from reports.coverage import LineSide
from reports.liveness import State

AHEAD = timedelta(days=90)


@dataclass(frozen=True)
class Lead:
    """One reason, for one side of one line."""

    kind: Literal["partner", "term", "anniversary"]
    side: LineSide
    day: date | None
    years: int = 0


def leads(lines: list[LineSide], today: date) -> list[Lead]:
    """Leads of live lines, the most pressing first: what the partner reported, terms, anniversaries."""
    found = []
    for one in lines:
        if one.life.state is not State.LIVE:
            continue
        if one.event is not None:
            found.append(Lead("partner", one, one.event.day))
        ends = one.entry.ends
        if ends is not None and today <= ends.last <= today + AHEAD:
            found.append(Lead("term", one, ends.last))
        signed = one.entry.signed
        if signed is not None:
            years = today.year - signed.first.year
            exact = signed.precision == "day"
            near = signed.precision == "year" or signed.first.month == today.month
            if years > 0 and years % 5 == 0 and near:
                found.append(Lead("anniversary", one, signed.first if exact else None, years))
    return sorted(found, key=_pressing)


def _pressing(lead: Lead) -> tuple[int, int, str]:
    """What the partner reported last comes first; then the term that ends next; then anniversaries."""
    day = (lead.day or date.max).toordinal()
    order = {"partner": 0, "term": 1, "anniversary": 2}[lead.kind]
    return order, -day if lead.kind == "partner" else day, lead.side.line
