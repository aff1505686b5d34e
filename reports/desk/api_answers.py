"""The whole answers of the API, made of the shapes of their rows."""

from datetime import date, datetime
from typing import Literal

from reports.desk import api_shapes as rows
from reports.desk import api_shapes_work as work
from reports.desk.api_shapes import Shape


class Gaps(Shape):
    """A page of the list, with how many rows there would be with each other value of a filter."""

    as_of: datetime
    version: str
    """Of catalogue and matcher."""
    withheld: bool
    """Some outlets may not be named here."""
    total: int
    page: int
    pages: int
    counts: dict[str, dict[str, int]]
    rows: list[rows.Side]


class Pairs(Shape):
    pairs: list[rows.Figures]
    """Those of which a side is expected to report something."""


class Pair(Shape):
    """A pair with its lines on both sides; without figures where nothing is expected."""

    pair: str
    name: str
    figures: rows.Figures | None
    trend: dict[str, rows.Series]
    """By side, where the same lines and outlets can be compared."""
    rows: list[rows.Side]


class Entries(Shape):
    total: int
    page: int
    pages: int
    entries: list[rows.Found]


class Entry(Shape):
    """An entry, and how its line is covered on both sides."""

    entry: rows.Document
    line: str
    members: list[str]
    """Documents of the line."""
    life: rows.Life
    sides: list[rows.Side]
    official: list[rows.Article]
    """Texts of official sites and imported archives: no coverage."""
    why: list[str]
    """Reasons to write now."""
    brief: str
    """Markdown, at most a page."""


class Hits(Shape):
    articles: list[rows.Hit]


class Whole(rows.Piece):
    """An article with its text: of at most 60,000 characters, without a token of 300."""

    reading: str
    story: rows.Story | None
    matches: list[rows.Match]
    decisions: list[work.Dated]
    evidence: list[rows.Evidence]
    """What its matches rest on."""
    text: str
    cut: bool


class Leads(Shape):
    leads: list[work.Lead]


class Review(Shape):
    left: int
    questions: list[work.Question]
    """The most uncertain first, at most 20."""


class Decisions(Shape):
    decisions: list[work.Decision]


class Inventory(Shape):
    left: int
    writable: bool
    """Whether the catalogue can be changed here."""
    questions: list[work.Unverified]
    """At most 20."""
    answers: list[work.Answer]
    """The latest first, at most 40."""


class Proposals(Shape):
    left: int
    writable: bool
    proposals: list[work.Proposal]
    """At most 50."""


class Sources(Shape):
    outlets: list[rows.Outlet]
    unobservable: list[str]
    """Outlets that are known and not fetched."""


class Matrix(Shape):
    cells: list[rows.Cell]
    """Of pairs with a line that works today."""


class Schedule(Shape):
    kept: bool
    heartbeat: datetime | None


class Run(Shape):
    job: str
    due: datetime
    started: datetime | None
    ended: datetime | None
    outcome: str


class Job(Shape):
    job: str
    last: Run | None
    next: datetime | None


class Failing(Shape):
    source: str
    outcome: str
    message: str
    since: datetime | None
    tries: int
    last_read: datetime | None
    next: datetime


class Installation(Shape):
    """How the installation does, and for whom this token is."""

    now: datetime
    editor: str | None
    role: Literal["reader", "editor"] | None
    schedule: Schedule
    jobs: list[Job]
    missed: list[Run]
    sources: int
    failing: list[Failing]
    waiting: int
    """Articles that are not matched yet: they are missing from every figure."""
    letters: Run | None
    unclear_replies: int
    """Answers to letters of the last days that were not understood or refused."""


class Added(Shape):
    """A text that was added by its address."""

    article: int
    new: bool
    """False: the archive had it."""
    outlet: str
    title: str
    url: str
    day: date | None
    """None: it counts in no period, until it is added again with a day."""
    decided: str | None
    matches: list[rows.Match]


class Settled(Shape):
    number: int
    answer: Literal["accept", "reject"]
    entry: str | None
    """Id of the new entry."""
