"""What goes into the matcher and what comes out: plain records that can cross a process."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from crawlers.codes import Pair


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
