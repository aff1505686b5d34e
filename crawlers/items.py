"""The plain records that pass between crawling, matching and reporting."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from crawlers.dates import UNKNOWN, Published


class Reading(StrEnum):
    """How much of an article was read; only FULL and PAGE are good enough to prove absence."""

    FULL = "full"
    PAGE = "page"
    SUMMARY = "summary"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed, sitemap or back-file, before it is an article."""

    url: str | None
    title: str
    text: str = ""
    published: Published = UNKNOWN
    guid: str | None = None
    language: str | None = None
    reading: Reading = Reading.TITLE


@dataclass(frozen=True, slots=True)
class Article:
    """One published piece, as the archive holds it."""

    id: int
    url: str | None
    outlet: str | None
    source: str
    title: str
    text: str
    published: datetime | None
    day: date | None
    language: str | None
    reading: Reading
    text_hash: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One fetch of one source, as the ledger holds it."""

    source: str
    outlet: str
    fetched: datetime
    outcome: str
    http_status: int | None = None
    bytes: int = 0
    entries_seen: int = 0
    entries_new: int = 0
    overlap: int | None = None
    reaches_back: datetime | None = None
    duration_ms: int = 0
    message: str = ""
    retry_after: datetime | None = None
    """The moment before which the site asked not to be asked again."""
    country: str | None = None
    """From which it was asked, such as BY; None: not stated, or not asked at all."""
