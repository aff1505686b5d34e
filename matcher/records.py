"""What goes into the matcher and what comes out: plain records that can cross a process."""

from dataclasses import dataclass, field
from datetime import date
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any

from crawlers.codes import Pair
from crawlers.errors import DataError


class Grade(StrEnum):
    ABOUT = "about"
    """It or its event is the subject of headline or lead, of three sentences, or of a quarter of the text."""
    MENTION = "mention"
    """The entry is named beyond doubt, but no more is told of it."""
    NEAR = "near"
    """Just under the threshold: kept, so that a gap can be refuted."""


@dataclass(frozen=True, slots=True)
class Text:
    """An article as the matcher takes it. All but title or text may be missing."""

    id: str
    title: str
    text: str
    language: str | None = None
    published: date | None = None
    outlet_country: str | None = None
    outlet_region: str | None = None


_SHORTEST_DAY = 8
_TEXT_FIELDS = ("title", "text", "language", "published", "date", "outlet_country", "outlet_region")


def text_of(data: object, where: str, number: str) -> Text:
    """The article of a JSON record; `number` is its id where it has none. `date` may stand for `published`.

    Raises DataError for anything but an object with a title or a text, and for a date that is none.
    """
    if not isinstance(data, dict):
        raise DataError(where, "", type(data).__name__, "an object with a title or a text")
    for field_name in _TEXT_FIELDS:
        if not isinstance(data.get(field_name), str | None):
            raise DataError(where, field_name, data[field_name], "text or null")
    if not (data.get("title") or data.get("text")):
        raise DataError(where, "title", "nothing", "an object with a title or a text")
    raw = data.get("published") or data.get("date") or ""
    try:
        # a year or a month is too little for a day: such an article is undated
        day = _day(raw) if len(raw) >= _SHORTEST_DAY else None
    except (ValueError, TypeError):
        raise DataError(where, "published", raw, "a day such as 2026-11-23, or null") from None
    return Text(
        str(data.get("id") or number), data.get("title") or "", data.get("text") or "", data.get("language"), day,
        data.get("outlet_country"), data.get("outlet_region"),
    )  # fmt: skip


def _day(raw: str) -> date:
    try:
        return date.fromisoformat(raw[:10])
    except ValueError:
        return parsedate_to_datetime(raw).date()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for or against a match."""

    feature: str
    value: float
    """From 0 to 1, before its weight."""
    words: tuple[str, ...]
    """As they stand in the text."""
    sentence: int | None = None
    """0 is the headline."""


@dataclass(frozen=True, slots=True)
class Match:
    """An article and an entry, with how surely they belong together, and why."""

    entry: str
    grade: Grade
    score: float
    evidence: tuple[Evidence, ...]
    passage: str
    """The sentences that tell it, as they stand in the text."""

    def plain(self) -> dict[str, Any]:
        return {
            "entry": self.entry,
            "grade": self.grade.value,
            "score": self.score,
            "passage": self.passage,
            "evidence": [
                {"feature": e.feature, "value": e.value, "words": list(e.words), "sentence": e.sentence}
                for e in self.evidence
            ],
        }


@dataclass(frozen=True, slots=True)
class Result:
    """All that the matcher has to say of one article."""

    pairs: tuple[Pair, ...] = ()
    matches: tuple[Match, ...] = ()
    near_misses: tuple[Match, ...] = field(default=())

    def plain(self) -> dict[str, Any]:
        return {
            "pairs": [list(pair) for pair in self.pairs],
            "matches": [one.plain() for one in self.matches],
            "near_misses": [one.plain() for one in self.near_misses],
        }
