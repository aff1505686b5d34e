"""What an entry of the catalogue is: one agreement or project, its parties and what the book says of it."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, model_validator

from crawlers import codes
from crawlers.codes import Pair
from crawlers.datafile import Strict
from crawlers.errors import DataError
from crawlers.registry import Url
from matcher.partialdate import Partial
from matcher.texts import Texts, check_language


class Kind(StrEnum):
    """The closed list that catalogue and cadence share."""

    TREATY = "treaty"
    AGREEMENT = "agreement"
    PLAN = "plan"
    PROGRAMME = "programme"
    TWINNING = "twinning"
    JOINT_VENTURE = "joint_venture"
    ASSEMBLY = "assembly"
    DEALERSHIP = "dealership"
    CONTRACT = "contract"
    FORUM = "forum"
    COMMISSION = "commission"
    INSTITUTION = "institution"
    MEDIA = "media"
    ROUTE = "route"
    PROJECT = "project"


DOCUMENTS = frozenset({Kind.TREATY, Kind.AGREEMENT, Kind.PLAN, Kind.PROGRAMME, Kind.TWINNING, Kind.MEDIA})
"""Kinds that form a line with the document they belong to; a plant or contract is a line of its own."""

SIZED = frozenset({Kind.JOINT_VENTURE, Kind.ASSEMBLY, Kind.DEALERSHIP, Kind.PROJECT})
"""Kinds whose cadence depends on their size."""


class Status(StrEnum):
    """What the book says, as of `status_as_of`. Of today it says nothing."""

    PLANNED = "planned"
    UNDER_CONSIDERATION = "under_consideration"
    SIGNED = "signed"
    IN_FORCE = "in_force"
    RUNNING = "running"
    HELD = "held"
    COMPLETED = "completed"


class Event(StrEnum):
    """Dated facts after the book, from which the state of today is computed."""

    CONFIRMED = "confirmed"
    RENEWED = "renewed"
    EXPIRED = "expired"
    COMPLETED = "completed"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    TERMINATED = "terminated"
    NEVER_REALISED = "never_realised"
    PARTY_GONE = "party_gone"


def _pair(value: object) -> object:
    return codes.pair(value, "", "pairs") if isinstance(value, str) else value


def _titled(title: dict[str, str]) -> dict[str, str]:
    missing = [language for language in ("ru", "be", "en") if not title.get(language, "").strip()]
    if missing:
        raise DataError("", f"title.{missing[0]}", "nothing", "a title in ru, be and en")
    for language in title:
        check_language(language)
    return title


PairField = Annotated[Pair, BeforeValidator(_pair), PlainSerializer(str)]


class Party(Strict):
    """A side of a document: a place, or an organisation, each by its id."""

    place: str | None = None
    organisation: str | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.place is None) == (self.organisation is None):
            raise DataError("", "parties", self.place, "either a place or an organisation")
        return self


class Fact(Strict):
    """One dated fact of an entry's history after the book."""

    date: Partial
    event: Event
    by: tuple[str, ...] = ()
    source: Url
    seen: Partial
    """When somebody looked at the source."""


class Book(Strict):
    """Where *Vector of post-Soviet integration* names the entry; of a later one, the addresses that report it."""

    chapters: tuple[int, ...] = ()
    """The first is the one that tells most of it."""
    footnotes: tuple[int, ...] = ()
    urls: tuple[Url, ...] = ()

    @model_validator(mode="after")
    def _documented(self) -> Self:
        if not (self.chapters or self.urls):
            raise DataError(
                "", "book.chapters", "nothing", "a chapter, or urls for what is no item of the book"
            )
        return self


class Entry(Strict):
    """One agreement or project."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)+$")
    kind: Kind
    title: Annotated[dict[str, str], AfterValidator(_titled)]
    names: Texts = {}
    """Further names and short forms as news uses them, by language."""
    parties: tuple[Party, ...] = Field(min_length=2)
    pairs: tuple[PairField, ...] = Field(min_length=1)
    """Home pairs at the most precise level that the text supports; country pairs are sums of these."""
    signed: Partial | None = None
    starts: Partial | None = None
    ends: Partial | None = None
    status: Status
    status_as_of: Partial
    history: tuple[Fact, ...] = ()
    succeeds: tuple[str, ...] = ()
    part_of: str | None = None
    size: Literal["A", "B", "C"] | None = None
    size_reason: str | None = None
    media_clause: bool = False
    """Whether the parties promised each other that their media would report."""
    sector: tuple[str, ...] = Field(min_length=1)
    anchors: Texts = {}
    """Distinctive names, at least one of which an article about it must contain."""
    topics: Texts = {}
    """Beginnings of ordinary words that an article about it tends to contain."""
    period_months: int | None = None
    """How often a forum or commission meets, where that is known."""
    book: Book

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for begin in (self.signed, self.starts):
            if begin and self.ends and self.ends.last < begin.first:
                raise DataError("", "ends", str(self.ends), f"a date not before {begin}")
        if (self.kind in SIZED) != (self.size is not None):
            raise DataError("", "size", self.size, "A, B or C for ventures, plants, dealers and projects only")
        if self.size and not (self.size_reason or "").strip():
            raise DataError("", "size_reason", "nothing", "why it has this size")
        return self


class EntryFile(Strict):
    """One file of the catalogue: the entries of one partner region, in the order of the book."""

    names_checked: str | None
    """Day on which the Belarusian and partner-language names were checked by a speaker, or null."""
    entries: tuple[Entry, ...] = Field(min_length=1)
