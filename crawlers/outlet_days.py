"""Which publishing days of an outlet were read, judged afterwards from the ledger.

A fetch on a day is no reading of that day. A day counts as observed when some later fetch showed a document
that reaches back past the day's beginning, or that overlaps the fetch before it, which did.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from crawlers.items import Attempt
from crawlers.outcome import READ, Outcome

GOOD_TEXTS = 0.9
"""Share of a day's items that must have been read whole for the day to count."""


class DayState(StrEnum):
    OBSERVED = "observed"
    PARTIAL = "partial"
    """Items were listed, but fewer than GOOD_TEXTS of them could be read."""
    LOST = "lost"
    """A later document no longer reached back to it: items may have come and gone unseen."""
    UNOBSERVED = "unobserved"


class Day(NamedTuple):
    state: DayState
    reason: str
    """Outcome of the attempt that explains it; "" for an observed day."""


_OBSERVED = Day(DayState.OBSERVED, "")


class Texts(NamedTuple):
    """Items of one publishing day: how many are known, and how many were read whole."""

    listed: int
    read: int


Span = tuple[datetime, datetime]


def spans_read(attempts: Iterable[Attempt], empty_is_usual: bool = False) -> list[Span]:
    """Stretches of time that the successful fetches of one source have shown without a hole, in order."""
    spans: list[Span] = []
    for attempt in attempts:
        if not _succeeded(attempt, empty_is_usual):
            continue
        follows = bool(spans) and _joins(attempt)
        reach = attempt.reaches_back or attempt.fetched
        if spans and (follows or reach <= spans[-1][1]):
            spans[-1] = (min(spans[-1][0], reach), attempt.fetched)
        else:
            spans.append((reach, attempt.fetched))
    return spans


def judge(
    first: date, last: date, zone: ZoneInfo, sources: Mapping[str, list[Attempt]],
    texts: Mapping[date, Texts], declared: Iterable[tuple[date, date]] = (),
    empty_is_usual: frozenset[str] = frozenset(), weekdays: Collection[int] = (),
) -> dict[date, Day]:  # fmt: skip
    """The state of each day from `first` to `last` (both included) of one outlet.

    `sources`: attempts of its primary sources, oldest first. `texts`: what is known of each day's items.
    `declared`: spans that an imported archive holds complete. `weekdays`: on which it publishes, Monday being 0;
    none: on any. The days up to the next of them stand with it: a weekly of which one issue was missed was not
    read on one day of seven but not at all that week.
    """
    spans = [span for key, tries in sources.items() for span in spans_read(tries, key in empty_is_usual)]
    tries = sorted((a for one in sources.values() for a in one), key=lambda a: a.fetched)
    return judge_spans(first, last, zone, spans, tries[-1] if tries else None, texts, declared, weekdays)


def judge_spans(
    first: date, last: date, zone: ZoneInfo, spans: Sequence[Span], newest: Attempt | None,
    texts: Mapping[date, Texts], declared: Iterable[tuple[date, date]] = (), weekdays: Collection[int] = (),
) -> dict[date, Day]:  # fmt: skip
    """The same from the spans that the fetches have shown; `newest`: the last attempt of them all."""
    known = list(declared)
    dates, midnights = _calendar(first, last, zone)
    read: set[int] = set()
    for a, b in spans:
        read.update(range(bisect_left(midnights, a), bisect_right(midnights, b) - 1))
    # of all spans, what the day that none of them holds is judged by
    latest = max((start for start, _ in spans), default=None)
    earliest = min((finish for _, finish in spans), default=None)
    days = dict.fromkeys(dates, _OBSERVED)  # as most are
    for place, day in enumerate(dates):
        if place not in read and not any(a <= day <= b for a, b in known):
            days[day] = _missed(midnights[place], midnights[place + 1], newest, latest, earliest)
        elif day in texts:
            days[day] = _well_read(texts[day])
    issue: Day | None = None
    for day in dates if weekdays else ():
        if day.weekday() in weekdays:
            issue = days[day]
        elif issue and days[day].state is not DayState.PARTIAL:  # something did come out on that day
            days[day] = issue
    return days


@lru_cache(maxsize=256)  # hundreds of outlets share a few zones
def _calendar(first: date, last: date, zone: ZoneInfo) -> tuple[list[date], list[datetime]]:
    """The days from `first` to `last`, and in UTC when each begins and the last one ends."""
    dates = [first + timedelta(days=n) for n in range((last - first).days + 2)]
    midnights = [datetime.combine(day, datetime.min.time(), zone).astimezone(UTC) for day in dates]
    return dates[:-1], midnights


def _well_read(texts: Texts) -> Day:
    if texts.read >= GOOD_TEXTS * texts.listed:
        return _OBSERVED
    return Day(DayState.PARTIAL, f"{texts.read} of {texts.listed} texts read")


def _missed(
    begin: datetime, end: datetime, newest: Attempt | None, latest: datetime | None, earliest: datetime | None
) -> Day:
    """`latest`: when the last span begins; `earliest`: when the first one to end does."""
    if latest is not None and earliest is not None and latest > begin:
        # a later document was read, and it did not reach back past the day's beginning
        return Day(DayState.LOST, "lost") if earliest < end else Day(DayState.UNOBSERVED, "before_first_fetch")
    # what was tried last explains it, but for a good fetch that came too early to say anything of the day
    told = newest is not None and (newest.fetched >= end or newest.outcome not in READ)
    return Day(DayState.UNOBSERVED, newest.outcome if newest and told else Outcome.NOT_TRIED)


def _joins(attempt: Attempt) -> bool:
    """Whether a document continues the one before it: an entry in common, the same bytes, or a 304.

    That all its entries are known is not enough: another source or an import may have stored them.
    """
    if attempt.outcome == Outcome.UNCHANGED:
        return bool(attempt.overlap) or (attempt.overlap is None and not attempt.entries_seen)
    return attempt.outcome == Outcome.EMPTY or bool(attempt.overlap)


def _succeeded(attempt: Attempt, empty_is_usual: bool) -> bool:
    return attempt.outcome in READ or (attempt.outcome == Outcome.EMPTY and empty_is_usual)
