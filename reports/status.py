"""How the installation does: who keeps the schedule, what ran and runs next, what fails, what waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from crawlers import ledger
from crawlers.dates import stamp
from crawlers.items import Attempt
from crawlers.outcome import READ, Outcome
from crawlers.registry import Outlet
from matcher import standing
from reports import jobs, lease, plan, reply_record
from reports.config import ScheduleSection
from reports.jobs import JobRun, Result
from reports.lease import Lease

LOOK_BACK = timedelta(days=60)
"""How far back missed runs are listed."""


@dataclass(frozen=True)
class Failing:
    """A source whose last attempt showed nothing of what it publishes."""

    source: str
    outcome: str
    message: str
    since: datetime | None
    """Of the first of the failures in a row; None: never tried. No earlier than the attempts looked at."""
    tries: int
    last_read: datetime | None
    next: datetime


@dataclass(frozen=True)
class Status:
    now: datetime
    lease: Lease
    jobs: list[tuple[str, JobRun | None, datetime | None]]
    """Name, last run, next run; the next matching is after the next crawl."""
    missed: list[JobRun]
    failing: list[Failing]
    sources: int
    waiting: int
    """Articles that are still to be matched: they are missing from every figure."""
    letters: JobRun | None
    """The last letters that were written."""
    unclear: int
    """Answers to letters that were not understood or refused, of LOOK_BACK; they are flagged in the mailbox."""


def read(
    db: Database, outlets: Mapping[str, Outlet], schedule: ScheduleSection, version: str, now: datetime,
    interval: timedelta | None = None,
) -> Status:  # fmt: skip
    """`interval`: how often the mailbox is read, if it is."""
    planned = {job.name: job.due for job in plan.planned(db, outlets, schedule, now, interval)}
    dues = plan.sources_due(db, outlets, schedule, now)
    usual = {
        outlet.source_id(source): source.empty_is_usual
        for outlet in outlets.values()
        for source in outlet.sources
    }
    failing = [
        found
        for source, due in dues.items()
        if (found := _failing(source, ledger.recent(db, source), usual[source], due))
    ]
    names = sorted({*planned, plan.MATCH})
    return Status(
        now, lease.read(db), [(name, jobs.last(db, name), planned.get(name)) for name in names],
        jobs.missed(db, now - LOOK_BACK), failing, len(dues), standing.waiting(db, version),
        jobs.last(db, plan.LETTERS, Result.DONE), reply_record.unclear(db, now - LOOK_BACK),
    )  # fmt: skip


def _failing(source: str, history: list[Attempt], empty_is_usual: bool, due: datetime) -> Failing | None:
    tried = [attempt for attempt in history if attempt.outcome != Outcome.NOT_TRIED]
    good = READ | ({Outcome.EMPTY} if empty_is_usual else set())
    if not tried:
        return Failing(source, Outcome.NOT_TRIED, "", None, 0, None, due)
    if tried[-1].outcome in good:
        return None
    read = [attempt.fetched for attempt in tried if attempt.outcome in good]
    row = [attempt for attempt in tried if not read or attempt.fetched > read[-1]]
    last = row[-1]
    return Failing(
        source, last.outcome, last.message, row[0].fetched, len(row), read[-1] if read else None, due
    )


def plain(status: Status) -> dict[str, Any]:
    """As data, with moments in UTC."""
    held = status.lease
    return {
        "now": stamp(status.now),
        "schedule": {
            "kept": held.alive(status.now), "holder": held.holder, "since": stamp(held.since),
            "heartbeat": stamp(held.beat),
        },
        "jobs": [
            {"job": name, "last": _run(last) if last else None, "next": stamp(due)}
            for name, last, due in status.jobs
        ],
        "missed": [_run(one) for one in status.missed],
        "sources": status.sources,
        "failing": [
            {"source": f.source, "outcome": f.outcome, "message": f.message, "since": stamp(f.since),
             "tries": f.tries, "last_read": stamp(f.last_read), "next": stamp(f.next)}
            for f in status.failing
        ],
        "waiting": status.waiting,
        "letters": _run(status.letters) if status.letters else None,
        "unclear_replies": status.unclear,
    }  # fmt: skip


def _run(one: JobRun) -> dict[str, Any]:
    return {
        "job": one.job, "due": stamp(one.due), "started": stamp(one.started), "ended": stamp(one.ended),
        "outcome": one.outcome, "detail": one.detail,
    }  # fmt: skip


def lines(status: Status, schedule: ScheduleSection) -> list[str]:
    """For people, in the zone of the schedule."""
    zone = schedule.letters.zone

    def at(moment: datetime | None) -> str:
        return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" if moment else "never"

    found = [f"Times are those of {schedule.zone}.", _keeper(status, at)]
    for name, last, due in status.jobs:
        when = at(due) if due else "after the next crawl"
        overdue = " (overdue)" if due and due <= status.now else ""
        ran = f"{at(last.started)} {last.outcome} {last.detail}".rstrip() if last else "never"
        found.append(f"{name}: next {when}{overdue}, last {ran}")
    for one in status.missed:
        found.append(f"missed: {one.job} of {at(one.due)}, {one.detail}")
    found.append(f"{len(status.failing)} of {status.sources} sources fail or were never tried")
    for f in status.failing:
        reason = f"{f.outcome} {f.message}".rstrip()
        history = (
            f"{f.tries} tries since {at(f.since)}, last read {at(f.last_read)}" if f.tries else "no attempt yet"
        )
        found.append(f"  {f.source}: {reason}; {history}, next try {at(f.next)}")
    found.append(f"{status.waiting} articles wait to be matched")
    letters = status.letters
    found.append(f"Last letters: {at(letters.ended)}, {letters.detail}" if letters else "Last letters: never")
    if status.unclear:
        found.append(
            f"{status.unclear} answers of {LOOK_BACK.days} days were not understood; they are flagged in the mailbox"
        )
    return found


def _keeper(status: Status, at: Any) -> str:
    held = status.lease
    if held.alive(status.now):
        return f"Schedule: kept by {held.holder} since {at(held.since)}, last heartbeat {at(held.beat)}"
    if held.holder:
        return (
            f"Schedule: NOT KEPT, {held.holder} has died; last heartbeat {at(held.beat)}."
            " Start `mediagap schedule` again"
        )
    return f"Schedule: not kept, last heartbeat {at(held.beat)}"
