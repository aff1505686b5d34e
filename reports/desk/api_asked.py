"""What the API is asked: queries and bodies. What is not described here is refused, not overlooked."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from matcher.decisions import LONGEST_REASON, Verdict
from matcher.entries import Kind, Status
from reports.coverage import Gap
from reports.desk import gaplist
from reports.desk.inventory import Over
from reports.lead_work import LONGEST, Work
from reports.leads import LeadKind

_LONGEST_QUERY, _LONGEST_URL, LONGEST_NUMBER = 200, 2000, 10**15
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Number = Annotated[int, Field(strict=True, ge=1, lt=LONGEST_NUMBER)]
Text = Annotated[str, StringConstraints(max_length=_LONGEST_QUERY)]
Id = Annotated[str, StringConstraints(min_length=1, max_length=_LONGEST_QUERY)]


def _day(given: object) -> object:
    """Texts only: pydantic would take seconds since 1970 too."""
    if given is not None and not (isinstance(given, str) and _DAY.fullmatch(given)):
        raise ValueError("a day such as 2026-11-23")
    return given


Values = Literal["covered", "mentioned", "none_found", "to_check", "unobserved", "not_expected", "all"]
Day = Annotated[date, BeforeValidator(_day)]


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class Paged(Asked):
    page: Annotated[int, Field(ge=1, le=99_999)] = 1
    """A page beyond the last is the last."""


class GapQuery(Paged):
    """The filters of the page of gaps; none is everything, but for `value`."""

    q: Text = ""
    """Words of a title, in any spelling."""
    pair: Text = ""
    """Such as BY-MA:RU-KOS."""
    region: Text = ""
    """A side of the pair, or its country."""
    side: Text = ""
    sector: Text = ""
    kind: Kind | None = None
    value: Values = "none_found"
    gap: Gap | None = None
    status: Status | None = None
    """What the book says."""
    share: Literal["90", "80", "70"] | None = None
    """Percent of outlet-days observed, at least."""
    times: Literal["1", "2", "4"] | None = None
    """Silence of at least so many intervals."""
    language: Text = ""
    """Of an outlet of the side."""
    sort: Literal["urgency", "silence", "event", "share", "title", "side"] = "urgency"

    @property
    def wanted(self) -> gaplist.Wanted:
        return gaplist.Wanted.of({name: str(value) for name, value in self if value is not None})


class EntryQuery(Paged):
    q: Text = ""
    """Any name, part of a name or id, in any spelling; empty: all entries."""


class ArticleQuery(Asked):
    q: Annotated[str, StringConstraints(min_length=1, max_length=_LONGEST_QUERY)]
    """Words in any inflection; "in quotes" as they stand; begin*."""
    pair: Text = ""
    outlet: Text = ""
    since: Day | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 20


class RegionQuery(Asked):
    region: Text = ""
    """Such as BY-MA or KZ; empty: all."""


class ReviewQuery(Asked):
    entry: Text = ""


class SourceQuery(Asked):
    side: Text = ""


class Decide(Asked):
    article: Number
    entry: Id
    verdict: Verdict
    reason: Annotated[str, StringConstraints(max_length=LONGEST_REASON)] = ""


class Undo(Asked):
    article: Number
    entry: Id


class Add(Asked):
    url: Annotated[str, StringConstraints(min_length=1, max_length=_LONGEST_URL)]
    entry: Text = ""
    """Say also that it covers this entry."""
    day: Day | None = None
    """Of publication, where the page does not say it."""


class LeadWork(Asked):
    entry: Id
    kind: LeadKind
    side: Id
    work: Work
    until: Day | None = None
    """Last day; of taken and put_off only."""
    note: Annotated[str, StringConstraints(max_length=LONGEST)] = ""
    """Why; of written: where it was published."""


class Reply(Asked):
    entry: Id
    answer: Literal["yes", "no", "unsure"]
    over: Over = "ended"
    """What "no" means."""
    since: Text = ""
    """Day, month or year of the fact; empty: today."""
    source: Annotated[str, StringConstraints(max_length=_LONGEST_URL)] = ""
    """The page or act that shows it; not needed for "unsure"."""


class Settle(Asked):
    answer: Literal["accept", "reject"]
    title: dict[Literal["ru", "be", "en"], Annotated[str, StringConstraints(max_length=300)]] = {}
    """In place of those proposed."""
    signed: Text = ""
    """Day, month or year, in place of the one proposed."""
