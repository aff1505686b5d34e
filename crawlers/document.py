"""What one fetch of a listing showed, and how far back it reaches."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from crawlers.items import Item


class NotAFeed(Exception):
    """The document is something else: a page, a challenge of a shield, a broken file."""


class Document(NamedTuple):
    """What one fetch of a listing showed."""

    items: list[Item]
    reaches_back: datetime | None
    """UTC time since which everything published is listed; None where it cannot be told."""
    whole: bool = True
    """False where the transfer or the site cut it off: what it left out is not known."""
    note: str = ""
    """For the ledger: what was left out, and why."""


def oldest_in_order(moments: Sequence[datetime | None]) -> datetime | None:
    """How far back a listing reaches; None where any entry is undated.

    A pinned old entry stands above newer ones and says nothing about the time between. So an entry counts
    only where no entry below it is newer by a day or more (above it, in a listing that runs upwards).
    """
    known = [moment for moment in moments if moment]
    if not known or len(known) < len(moments):
        return None
    # which way the listing runs is a question of most neighbours, not of its two ends
    if sum(a < b for a, b in pairwise(known)) > sum(a > b for a, b in pairwise(known)):
        known.reverse()
    oldest = newest_below = known[-1]
    for moment in reversed(known):
        if moment >= newest_below - timedelta(days=1):
            oldest, newest_below = min(oldest, moment), max(newest_below, moment)
    return oldest
