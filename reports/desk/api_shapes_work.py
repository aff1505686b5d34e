"""Rows of what waits for editors and of what they said."""

from datetime import date, datetime
from typing import Literal

from matcher.decisions import Verdict
from matcher.entries import Kind
from reports.desk.api_shapes import Article, Evidence, Shape
from reports.lead_work import Work
from reports.leads import LeadKind


class Told(Shape):
    """Who works on a lead."""

    work: Work
    author: str
    said: datetime
    until: date | None
    note: str


class Lead(Shape):
    """A reason to write now, for one side."""

    kind: LeadKind
    line: str
    entry: str
    """By which, with kind and side, a lead is named."""
    title: str
    pair: str
    side: str
    day: date | None
    years: int | None
    why: str
    move: str
    ask: str
    text: Article | None
    work: Told | None


class Said(Shape):
    entry: str
    verdict: Verdict
    author: str
    decided: datetime
    reason: str


class Decision(Said):
    article: int


class Dated(Said):
    """A decision on the article that is shown."""

    reopened: bool
    """The text has changed since: it holds no more."""


class Question(Shape):
    """A text of which nobody has decided whether it covers an entry."""

    text: Evidence
    title: str
    """Of the entry."""
    line: str | None
    pair: str | None
    side: str | None
    urgency: Literal[0, 1, 2]
    """0: it hides a gap; 1: a state rests on it alone; 2: any other."""
    unsure: Decision | None
    """Somebody looked and could not tell."""


class Unverified(Shape):
    """An entry without a sign of life since the book."""

    entry: str
    title: str
    pairs: list[str]
    newest: Article | None
    unsure: str | None
    """Who looked and could not tell."""


class Answer(Shape):
    """What an editor said of such an entry; "": cannot tell."""

    entry: str
    answer: str
    since: str
    source: str
    author: str
    said: datetime


class Sourced(Shape):
    id: int
    day: date | None
    outlet: str | None
    url: str | None
    title: str


class Proposal(Shape):
    number: int
    pair: str
    kind: Kind
    entry: dict[str, object]
    """As the catalogue would hold it."""
    articles: list[Sourced]
