"""The one long-running process: it wakes when a job is due, runs it, and gives signs of life.

Jobs run in the main thread, one after the other, so that none overlaps another and a signal ends whatever
runs on the same way as Ctrl-C ends a command. APScheduler wakes that thread at the next due time, and beats
beside it. What is due is worked out afresh each time (plan.py): nothing is lost with the process.
"""

import logging
import os
import signal
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from queue import SimpleQueue

from apscheduler.schedulers.background import BackgroundScheduler
from sqlite_utils import Database

from crawlers import run, store
from crawlers.dates import stamp
from crawlers.errors import Busy, DataError, Interrupted, MediagapError
from crawlers.registry import Outlet
from matcher.catalogue import Catalogue
from reports import jobs, lease, mailing, plan, replies, subscribers, work
from reports.config import Settings
from reports.deliveries import WAITING
from reports.jobs import Result
from reports.migrations import migrations
from reports.plan import Job
from reports.reply_record import Outcome as Reply
from reports.weeks import Week

Say = Callable[[str], object]
Tell = Callable[[str, dict[str, object]], object]
"""Gets a line for people and, at the end of a job, the same as data."""
Outcome = tuple[Result, str]


def keep(settings: Settings, tell: Tell) -> None:
    """Keeps the schedule until a signal ends it. Raises Busy when another process does, or has taken over."""
    db = work.open_for(settings)
    with closing(db.conn):
        Keeper(settings, db, tell).keep()


