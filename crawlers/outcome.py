"""The outcome of a fetch is a value: what happened, told apart finely enough to act on it."""

from enum import StrEnum


class Outcome(StrEnum):
    NEW = "new"
    UNCHANGED = "unchanged"
    EMPTY = "empty"
    BLOCKED = "blocked"
    GONE = "gone"
    TIMEOUT = "timeout"
    NOT_A_FEED = "not_a_feed"
    UNDECODABLE = "undecodable"
    FORBIDDEN = "forbidden"
    """By the site's robots.txt. Where that file cannot be read, nothing is asked either, and the outcome is
    that of the file: a TIMEOUT or an ERROR."""
    ERROR = "error"
    NOT_TRIED = "not_tried"


READ = frozenset({Outcome.NEW, Outcome.UNCHANGED})
"""Outcomes of a fetch that showed what the source has. EMPTY is one only where that is usual."""


def of_status(status: int) -> Outcome | None:
    """The outcome that an HTTP status settles by itself; None for a 200, whose body decides."""
    if status == 304:
        return Outcome.UNCHANGED
    if status in (404, 410):
        return Outcome.GONE
    if status in (401, 403, 429, 451):
        return Outcome.BLOCKED
    if status in (408, 504):
        return Outcome.TIMEOUT
    return None if status == 200 else Outcome.ERROR


def of_error(name: str) -> Outcome:
    """The outcome for the name of an exception of Scrapy or Twisted raised while fetching."""
    if name in ("TimeoutError", "TCPTimedOutError", "DownloadTimeoutError", "RobotsTimeout"):
        return Outcome.TIMEOUT
    if name in ("DNSLookupError", "CannotResolveHostError"):
        return Outcome.GONE
    if name == "RobotsForbidden":
        return Outcome.FORBIDDEN
    return Outcome.NOT_TRIED if name == "AskedToWait" else Outcome.ERROR
