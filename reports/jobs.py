"""The record of what the schedule ran: when it was due, when it ran, and how it ended. Also what it missed."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlite_utils import Database

from crawlers.dates import moment, stamp
from crawlers.store import query, writing


class Result(StrEnum):
    RUNNING = "running"
    DONE = "done"
    NOTHING_OBSERVED = "nothing_observed"
    """A crawl ran to its end, but no source could be read."""
    BUSY = "busy"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    DIED = "died"
    """The process was gone before it could say how the run ended."""
    MISSED = "missed"
    """Not run at all: the schedule was down for too long."""


SETTLED = (Result.DONE, Result.MISSED)
"""Ends after which an occurrence is not tried again."""

BROKEN_OFF = (Result.INTERRUPTED, Result.DIED)
"""Ends that came from outside, in the midst of the work."""
TRIES = 3
"""Runs after which a job that is broken off each time is waited for no longer."""


@dataclass(frozen=True)
class JobRun:
    job: str
    due: datetime
    started: datetime | None
    ended: datetime | None
    outcome: str
    detail: str


def start(db: Database, job: str, due: datetime, now: datetime) -> int:
    """Notes that a job begins; returns the number of the run."""
    with writing(db) as connection:
        cursor = connection.execute(
            "INSERT INTO job_runs (job, due, started, outcome) VALUES (?, ?, ?, ?)",
            (job, stamp(due), stamp(now), Result.RUNNING),
        )
    return int(cursor.lastrowid or 0)


def finish(db: Database, number: int, outcome: Result, detail: str, now: datetime) -> None:
    with writing(db) as connection:
        connection.execute(
            "UPDATE job_runs SET ended = ?, outcome = ?, detail = ? WHERE id = ?",
            (stamp(now), outcome, detail[:300], number),
        )


def miss(db: Database, job: str, due: datetime, detail: str) -> None:
    with writing(db) as connection:
        connection.execute(
            "INSERT INTO job_runs (job, due, outcome, detail) VALUES (?, ?, ?, ?)",
            (job, stamp(due), Result.MISSED, detail),
        )


def bury(db: Database, now: datetime) -> None:
    """Ends the runs whose end nobody wrote down; only for the holder of the lease, between its own runs."""
    with writing(db) as connection:
        connection.execute(
            "UPDATE job_runs SET ended = ?, outcome = ? WHERE outcome = ?",
            (stamp(now), Result.DIED, Result.RUNNING),
        )


def last(db: Database, job: str, *outcomes: Result) -> JobRun | None:
    """The latest run of a job that was started, or that ended in one of `outcomes`."""
    condition = f"outcome IN ({','.join('?' * len(outcomes))})" if outcomes else "started IS NOT NULL"
    found = _runs(db, f"job = ? AND {condition} ORDER BY id DESC LIMIT 1", (job, *outcomes))
    return found[0] if found else None


def had_its_turn(db: Database, job: str, since: datetime) -> bool:
    """Whether a job has run to its end since then, however that was, or was broken off TRIES times."""
    counts = Counter(
        outcome
        for (outcome,) in db.conn.execute(
            "SELECT outcome FROM job_runs WHERE job = ? AND started >= ? AND outcome <> ?",
            (job, stamp(since), Result.BUSY),
        )
    )
    broken = sum(counts[one] for one in BROKEN_OFF)
    return counts.total() > broken or broken >= TRIES


def broken_off(db: Database, job: str) -> JobRun | None:
    """The last run of a job, if it was broken off; a run that found another at work counts for nothing."""
    ends = (Result.DONE, Result.NOTHING_OBSERVED, Result.FAILED, *BROKEN_OFF)
    found = last(db, job, *ends)
    return found if found and found.outcome in BROKEN_OFF else None


def missed(db: Database, since: datetime) -> list[JobRun]:
    """What was missed since then, oldest first."""
    return _runs(db, "outcome = ? AND due >= ? ORDER BY due", (Result.MISSED, stamp(since)))


def last_crawl_ended(db: Database) -> datetime | None:
    (ended,) = db.conn.execute("SELECT max(ended) FROM job_runs WHERE job LIKE 'crawl %'").fetchone()
    return moment(ended) if ended else None


def note_start(db: Database, holder: str, now: datetime) -> None:
    """Notes that the schedule is kept from now on: what it misses is counted from its first start."""
    finish(db, start(db, "schedule", now, now), Result.DONE, holder, now)


def begun(db: Database) -> datetime | None:
    """When the schedule was first started."""
    (first,) = db.conn.execute("SELECT min(started) FROM job_runs").fetchone()
    return moment(first) if first else None


def _runs(db: Database, condition: str, parameters: tuple[Any, ...]) -> list[JobRun]:
    rows = query(
        db, f"SELECT job, due, started, ended, outcome, detail FROM job_runs WHERE {condition}", parameters
    )
    return [
        JobRun(
            row["job"], moment(row["due"]), _moment(row["started"]), _moment(row["ended"]), row["outcome"],
            row["detail"],
        )
        for row in rows
    ]  # fmt: skip


def _moment(stored: str | None) -> datetime | None:
    return moment(stored) if stored else None
