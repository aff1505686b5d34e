"""Everything that coverage depends on, as plain values: the one argument of the functions in coverage.py."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from crawlers.items import Attempt
from crawlers.outlet_days import Day
from crawlers.registry import Outlet, Tier
from matcher.catalogue import Catalogue
from reports.suspensions import Suspension


@dataclass(frozen=True)
class Publication:
    """One article found to be about an entry, to mention it, or to do so nearly."""

    article: int
    entry: str
    grade: str
    """about, mention or near."""
    score: float
    url: str | None
    title: str
    day: date
    outlet: str | None
    """None: an imported article of an outlet that has no source file."""
    source: str
    tier: Tier | None
    evidence: str | None
    """What the matcher stored of it, as JSON. None: not read."""
    own: bool | None
    """Own work: no earlier text of the same wording within ten days, official releases included, no credit.
    None: not compared yet, which counts as own for nobody.
    """
    origin: str | None
    """Outlet whose text it repeats, or the agency that it credits; None too where the reader may not see it."""
    story: int
    confirmed: bool
    """An editor said yes."""
    language: str | None = None
    """Of the text, BCP 47; None: not known."""

    @property
    def sort_key(self) -> tuple[date, int]:
        return self.day, self.article

    # most texts are counted and never quoted: what was found in them is taken apart when it is asked for, and not
    # kept twice
    @property
    def _told(self) -> dict[str, Any]:
        if self.evidence is None:
            raise LookupError(f"the evidence of article {self.article} was not read")
        found: dict[str, Any] = json.loads(self.evidence)
        return found

    @property
    def passage(self) -> str:
        """The sentences that tell it."""
        return str(self._told["passage"])

    @property
    def words(self) -> tuple[str, ...]:
        """That it was found by, as they stand in the text."""
        return tuple(dict.fromkeys(word for one in self._told["evidence"] for word in one["words"]))


@dataclass(frozen=True)
class Snapshot:
    """The state of archive, catalogue, decisions and ledger at one moment."""

    now: datetime
    catalogue: Catalogue
    outlets: Mapping[str, Outlet]
    publications: Mapping[str, tuple[Publication, ...]]
    """By entry, oldest first: grades about and mention, without those that an editor refused."""
    near_misses: Mapping[str, tuple[Publication, ...]]
    """By entry, oldest first: undecided ones."""
    days: Mapping[str, Mapping[date, Day]]
    """By outlet."""
    attempts: Mapping[str, Attempt]
    """The last attempt of each source."""
    texts_read: Mapping[str, int]
    """Articles in the archive by outlet, as far back as `days` goes."""
    first_observed: date | None
    made_by: Callable[[], str]
    """Gives `version`."""
    pair_articles: Mapping[str, int] = field(default_factory=dict)
    """Articles on the cooperation of a pair that are about none of its entries."""
    suspensions: tuple[Suspension, ...] = ()
    """Partners of whose pairs nothing is expected."""

    @cached_property
    def version(self) -> str:
        """Of catalogue and matcher that the matches were made by."""
        return self.made_by()

    @cached_property
    def parts(self) -> Mapping[str, list[str]]:
        """Entries that are part of an entry, by its id."""
        found: dict[str, list[str]] = {}
        for entry in self.catalogue.entries.values():
            if entry.part_of:
                found.setdefault(entry.part_of, []).append(entry.id)
        return found

    @cached_property
    def shares(self) -> dict[tuple[str, date, date], Any]:
        """Memory of `observed.of_outlets`: hundreds of lines ask for the same outlets and stretches of days."""
        return {}

    @cached_property
    def records(self) -> dict[str, Any]:
        """Memory of the same: the judged days of an outlet as bits."""
        return {}

    @cached_property
    def heard(self) -> dict[tuple[str, str, str | None], bool]:
        """Memory of `coverage.speaks_for`: whether an outlet is press of a side, asked for each of its texts."""
        return {}

    @cached_property
    def weeks(self) -> dict[tuple[tuple[str, ...], date, int], list[float]]:
        """Memory of `weekly.weekly`: the observed share of a panel in each of some weeks."""
        return {}

    @property
    def today(self) -> date:
        return self.now.date()
