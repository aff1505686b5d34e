"""What is to be run next, out of the ledger and the runs so far."""

from datetime import datetime, timedelta

import pytest
from sqlite_utils import Database

from crawlers import ledger, pages, retired, store
from crawlers.items import Attempt, Item
from crawlers.outcome import Outcome
from crawlers.registry import Outlet
from reports import jobs, plan
from reports.config import ScheduleSection
from reports.jobs import Result
from reports.plan import LETTERS, MATCH, REPLIES, Job
from tests.crawlers.local_press import at, outlet_data

NOW = at("2026-11-20T12:00")  # a Friday
HOUR = timedelta(hours=1)
SCHEDULE = ScheduleSection()  # regional 4 hours, national 2, letters on Monday at 07:00 in Minsk
OUTLETS = {
    name: Outlet.model_validate(outlet_data(name, **more))
    for name, more in {
        "gomel": {},
        "gazeta": {},
        "minsk": {"region": None, "level": "national"},
    }.items()
}


def fetched(db: Database, outlet: str, moment: datetime, outcome: Outcome = Outcome.NEW) -> None:
    with store.writing(db) as connection:
        ledger.record(connection, Attempt(f"{outlet}/feed", outlet, moment, outcome))


def ran(db: Database, job: str, start: datetime, end: datetime, result: Result = Result.DONE,
        due: datetime | None = None) -> None:  # fmt: skip
    jobs.finish(db, jobs.start(db, job, due or start, start), result, "", end)


def planned(db: Database, now: datetime = NOW) -> dict[str, Job]:
    return {job.name: job for job in plan.planned(db, OUTLETS, SCHEDULE, now)}


def test_fresh_database_crawls_at_once_and_writes_the_first_letter_on_monday(db: Database) -> None:
    found = planned(db)
    assert list(found) == ["crawl regional", "crawl national", LETTERS]
    assert found["crawl regional"] == Job(
        "crawl regional", NOW, NOW, (), ("gomel", "gazeta"), ("gomel/feed", "gazeta/feed")
    )
    assert (found[LETTERS].due, found[LETTERS].missed) == (at("2026-11-23T04:00"), ())


def test_outlets_without_sources_are_no_job(db: Database) -> None:
    listed = {"gomel": OUTLETS["gomel"].model_copy(update={"sources": ()}), "minsk": OUTLETS["minsk"]}
    assert [job.name for job in plan.planned(db, listed, SCHEDULE, NOW)] == ["crawl national", LETTERS]


def test_retired_sources_are_never_due(db: Database) -> None:
    retired.retire(db, OUTLETS, "minsk", "Anna", "closed", NOW)
    retired.retire(db, OUTLETS, "gomel/feed", "Anna", "closed", NOW)
    found = planned(db)
    assert list(found) == ["crawl regional", LETTERS]
    assert found["crawl regional"].sources == ("gazeta/feed",)
    retired.restore(db, OUTLETS, "minsk", "Anna", "open again", NOW)
    assert planned(db)["crawl national"].sources == ("minsk/feed",)


def test_group_is_due_with_the_first_of_its_sources_and_reads_only_those(db: Database) -> None:
    fetched(db, "gomel", NOW - 5 * HOUR)
    fetched(db, "gazeta", NOW - HOUR)
    fetched(db, "minsk", NOW - HOUR)
    found = planned(db)
    assert (found["crawl regional"].due, found["crawl regional"].sources) == (NOW - HOUR, ("gomel/feed",))
    assert (found["crawl national"].due, found["crawl national"].sources) == (NOW + HOUR, ())


def test_crawl_that_brought_nothing_is_not_repeated_without_a_pause(db: Database) -> None:
    """Somebody else was crawling: the ledger knows of no attempt."""
    ran(db, "crawl regional", NOW - HOUR / 6, NOW - HOUR / 12, Result.BUSY)
    assert planned(db)["crawl regional"].due == NOW - HOUR / 12 + HOUR / 2


def test_crawls_that_did_not_take_place_are_missed_as_one(db: Database) -> None:
    ran(db, "crawl regional", NOW - 50 * HOUR, NOW - 50 * HOUR)
    for name in OUTLETS:
        fetched(db, name, NOW - 50 * HOUR)
    found = planned(db)
    assert found["crawl regional"].missed == (NOW - 46 * HOUR,)
    assert found["crawl national"].missed == ()  # it has never run


