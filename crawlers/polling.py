"""When a source is to be asked again: adapted to how often it publishes, and never given up."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from crawlers.items import Attempt
from crawlers.outcome import READ, Outcome

SHORTER, LONGER = 0.5, 1.5
_MOST_DOUBLINGS = 16  # far beyond any ceiling; a source that failed for years must not overflow a timedelta


class Pace(NamedTuple):
    """How often the sources of a group are asked."""

    interval: timedelta
    """Where a source begins."""
    floor: timedelta
    ceiling: timedelta


def next_due(history: Sequence[Attempt], now: datetime, pace: Pace, unread_pages: bool = False) -> datetime:
    """When the source is due that was asked as `history` says, oldest attempt first.

    A source that was never asked is due at once. Otherwise it is due no sooner than the floor after the last
    attempt, and no later than the ceiling after it, whatever happened:

    * a document that has no entry in common with the one before it may have lost some: half the interval;
    * an unchanged document: half as long again;
    * something new in a source that had grown slow: back to the group's interval;
    * a failure: double the interval, and again for each further one. No number of failures ends it;
    * a site that asked to be left alone until a moment (Retry-After) is, as far as the ceiling allows.

    `unread_pages`: its listing announced pages that were not read yet, so its interval grows no longer than
    the group's.
    """
    tried = [attempt for attempt in history if attempt.outcome != Outcome.NOT_TRIED]
    if not tried:
        return now
    step, failures = _step(tried, pace)
    if unread_pages and not failures:
        step = min(step, pace.interval)
    # a clock that was set back must not put a source off until the old time comes round again
    last = min(tried[-1].fetched, now)
    due = last + min(step * (1 << min(failures, _MOST_DOUBLINGS)), pace.ceiling)
    if tried[-1].retry_after is not None:
        due = max(due, tried[-1].retry_after)
    return min(max(due, last + pace.floor), last + pace.ceiling)


def _step(tried: Sequence[Attempt], pace: Pace) -> tuple[timedelta, int]:
    """The interval that the readable answers taught, and how many failures have followed the last of them."""
    step, failures = pace.interval, 0
    for attempt in tried:
        if attempt.outcome not in READ and attempt.outcome != Outcome.EMPTY:
            failures += 1
            continue
        failures = 0
        if attempt.entries_seen and attempt.overlap == 0:
            step *= SHORTER
        elif attempt.outcome == Outcome.UNCHANGED:
            step *= LONGER
        elif attempt.outcome == Outcome.NEW:
            step = min(step, pace.interval)
        step = min(max(step, pace.floor), pace.ceiling)
    return step, failures
