"""Choosing and ordering sides of lines for a list: one way for the command line and the desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from crawlers.codes import Pair, country_of
from reports.coverage import Gap, LineSide, Value
from reports.leads import Lead
from reports.view import View


class Status(StrEnum):
    """Which sides a list is of."""

    GAP = "gap"
    EVENT = "event"
    QUIET = "quiet"
    TO_CHECK = "to_check"
    UNOBSERVED = "unobserved"
    MENTIONED = "mentioned"


class Sort(StrEnum):
    SILENCE = "silence"
    """Event gaps first, then the longest silence."""
    OBSERVED = "observed"
    """The best observed first."""
    TITLE = "title"
    PAIR = "pair"


@dataclass(frozen=True)
class Choice:
    """What a list is restricted to; None: not restricted."""

    pair: Pair | None = None
    region: str | None = None
    """A side of the pair, or a country that one lies in."""
    sector: str | None = None
    status: Status = Status.GAP
    min_observed: float = 0.0
    """Share of outlet-days, 0 to 1."""


def chosen(view: View, choice: Choice, sort: Sort = Sort.SILENCE) -> list[LineSide]:
    """The sides of lines that a choice leaves, in the order asked for."""
    found = [one for one in _with(view, choice.status) if _fits(one, choice)]
    if sort is Sort.OBSERVED:
        found.sort(key=lambda one: -one.observed.share)
    elif sort is Sort.TITLE:
        found.sort(key=lambda one: (view.line_title(one), one.line))
    elif sort is Sort.PAIR:
        found.sort(key=lambda one: (one.pair, one.side, one.line))
    return found


def leads_of(leads: Iterable[Lead], pair: Pair | None, region: str | None) -> list[Lead]:
    """Leads of a pair, or for a region or country: those of the sides that are or lie in it."""
    return [
        lead
        for lead in leads
        if pair in (None, lead.side.pair) and region in (None, lead.side.side, country_of(lead.side.side))
    ]


def _with(view: View, status: Status) -> list[LineSide]:
    if status in (Status.GAP, Status.EVENT, Status.QUIET):
        wanted = {Status.EVENT: Gap.EVENT, Status.QUIET: Gap.QUIET}.get(status)
        return [one for one in view.gaps if wanted in (None, one.gap)]
    found = [one for one in view.lines if one.value is Value(status.value)]
    return sorted(found, key=lambda one: (-(one.silence or 10_000), one.line))


def _fits(one: LineSide, choice: Choice) -> bool:
    places = {place for side in one.pair for place in (side, country_of(side))}
    return (
        choice.pair in (None, one.pair)
        and (choice.region is None or choice.region in places)
        and (choice.sector is None or choice.sector in one.entry.sector)
        and one.observed.share >= choice.min_observed
    )