def test_matching_comes_first_after_a_crawl_and_once(db: Database) -> None:
    ran(db, "crawl regional", NOW - 2 * HOUR, NOW - HOUR)
    first = plan.planned(db, OUTLETS, SCHEDULE, NOW)[0]
    assert first == Job(MATCH, NOW - HOUR, NOW - HOUR)
    ran(db, MATCH, NOW - HOUR, NOW - HOUR / 2)
    assert MATCH not in planned(db)
    ran(db, "crawl national", NOW - HOUR / 2, NOW - HOUR / 4, Result.INTERRUPTED)
    assert planned(db)[MATCH].due == NOW - HOUR / 4  # what it stored is in the archive


def test_matching_that_failed_is_tried_again_after_a_pause(db: Database) -> None:
    ran(db, "crawl regional", NOW - 2 * HOUR, NOW - HOUR)
    ran(db, MATCH, NOW - HOUR, NOW, Result.FAILED)
    assert planned(db)[MATCH].due == NOW + HOUR / 2


MONDAY = at("2026-11-23T04:00")


@pytest.mark.parametrize(
    ("result", "due"),
    [
        (Result.DONE, MONDAY + timedelta(weeks=1)),
        (Result.MISSED, MONDAY + timedelta(weeks=1)),
        (Result.FAILED, MONDAY + HOUR),
        (Result.DIED, MONDAY),
        (Result.INTERRUPTED, MONDAY),
    ],
)
def test_letters_are_written_once_and_tried_until_they_are(db: Database, result: Result, due: datetime) -> None:
    jobs.note_start(db, "a", MONDAY - HOUR)
    ran(db, LETTERS, MONDAY, MONDAY + HOUR / 2, result, MONDAY)
    assert planned(db, MONDAY + 2 * HOUR)[LETTERS].due == due


def test_letters_after_weeks_of_downtime(db: Database) -> None:
    ran(db, LETTERS, MONDAY, MONDAY, Result.DONE, MONDAY)
    weeks = [MONDAY + timedelta(weeks=n) for n in range(1, 4)]
    late = planned(db, weeks[2] + 20 * HOUR)[LETTERS]
    assert (late.due, late.occurrence, late.missed) == (weeks[2], weeks[2], (weeks[0], weeks[1]))
    too_late = planned(db, weeks[2] + 40 * HOUR)[LETTERS]
    assert (too_late.due, too_late.missed) == (weeks[2] + timedelta(weeks=1), tuple(weeks))


def test_late_letters_wait_for_each_tier_to_be_read_once(db: Database) -> None:
    jobs.note_start(db, "a", MONDAY - 20 * HOUR)
    now = MONDAY + 10 * HOUR

    def order() -> list[str]:
        return [job.name for job in plan.planned(db, OUTLETS, SCHEDULE, now) if job.due <= now]

    assert order() == ["crawl regional", "crawl national", LETTERS]
    ran(db, "crawl regional", now - 2 * HOUR, now - 2 * HOUR, Result.DIED)
    ran(db, MATCH, now - HOUR, now - HOUR)
    assert order() == ["crawl regional", "crawl national", LETTERS]
    ran(db, "crawl regional", now - 2 * HOUR, now - 2 * HOUR)
    assert order() == ["crawl national", LETTERS, "crawl regional"]
    ran(db, "crawl national", now - 1.5 * HOUR, now - 1.5 * HOUR, Result.FAILED)
    assert order()[0] == LETTERS


def test_letters_do_not_wait_for_ever_for_a_crawl_that_is_broken_off_each_time(db: Database) -> None:
    jobs.note_start(db, "a", MONDAY - 20 * HOUR)
    now = MONDAY + HOUR
    for _ in range(jobs.TRIES):
        found = [job.name for job in plan.planned(db, OUTLETS, SCHEDULE, now) if job.due <= now]
        assert found.index("crawl regional") < found.index(LETTERS)
        ran(db, "crawl regional", MONDAY, MONDAY, Result.DIED)
    ran(db, MATCH, now, now)
    found = [job.name for job in plan.planned(db, OUTLETS, SCHEDULE, now) if job.due <= now]
    assert found == ["crawl national", LETTERS, "crawl regional"]


