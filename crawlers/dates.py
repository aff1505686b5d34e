"""When an article was published, how that is known, and never in the future."""

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

# The empty date of several programs, "-0001-11-30": readers of dates make a year of our time of it.
_BEFORE_OUR_ERA = re.compile(r"^-|\s-\d+\s+\d")


class Quality(StrEnum):
    FEED = "feed"
    LISTING = "listing"
    PAGE = "page"
    DAY = "day"
    """Only the day is known; the time is noon in the outlet's zone."""
    IMPORTED = "imported"
    FIRST_SEEN = "first_seen"
    UNKNOWN = "unknown"


class Published(NamedTuple):
    moment: datetime | None
    """UTC."""
    raw: str | None
    quality: Quality


UNKNOWN = Published(None, None, Quality.UNKNOWN)


def parse(raw: str | None, zone: ZoneInfo, quality: Quality, now: datetime) -> Published:
    """Reads ISO 8601 and RFC 2822 dates; one without an offset is in `zone`.

    What cannot be read, or lies more than a day after `now`, has no moment but keeps its text.
    """
    text = (raw or "").strip()
    if not text:
        return UNKNOWN
    if len(text) == 10:
        quality = Quality.DAY
    moment = None if _BEFORE_OUR_ERA.search(text) else _iso(text) or _rfc2822(text)
    if moment is None:
        return Published(None, text, Quality.UNKNOWN)
    if quality is Quality.DAY:
        moment = moment.replace(hour=12)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    try:
        moment = moment.astimezone(UTC).replace(microsecond=0)
    except OverflowError:  # the first or last hours of all time: the empty date of .NET
        return Published(None, text, Quality.UNKNOWN)
    if moment > now + timedelta(days=1) or moment.year < 1990:
        return Published(None, text, Quality.UNKNOWN)
    return Published(min(moment, now), text, quality)


def day_of(moment: datetime | None, zone: ZoneInfo) -> date | None:
    return moment.astimezone(zone).date() if moment else None


def stamp(moment: datetime | None) -> str | None:
    """The form in which moments are stored: UTC to the second, sortable as text."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def moment(stored: str) -> datetime:
    return datetime.fromisoformat(stored)


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _rfc2822(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
        # RFC 2822: -0000 is UTC, said by one who does not know where it is; Python leaves the zone out
        return moment.replace(tzinfo=UTC) if text.endswith("-0000") else moment
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
