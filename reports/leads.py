"""Reasons to write now: events and texts of the partner, terms, anniversaries, meetings that are due."""

import calendar
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from matcher.entries import Entry, Kind
from matcher.partialdate import PartialDate
from reports.coverage import LineSide, Value
from reports.liveness import State
from reports.snapshot import Publication

AHEAD = timedelta(days=90)
"""How soon a term ends, or a forum or commission is due, to be a lead."""
ANNIVERSARY_AHEAD = timedelta(days=45)
ENDED_LATELY = timedelta(days=180)
"""How long after its end an agreement without a successor is still a lead."""
FRESH = timedelta(days=30)
"""Age at which a partner's text is no longer one to follow up."""
ANNOUNCED = timedelta(days=2)
"""How long before an event a text may announce it: such a text reports it too."""
MEETINGS = (Kind.FORUM, Kind.COMMISSION)
_DAYS_A_MONTH = 30.44

LeadKind = Literal["partner", "term", "meeting", "anniversary", "follow_up", "one_sided", "ended"]
ORDER: tuple[LeadKind, ...] = (
    "partner", "term", "meeting", "anniversary", "follow_up", "one_sided", "ended",
)  # fmt: skip
"""The most pressing first: news, then dates, then what can be written at any time."""


@dataclass(frozen=True)
class Lead:
    """One reason, for one side of one line."""

    kind: LeadKind
    side: LineSide
    day: date | None
    """Of the event, text, end or meeting; of an anniversary, this year's or next, None where only the month
    or the year of signing is known.
    """
    years: int = 0
    """Of an anniversary."""
    text: Publication | None = None
    """The partner's text that it rests on."""


def leads(lines: Iterable[LineSide], today: date, succeeded: Collection[str] = ()) -> list[Lead]:
    """All leads, the most pressing first; a side of a line may have several, of different kinds.

    `partner`: an event known from the partner or an official site, not reported here. `follow_up`: the
    partner's own text of the last FRESH days, with nothing here since. `one_sided`: not found here for longer
    than the interval, while the other side reports it by own work. Nothing is a lead of a line that was
    suspended or terminated; `ended` alone is of lines that live no more. `succeeded`: documents that a later
    one takes the place of, whose end asks for nothing.
    """
    listed = list(lines)
    other = {(one.line, one.pair, one.side): one for one in listed}
    found: list[Lead] = []
    for one in listed:
        across = other.get((one.line, one.pair, one.pair[one.side == one.pair.belarus]))
        if one.life.state is State.LIVE:
            found += _of_partner(one, across, today)
            found += _dated(one, today)
        if one.life.state in (State.LIVE, State.ENDED, State.UNVERIFIED):
            ends = one.entry.ends if one.entry.id not in succeeded else None
            if ends is not None and today - ENDED_LATELY <= ends.last < today:
                found.append(Lead("ended", one, ends.last))
    return sorted(found, key=_pressing)


def due(entry: Entry, today: date, ahead: timedelta = AHEAD) -> date | None:
    """When a forum or commission is expected again, reckoned from the last time; None: not soon, or not known."""
    last = _last_met(entry, today)
    if entry.kind not in MEETINGS or not entry.period_months or last is None:
        return None
    day = last
    while day < today:
        day += timedelta(days=round(entry.period_months * _DAYS_A_MONTH))
    return day if day <= today + ahead else None


def anniversary(signed: PartialDate, today: date) -> tuple[int, date | None] | None:
    """The round anniversary that is near: its years, and its day where the day of signing is known.

    Round are the fives. A day is near ANNIVERSARY_AHEAD before it and a week after, a month from
    ANNIVERSARY_AHEAD before its beginning to its end, a year while it lasts.
    """
    for year in (today.year, today.year + 1):
        years = year - signed.first.year
        if years <= 0 or years % 5:
            continue
        if signed.precision == "year":
            near = year == today.year
            day = None
        elif signed.precision == "month":
            first = signed.first.replace(year=year)
            last = first.replace(day=calendar.monthrange(year, first.month)[1])
            near, day = first - ANNIVERSARY_AHEAD <= today <= last, None
        else:
            leap = (signed.first.month, signed.first.day) == (2, 29) and not calendar.isleap(year)
            day = date(year, 2, 28) if leap else signed.first.replace(year=year)
            near = day - ANNIVERSARY_AHEAD <= today <= day + timedelta(days=7)
        if near:
            return years, day
    return None


def grouped(found: Iterable[Lead]) -> list[tuple[Lead, ...]]:
    """The leads of each side of each line together, the most pressing of each first."""
    sides: dict[tuple[str, str, str], list[Lead]] = {}
    for lead in found:
        sides.setdefault((lead.side.line, str(lead.side.pair), lead.side.side), []).append(lead)
    return [tuple(listed) for listed in sides.values()]


def _of_partner(one: LineSide, across: LineSide | None, today: date) -> list[Lead]:
    if one.event is not None:
        return [Lead("partner", one, one.event.day, text=one.event)]
    own = [p for p in across.publications if p.own and p.grade == "about"] if across else []
    latest = own[-1] if own else None
    if latest is None:
        return []
    since = [p for p in (*one.publications, *one.near_misses) if p.day >= latest.day - ANNOUNCED]
    if today - latest.day <= FRESH and not since:
        return [Lead("follow_up", one, latest.day, text=latest)]
    if one.value is Value.NONE_FOUND and across is not None and across.own:
        return [Lead("one_sided", one, latest.day, text=latest)]
    return []


def _dated(one: LineSide, today: date) -> list[Lead]:
    found = []
    ends, signed = one.entry.ends, one.entry.signed
    if ends is not None and today <= ends.last <= today + AHEAD:
        found.append(Lead("term", one, ends.last))
    if meeting := due(one.entry, today):
        found.append(Lead("meeting", one, meeting))
    if signed is not None and (near := anniversary(signed, today)):
        found.append(Lead("anniversary", one, near[1], near[0]))
    return found


def _last_met(entry: Entry, today: date) -> date | None:
    """When it last met, where that is known well enough to reckon from: a year is not."""
    dates: Sequence[PartialDate | None] = [entry.signed, entry.starts, *(fact.date for fact in entry.history)]
    known = [one.first for one in dates if one and one.precision != "year" and one.first <= today]
    return max(known, default=None)


def _pressing(lead: Lead) -> tuple[int, int, int, str]:
    """By kind. Of anniversaries the roundest first; of the partner's and past days the latest, of others the next."""
    day = (lead.day or date.max).toordinal()
    past = lead.kind in ("partner", "follow_up", "one_sided", "ended")
    round_years = next((n for n, step in enumerate((50, 25, 10)) if lead.years % step == 0), 3)
    return (
        ORDER.index(lead.kind),
        round_years if lead.kind == "anniversary" else 0,
        -day if past else day,
        lead.side.line,
    )