def test_letters_wait_for_what_somebody_elses_crawl_kept_from_being_read(db: Database) -> None:
    jobs.note_start(db, "a", MONDAY - 20 * HOUR)
    ran(db, "crawl national", MONDAY, MONDAY)
    ran(db, "crawl regional", MONDAY, MONDAY + HOUR, Result.BUSY)
    ran(db, MATCH, MONDAY + HOUR, MONDAY + HOUR)
    assert planned(db, MONDAY + HOUR)[LETTERS].due == MONDAY + 1.5 * HOUR
    then = MONDAY + 1.5 * HOUR
    assert [job.name for job in plan.planned(db, OUTLETS, SCHEDULE, then) if job.due <= then] == [
        "crawl regional", LETTERS, "crawl national",
    ]  # fmt: skip
    # the other crawl has read it all: there is nothing more to wait for
    for name in OUTLETS:
        fetched(db, name, MONDAY + HOUR)
    found = planned(db, then)
    assert [name for name, job in found.items() if job.due <= then] == [LETTERS]


def test_pages_that_a_broken_off_crawl_announced_are_read_at_once(db: Database) -> None:
    for name in OUTLETS:
        fetched(db, name, NOW)
    for name in ("gomel", "minsk"):
        with store.writing(db) as connection:
            item = Item(f"https://{name}.example.by/1", "Title")
            pages.want(connection, item, f"{name}/feed", OUTLETS[name], NOW)
    ran(db, "crawl national", NOW, NOW)
    later = NOW + HOUR / 60
    assert planned(db, later)["crawl regional"].due == NOW + 4 * HOUR
    ran(db, "crawl regional", NOW, later, Result.DIED)
    found = planned(db, later)
    assert (found["crawl regional"].due, found["crawl regional"].sources) == (later, ("gomel/feed",))
    assert found["crawl national"].due == NOW + 2 * HOUR  # it ran to its end: there is no hurry
    # a child that outlives the crawl is waited for, and what it leaves is read then
    ran(db, "crawl regional", later, later, Result.BUSY)
    assert planned(db, later)["crawl regional"].due == later + HOUR / 2
    ran(db, "crawl regional", later, later)
    assert planned(db, later)["crawl regional"].due == NOW + 4 * HOUR


def test_letters_missed_before_anything_else_was_run_are_missed(db: Database) -> None:
    """The schedule was started, found nothing to do, and was down on Monday."""
    jobs.note_start(db, "a", MONDAY - HOUR)
    assert planned(db, MONDAY + 5 * HOUR)[LETTERS].due == MONDAY
    assert planned(db, MONDAY + 50 * HOUR)[LETTERS].missed == (MONDAY,)


def test_year_of_letters(db: Database) -> None:
    """One for each Monday from the first start on, through W53 and both changes of the clocks."""
    berlin = ScheduleSection(zone="Europe/Berlin")
    now, last = at("2026-01-01T12:00"), at("2027-01-31T12:00")
    ran(db, "crawl regional", now, now)
    days = []
    while (job := next(j for j in plan.planned(db, {}, berlin, now) if j.name == LETTERS)).due <= last:
        now = job.due
        days.append(berlin.letters.day_of(job.occurrence))
        ran(db, LETTERS, now, now + HOUR, Result.DONE, job.occurrence)
        now += HOUR
    calendar = [(y, w) for y, weeks in ((2026, range(2, 54)), (2027, range(1, 5))) for w in weeks]
    assert [day.isocalendar()[:2] for day in days] == calendar
    assert {day.isoweekday() for day in days} == {1}


def test_mailbox_is_read_at_its_interval_and_before_letters(db: Database) -> None:
    quarter = HOUR / 4

    def replies(now: datetime) -> Job:
        return next(job for job in plan.planned(db, {}, SCHEDULE, now, quarter) if job.name == REPLIES)

    assert replies(NOW).due == NOW
    assert REPLIES not in {job.name for job in plan.planned(db, {}, SCHEDULE, NOW)}  # without a mailbox
    ran(db, REPLIES, NOW, NOW, Result.FAILED)
    assert replies(NOW).due == NOW + quarter
    ran(db, REPLIES, MONDAY - HOUR / 12, MONDAY - HOUR / 12)
    assert replies(MONDAY - HOUR / 60).due == MONDAY + HOUR / 6
    assert [job.name for job in plan.planned(db, {}, SCHEDULE, MONDAY, quarter) if job.due <= MONDAY] == [
        REPLIES, LETTERS,
    ]  # fmt: skip
    ran(db, REPLIES, MONDAY, MONDAY, Result.FAILED)  # the letters do not wait for a mailbox that is away
    due = [job.name for job in plan.planned(db, {}, SCHEDULE, MONDAY, quarter) if job.due <= MONDAY]
    assert due == [LETTERS]
