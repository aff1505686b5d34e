"""A line on one side: the five values that it may have, and what is known of it. Judged in coverage.py."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crawlers.codes import Pair
from crawlers.registry import Outlet, Tier
from matcher.entries import Entry
from reports.liveness import Life
from reports.observed import Observed
from reports.snapshot import Publication
from reports.tally import Tally


class Value(StrEnum):
    """The state of a line on a side."""

    COVERED = "covered"
    MENTIONED = "mentioned"
    NONE_FOUND = "none_found"
    """The gap: watched well enough, and nothing found for longer than declared."""
    TO_CHECK = "to_check"
    """Would be a gap, but a near miss that nobody has decided on lies in the window."""
    UNOBSERVED = "unobserved"
    NOT_EXPECTED = "not_expected"


class Gap(StrEnum):
    EVENT = "event"
    """A dated event is known from an official or partner source, and its window has passed."""
    QUIET = "quiet"
    """Longer than the interval without a text, and no event known."""


@dataclass(frozen=True)
class Only:
    """A part of the press: of one tier, one language, or one kind of founder. None: all of them."""

    tier: Tier | None = None
    language: str | None = None
    control: str | None = None

    def has(self, outlet: Outlet, publication: Publication | None = None) -> bool:
        """Whether an outlet, or one text of it, belongs to the part.

        A text whose language nobody knows belongs to an outlet's language only where that has a single one.
        """
        if self.tier not in (None, outlet.tier) or self.control not in (None, outlet.control):
            return False
        if self.language is None:
            return True
        if publication and (publication.language or len(outlet.languages) > 1):
            return publication.language == self.language
        return self.language in outlet.languages


WHOLE = Only()
"""The press of a side as a whole, which the values of a pair are about."""


@dataclass(frozen=True)
class LineSide:
    """One line on one side of one pair at the snapshot's moment, by the whole press or a part of it."""

    line: str
    entry: Entry
    """The document that stands for the line today."""
    pair: Pair
    side: str
    life: Life
    value: Value
    reason: str
    """Why: a word for NOT_EXPECTED and UNOBSERVED, else ""."""
    gap: Gap | None
    interval: int | None
    """Days: the quiet interval, or the event window where the kind has no interval."""
    first: date
    last: date
    """The window that was looked at."""
    publications: tuple[Publication, ...]
    """All of this side's press, by any outlet, oldest first, as far back as the archive goes."""
    in_window: tuple[Publication, ...]
    near_misses: tuple[Publication, ...]
    event: Publication | None
    """The latest event known from an official or partner source that this side has not reported."""
    observed: Observed
    tally: Tally
    """What the texts in the window amount to."""

    @property
    def last_report(self) -> Publication | None:
        reports = [p for p in self.publications if p.grade == "about"]
        return reports[-1] if reports else None

    @property
    def silence(self) -> int | None:
        """Days since the last report; None: none is known."""
        return (self.last - self.last_report.day).days if self.last_report else None

    @property
    def own(self) -> bool:
        """Covered by own work, not only by reprints."""
        return self.value is Value.COVERED and any(p.own and p.grade == "about" for p in self.in_window)

    @property
    def rests_on_one(self) -> bool:
        """Whether the value hangs on one match: no person has confirmed any, and there are not two different
        texts of two publishers.
        """
        confirmed = any(p.confirmed and p.grade == "about" for p in self.in_window)
        certain = confirmed or (self.tally.distinct > 1 and self.tally.families > 1)
        return self.value is Value.COVERED and not certain
