"""What is to be run next and when: worked out afresh from the ledger and the job runs, kept nowhere."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlite_utils import Database

from crawlers import ledger, pages, retired
from crawlers.outcome import READ
from crawlers.polling import next_due
from crawlers.registry import Outlet, Tier
from reports import jobs
from reports.config import ScheduleSection
from reports.jobs import BROKEN_OFF, SETTLED, JobRun, Result
from reports.timing import not_before, plan_weekly

MATCH, LETTERS, REPLIES = "match", "letters", "replies"


class Job(NamedTuple):
    """A job with the moment at which it is to run next."""

    name: str
    due: datetime
    occurrence: datetime
    """The moment that it is run for; `due` is later where an earlier try for it failed."""
    missed: tuple[datetime, ...] = ()
    """Occurrences that passed and will not be made up for."""
    outlets: tuple[str, ...] = ()
    """Of a crawl: the outlets of its tier."""
    sources: tuple[str, ...] = ()
    """Of a crawl: the sources of them that are due by now."""


def sources_due(
    db: Database, outlets: Mapping[str, Outlet], schedule: ScheduleSection, now: datetime
) -> dict[str, datetime]:
    """When each source is to be asked next; a retired one is not, and is left out.

    What announced pages in a crawl that was broken off is asked again at once: they are still to be read.
    """
    unread = pages.sources_with_pending(db)
    left_out = retired.sources_retired(db, outlets.values())
    broken = {tier: jobs.broken_off(db, _crawl_of(tier)) for tier in Tier}
    found = {}
    for outlet in outlets.values():
        stopped = broken[outlet.tier]
        for source in (outlet.source_id(one) for one in outlet.sources):
            if source in left_out:
                continue
            history = ledger.recent(db, source)
            found[source] = next_due(history, now, schedule.pace(outlet.tier), source in unread)
            if stopped and stopped.ended and source in unread and history and history[-1].outcome in READ:
                found[source] = min(found[source], stopped.ended)
    return found


def planned(
    db: Database, outlets: Mapping[str, Outlet], schedule: ScheduleSection, now: datetime,
    replies: timedelta | None = None,
) -> list[Job]:  # fmt: skip
    """All jobs, in the order in which they are to run. `replies`: how often the mailbox is read, if it is."""
    letters = _letters(db, schedule, now)
    dues = sources_due(db, outlets, schedule, now)
    found = []
    for tier in Tier:
        of_tier = [
            o
            for o in outlets.values()
            if o.tier is tier and any(s in dues for s in map(o.source_id, o.sources))
        ]
        if of_tier:
            found.append(_crawl(db, tier, of_tier, dues, schedule, now))
    found.sort(key=lambda job: job.due)
    # letters that are made up for wait for what was not read meanwhile, but for each tier only once
    behind = [
        job for job in found if letters.due <= now and jobs.had_its_turn(db, job.name, letters.occurrence)
    ]
    answers = [_replies(db, replies, letters, now)] if replies else []
    found = [*answers, *(job for job in found if job not in behind), letters, *behind]
    match = _match(db, schedule, now)
    # what was fetched is matched before anything else: until then it would be missing from every figure
    return [match, *found] if match else found


def _crawl(
    db: Database, tier: Tier, outlets: list[Outlet], dues: Mapping[str, datetime],
    schedule: ScheduleSection, now: datetime,
) -> Job:  # fmt: skip
    name = _crawl_of(tier)
    mine = {source: dues[source] for o in outlets for source in map(o.source_id, o.sources) if source in dues}
    last = jobs.last(db, name)
    due = not_before(min(mine.values()), _ended(last), schedule.pause, now)
    # one run later than its interval stands for at least one that did not take place
    missed = (due,) if last and now - due > schedule.pace(tier).interval else ()
    ready = tuple(source for source, moment in mine.items() if moment <= now)
    return Job(name, due, due, missed, tuple(outlet.id for outlet in outlets), ready)


def _crawl_of(tier: Tier) -> str:
    return f"crawl {tier}"


def _ended(last: JobRun | None) -> datetime | None:
    """The end after which a pause is due. What was broken off from outside goes on at once."""
    return None if last is None or last.outcome in BROKEN_OFF else last.ended


def _match(db: Database, schedule: ScheduleSection, now: datetime) -> Job | None:
    """Due when a crawl has ended since the last matching began."""
    crawled, done, last = (
        jobs.last_crawl_ended(db),
        jobs.last(db, MATCH, Result.DONE),
        jobs.last(db, MATCH),
    )
    if crawled is None or (done and done.started and done.started >= crawled):
        return None
    # a failed one is not repeated at once; a good one may follow another as crawls follow each other
    failed = _ended(last) if last and last.outcome != Result.DONE else None
    return Job(MATCH, not_before(crawled, failed, schedule.pause, now), crawled)


def _replies(db: Database, interval: timedelta, letters: Job, now: datetime) -> Job:
    """Also before letters that are due: a lead that somebody has taken is left out of them."""
    last = jobs.last(db, REPLIES)
    due = last.started + interval if last and last.started else now
    if last and last.started and last.started < letters.due <= now:
        due = min(due, letters.due)
    return Job(REPLIES, due, due)


def _letters(db: Database, schedule: ScheduleSection, now: datetime) -> Job:
    settled, last = jobs.last(db, LETTERS, *SETTLED), jobs.last(db, LETTERS)
    # nothing was missed before the schedule was first started
    since = settled.due if settled else jobs.begun(db) or now
    plan = plan_weekly(schedule.letters, since, now, schedule.grace)
    failed = _ended(last) if last and last.due == plan.due else None
    due = not_before(plan.due, failed, schedule.pause, now)
    for run in filter(None, (jobs.last(db, _crawl_of(tier)) for tier in Tier)):
        # somebody else's crawl stood in the way: whether it has read everything shows when ours is tried again
        if run.outcome == Result.BUSY and run.started and run.started >= plan.due:
            due = max(due, not_before(plan.due, run.ended, schedule.pause, now))
    return Job(LETTERS, due, plan.due, plan.missed)
