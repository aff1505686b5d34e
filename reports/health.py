"""How the sources do, from the ledger: who fails, who is quiet, who lost items. What is unknown stays unknown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from statistics import median

from crawlers.items import Attempt
from crawlers.outcome import READ, Outcome
from crawlers.outlet_days import Day, DayState
from crawlers.registry import Outlet, Source
from crawlers.retired import Decision

DAYS = 28
"""Full days up to yesterday over which observed and lost ones are counted."""
ENOUGH_READS = 5
"""Fetches with entries from which on it is known what is usual for a source."""


class Word(StrEnum):
    READ = "read"
    FAILS = "fails"
    NEVER_READ = "never read"
    NOT_TRIED = "not tried"
    RETIRED = "retired"


@dataclass(frozen=True)
class SourceHealth:
    """One source. None stands for what is not known."""

    source: str
    outlet: Outlet
    state: Word
    outcome: str | None
    message: str
    last_read: datetime | None
    failing_since: datetime | None
    entries: int | None
    expected: float | None
    """Entries per fetch that the file expects, else half of what is usual; None: neither is known."""
    newest: datetime | None
    too_old: bool | None
    """Whether the newest entry is older than the file expects."""
    observed: int
    lost: int
    missing: int
    """Days that were not observed: no zero, but missing values."""
    observed_from: str | None = None
    """Country from which it was last read; None: not stated."""
    retired: Decision | None = None
    """Why it is no longer asked, where an editor has decided so."""

    @property
    def quiet(self) -> bool | None:
        """Whether it is quieter than expected; None: nothing is expected of it, or it was not read."""
        if self.state is not Word.READ:
            return None
        few = None if self.expected is None or self.entries is None else self.entries < self.expected
        return True if few or self.too_old else False if False in (few, self.too_old) else None

    @property
    def ails(self) -> bool:
        if self.state is Word.RETIRED:
            return False
        return self.state in (Word.FAILS, Word.NEVER_READ) or bool(self.quiet) or self.lost > 0


def health(
    outlets: Mapping[str, Outlet], attempts: Sequence[Attempt], days: Mapping[str, Mapping[date, Day]],
    newest: Mapping[str, datetime], now: datetime, retired: Mapping[str, Decision],
) -> list[SourceHealth]:  # fmt: skip
    """All sources in the order of the outlets. `newest`: publication of the newest article of each source.

    `retired`: decisions by source.
    """
    tried: dict[str, list[Attempt]] = {}
    for attempt in attempts:
        if attempt.outcome != Outcome.NOT_TRIED:
            tried.setdefault(attempt.source, []).append(attempt)
    found = [
        _one(outlet, source, tried.get(outlet.source_id(source), []), days.get(outlet.id, {}), newest, now)
        for outlet in outlets.values()
        for source in outlet.sources
    ]
    return [
        replace(one, state=Word.RETIRED, retired=retired[one.source]) if one.source in retired else one
        for one in found
    ]


def _one(
    outlet: Outlet, source: Source, tries: list[Attempt], days: Mapping[date, Day],
    newest: Mapping[str, datetime], now: datetime,
) -> SourceHealth:  # fmt: skip
    name = outlet.source_id(source)
    good = [a for a in tries if a.outcome in READ or (a.outcome == Outcome.EMPTY and source.empty_is_usual)]
    last = tries[-1] if tries else None
    failing = [a for a in tries if not good or (a.fetched > good[-1].fetched)]
    state = (
        Word.NOT_TRIED if last is None else Word.READ if last in good[-1:] else Word.FAILS if good else Word.NEVER_READ
    )  # fmt: skip
    seen = [a.entries_seen for a in good if a.outcome != Outcome.UNCHANGED or a.entries_seen]
    stated = source.expected
    usual = median(seen[:-1]) / 2 if len(seen) > ENOUGH_READS else None
    age = now - newest[name] if name in newest else None
    limit = timedelta(hours=stated.newest_hours) if stated and stated.newest_hours else None
    span = [now.date() - timedelta(days=n) for n in range(1, DAYS + 1)]
    states = [days[day].state for day in span if day in days]
    observed, lost = states.count(DayState.OBSERVED), states.count(DayState.LOST)
    return SourceHealth(
        name, outlet, state, last.outcome if last else None, last.message if last else "",
        good[-1].fetched if good else None, failing[0].fetched if failing else None,
        seen[-1] if seen else None, stated.entries if stated and stated.entries else usual,
        newest.get(name), age > limit if age is not None and limit is not None else None,
        observed, lost, DAYS - observed - lost, good[-1].country if good else None,
    )  # fmt: skip
