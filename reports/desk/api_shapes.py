"""What the API answers with, row by row: shapes that its description is made of. The data come from `reports.plain`."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from matcher.entries import Event, Kind, Status
from reports.coverage import Gap, Value
from reports.liveness import State


class Shape(BaseModel):
    """Base of all shapes: nothing that is not described, and descriptions from below the fields."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class Problem(Shape):
    """What could not be done, as RFC 9457 has it."""

    type: Literal["about:blank"]
    title: str
    """The status in words."""
    status: int
    detail: str
    """One line: where, what was found, what is allowed."""


class Article(Shape):
    """A text on an entry."""

    article: int
    url: str | None
    title: str
    day: date
    outlet: str | None
    """None: an imported text of an outlet that is not listed."""
    grade: Literal["about", "mention", "near"]
    own: bool | None
    """Own work; None: not compared with other texts yet."""
    origin: str | None
    """Outlet or agency whose text it repeats."""
    story: int
    """Texts that print the same have the same."""
    confirmed: bool
    """An editor said yes."""


class Evidence(Article):
    """A text with what its match rests on."""

    entry: str
    score: float
    passage: str
    """At most 2,000 characters; without a token 300."""
    words: list[str]


class Tally(Shape):
    """Counts of the texts in the window that are about the line."""

    articles: int
    outlets: int
    families: int
    """Publishers."""
    distinct: int
    own: int
    reprints: int
    origins: list[tuple[str, int]]


class Side(Shape):
    """A line on one side of a pair."""

    line: str
    entry: str
    """The document that stands for the line today."""
    title: str
    pair: str
    side: str
    value: Value
    reason: str
    """Why it is unobserved, to check or not expected: a word."""
    gap: Gap | None
    own: bool
    """Covered by own work."""
    interval_days: int | None
    silence_days: int | None
    """Since the last text; None: none is known."""
    observed_share: float
    """Of outlet-days in the window, 0 to 1."""
    rests_on_one: bool
    first: date
    last: date
    tally: Tally
    event: Article | None
    outlets: list[str]
    articles: list[Article]
    near_misses: list[Article]


class Index(Shape):
    """How many of the lines that are expected to be reported are."""

    covered: int
    covered_own: int
    mentioned: int
    none_found: int
    to_check: int
    unobserved: int
    rests_on_one: int
    expected: int
    bounds: tuple[float, float] | None
    """All that is not known as a gap, and as covered; None below ten lines."""


class Figures(Shape):
    """What is counted for a pair."""

    pair: str
    name: str
    belarus: Index
    partner: Index
    expected: int
    anywhere: int
    both: int
    both_own: int


class Point(Index):
    day: date


class Series(Shape):
    """The index of one side, always of the same lines and outlets."""

    lines: int
    outlets: list[str]
    points: list[Point]


class Cell(Shape):
    pair: str
    belarus: Index
    partner: Index
    gaps: int


class Found(Shape):
    """An entry of the catalogue, as a list shows it."""

    entry: str
    line: str
    title: str
    kind: Kind
    status: Status
    """What the book says; of today it says nothing."""
    state: State
    """What is known of today."""
    pairs: list[str]


class Party(Shape):
    place: str | None
    organisation: str | None


class Fact(Shape):
    date: str
    event: Event
    by: list[str]
    source: str
    seen: str


class Document(Shape):
    """An entry as the catalogue has it; dates are days, months or years."""

    entry: str
    title: dict[str, str]
    kind: Kind
    sector: list[str]
    pairs: list[str]
    parties: list[Party]
    signed: str | None
    starts: str | None
    ends: str | None
    status: Status
    status_as_of: str
    succeeds: list[str]
    part_of: str | None
    history: list[Fact]
    urls: list[str]
    """Named in the book."""


class Life(Shape):
    state: State
    since: date | None
    evidence: Article | None
    source: str | None


class Piece(Shape):
    id: int
    title: str
    url: str | None
    outlet: str | None
    source: str
    day: date | None
    language: str | None


class Hit(Piece):
    """An article that a search found."""

    excerpt: str


class Reprint(Shape):
    id: int
    outlet: str | None
    source: str
    url: str | None
    day: date | None
    kind: str


class Story(Shape):
    kind: str
    origin: str | None
    others: list[Reprint]


class Match(Shape):
    entry: str
    grade: str
    score: float


class Outlet(Shape):
    """How an outlet does."""

    outlet: str
    title: str
    side: str
    tier: str
    read: bool
    outcomes: list[str]
    """Last outcome of each of its sources."""
    messages: list[str]
    days_observed: int
    days: int
    texts: int
    weeks: list[int]
    """Days observed in each of the last 26 full weeks, oldest first."""