class Keeper:
    """Holds the lease and runs what is due."""

    def __init__(self, settings: Settings, db: Database, tell: Tell) -> None:
        self._settings, self._db, self._tell = settings, db, tell
        self._say: Say = lambda line: tell(line, {})
        self._holder = lease.new_holder()
        self._clock = BackgroundScheduler(timezone=UTC)
        self._wake: SimpleQueue[str] = SimpleQueue()
        self._lost = False
        """Whether somebody else holds the lease by now, as the beating thread has seen."""

    def keep(self) -> None:
        try:
            before = lease.take(self._db, self._holder, _now())
            if before.holder:
                self._say(
                    f"{before.holder} gave no sign of life since {before.beat}; its schedule is taken over"
                )
            jobs.note_start(self._db, self._holder, _now())
            self._say(f"Keeping the schedule as {self._holder}")
            self._clock.add_job(
                self._beat, "interval", seconds=lease.BEAT_SECONDS, misfire_grace_time=None, coalesce=True
            )
            self._clock.start()
            while True:
                self._step_or_wait()
        except Interrupted:
            if self._lost:
                raise _taken_over() from None
            self._say("The schedule has ended; what is pending stays so until it is kept again")
        finally:
            if self._clock.running:
                self._clock.shutdown()
            lease.release(self._db, self._holder)

    def _step_or_wait(self) -> None:
        """A step; what stands in its way from outside, and may go away, is waited for."""
        try:
            outlets = work.polled(self._settings)
            self._step(outlets)
        except DataError as error:  # somebody is editing a source file
            self._say(f"mediagap: {error}")
        except sqlite3.OperationalError as error:  # a long writer, a full disk
            known = store.database_error(error, self._settings.db)
            if not isinstance(known, MediagapError):
                raise
            self._say(f"mediagap: {known}")
        else:
            return
        self._sleep(_now() + self._settings.schedule.pause)

    def _step(self, outlets: Mapping[str, Outlet]) -> None:
        """Runs the first job that is due, or sleeps until one is."""
        now = _now()
        if not lease.beat(self._db, self._holder, now):
            raise _taken_over()
        jobs.bury(self._db, now)
        planned = plan.planned(self._db, outlets, self._settings.schedule, now, self._settings.imap.interval)
        ready = next((job for job in planned if job.due <= now), None)
        for job in planned:
            if job is ready or job.due > now:
                self._note_missed(job, now)
        if ready:
            self._run(ready)
        else:
            self._sleep(min(job.due for job in planned))

    def _sleep(self, until: datetime) -> None:
        self._clock.add_job(
            self._wake.put, "date", run_date=until, args=["due"], id="wake", replace_existing=True,
            misfire_grace_time=None,
        )  # fmt: skip
        self._wake.get()

    def _note_missed(self, job: Job, now: datetime) -> None:
        for due in job.missed:
            detail = f"nothing was run for {_hours(now - due)}"
            jobs.miss(self._db, job.name, due, detail)
            self._say(f"{job.name}: missed {due:%Y-%m-%d %H:%M} UTC, {detail}")

    def _run(self, job: Job) -> None:
        self._say(f"{job.name}:")
        began = _now()
        number = jobs.start(self._db, job.name, job.occurrence, began)
        outcome, detail = Result.FAILED, ""
        try:
            outcome, detail = self._do(job)
        except Interrupted as ended:
            outcome, detail = Result.INTERRUPTED, str(ended)
            raise
        except Busy as error:
            outcome, detail = Result.BUSY, str(error)
        except MediagapError as error:
            detail = str(error)
        except Exception as error:
            logging.getLogger("mediagap").exception("internal error in %s", job.name)
            detail = f"internal error: {type(error).__name__}: {error}"
        finally:
            end = _now()
            jobs.finish(self._db, number, outcome, detail, end)
            seconds = (end - began).total_seconds()
            data = {"job": job.name, "due": stamp(job.occurrence), "outcome": outcome, "detail": detail}
            self._tell(f"{job.name}: {outcome} {detail}".rstrip(), {**data, "seconds": seconds})

    def _do(self, job: Job) -> Outcome:
        if job.name == plan.MATCH:
            return self._match()
        if job.name == plan.LETTERS:
            return self._letters(job)
        if job.name == plan.REPLIES:
            return self._replies()
        attempts = work.crawl(self._settings, self._say, job.outlets, only=job.sources)
        read = len(run.readable(attempts))
        new = sum(attempt.entries_new for attempt in attempts)
        detail = f"{read} of {len(attempts)} sources read, {new} new"
        return (Result.DONE if read else Result.NOTHING_OBSERVED), detail

    def _match(self) -> Outcome:
        known, note = self._known()
        done = work.match(self._settings, self._db, self._say, entries=known)
        return Result.DONE, f"{done.articles} articles, {done.about} about, {done.mentions} mentions{note}"

    def _known(self) -> tuple[Catalogue, str]:
        """The catalogue, and what the record of the job is to say of it."""
        faults: list[str] = []
        found = work.known_or_last_good(self._settings, faults.append)
        for fault in faults:
            self._say(fault)
        return found, "; with the catalogue as last read, since its files have a fault" if faults else ""

    def _replies(self) -> Outcome:
        known, note = self._known()
        found = replies.collect(self._settings, self._db, known.entries, _now())
        for one in found:
            if one.outcome is not Reply.IGNORED:
                self._say(f"  {one.outcome}: {one.detail}")
        return Result.DONE, replies.counted(found) + note

    def _letters(self, job: Job) -> Outcome:
        known, note = self._known()
        day = self._settings.schedule.letters.day_of(job.occurrence)
        with work.all_matched(self._settings, self._db, self._say, known):
            seen = work.view(self._settings, self._db, None, catalogue=known)
            written = mailing.writer(self._settings, self._db, None, Week.before(day), known)
        pages = work.write_report(self._db, seen, self._settings.report)
        if all(one.paused for one in subscribers.everybody(self._db, self._settings.recipients)):
            return Result.DONE, f"no letters, since nobody gets one, {len(pages)} files of the report{note}"
        found = mailing.send_week(written, mailing.readers(self._settings, self._db, None), self._say)
        counts = Counter(one.state.value for one in found)
        told = ", ".join(f"{number} {state}" for state, number in sorted(counts.items()))
        # what is refused or uncertain is settled and listed; only what waits is tried again
        waiting = any(one.state in WAITING for one in found)
        detail = f"{len(found)} letters ({told}), {len(pages)} files of the report{note}"
        return (Result.FAILED if waiting else Result.DONE), detail

    def _beat(self) -> None:
        """Runs in a thread of APScheduler, so it has a connection of its own."""
        db = store.open_database(self._settings.db, [migrations])
        with closing(db.conn):
            if not lease.beat(db, self._holder, _now()):
                self._lost = True
                os.kill(os.getpid(), signal.SIGTERM)


def _taken_over() -> Busy:
    return Busy("another process has taken the schedule over while this one gave no sign of life")


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _hours(span: timedelta) -> str:
    return f"{span / timedelta(hours=1):.1f} hours"
