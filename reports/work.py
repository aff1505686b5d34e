"""The steps of a pass, put together: crawl, match, report, letters."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

from sqlite_utils import Database

from crawlers import registry, run, stories
from crawlers.choice import to_fetch
from crawlers.errors import DataError, Interrupted, NothingObserved
from crawlers.items import Attempt
from crawlers.lock import alone
from crawlers.outcome import READ
from crawlers.process import Event
from crawlers.registry import Outlet
from matcher import ready, standing
from matcher.catalogue import Catalogue
from matcher.match import Matcher, version_of
from matcher.store import MatchRun, match_archive
from reports import beside, coverage_weeks, mailing, plan, press_server, proposed, site, subscribers
from reports.config import Recipient, Settings
from reports.look import TABLES, Say, cached, known, known_or_last_good, open_for, view, weights
from reports.view import View

__all__ = ["TABLES", "Say", "known", "known_or_last_good", "open_for", "view"]  # beside what stands here

MOST_LINES = 40
"""Sources of a crawl that are told one by one."""


def matcher(settings: Settings, entries: Catalogue | None = None, learning: bool = False) -> Matcher:
    """The matcher of the catalogue, or of `entries`, its forms of names from the same cache.

    `learning`: with the program's own weights, whatever was learned here.
    """
    learned = None if learning else weights(settings)
    return ready.matcher(entries or known(settings), cached(settings), learned)


def version(settings: Settings) -> str:
    """Of the matcher of these settings, without making it."""
    return version_of(known(settings), weights(settings))


def polled(settings: Settings) -> dict[str, Outlet]:
    """The outlets that are fetched without being named."""
    outlets = registry.load(settings.sources)
    return {name: outlets[name] for name in to_fetch(outlets, (), settings.profile, datetime.now(UTC).date())}


def crawl(
    settings: Settings, say: Say, outlets: tuple[str, ...] = (), back_to: date | None = None,
    ports: tuple[int, ...] = (), now: datetime | None = None, only: tuple[str, ...] | None = None,
) -> list[Attempt]:  # fmt: skip
    one = settings.crawl
    wanted = run.CrawlSettings(
        settings.db, settings.sources, outlets, only, back_to, one.contact, one.timeout, one.delay, one.retries,
        one.most_pages, ports, now, settings.profile, one.country,
    )  # fmt: skip
    attempts = run.crawl(wanted, CrawlProgress(say, wanted))
    with closing((db := open_for(settings)).conn):
        group(settings, db, say)
    return attempts


class CrawlProgress:
    """One line a source while they are few, else one for every 25; the report names each."""

    def __init__(self, say: Say, wanted: run.CrawlSettings) -> None:
        outlets = registry.load(wanted.sources)
        chosen = to_fetch(outlets, wanted.outlets, wanted.profile, datetime.now(UTC).date())
        listed = [outlets[name].source_id(source) for name in chosen for source in outlets[name].sources]
        self._total = sum(wanted.only is None or source in wanted.only for source in listed)
        self._say, self._done, self._read, self._pages = say, 0, 0, 0

    def __call__(self, event: Event) -> None:
        if event["event"] != "source":
            self._pages += 1
            if self._pages % 25 == 0:
                self._say(f"  {self._pages} article pages")
            return
        self._done += 1
        self._read += event["outcome"] in READ
        if self._total <= MOST_LINES:
            self._say(f"  {event['source']}: {event['outcome']}, {event['new']} new")
        elif self._done % 25 == 0 or self._done == self._total:
            self._say(f"  {self._done} of {self._total} sources, {self._read} could be read")


def group(settings: Settings, db: Database, say: Say) -> None:
    """Joins the articles that no run has compared yet to their stories."""
    outlets = registry.load(settings.sources)
    stories.group(db, outlets, lambda done, total: say(f"  {done} of {total} texts compared"))


def match(
    settings: Settings,
    db: Database,
    say: Say,
    everything: bool = False,
    processes: int | None = None,
    entries: Catalogue | None = None,
) -> MatchRun:
    """Matches what is new or has changed, after joining to stories what a pass that was stopped has left.

    `everything`: also what was matched; where that was stopped before, it goes on from there.
    """
    group(settings, db, say)
    if everything and not standing.again(db):
        say("Going on where an earlier `match --all` was stopped")
    outlets = registry.load(settings.sources)
    return match_archive(
        db,
        matcher(settings, entries),
        outlets,
        lambda done, total: say(f"  {done} of {total} articles"),
        processes,
    )


@contextmanager
def all_matched(settings: Settings, db: Database, say: Say, entries: Catalogue | None = None) -> Iterator[None]:
    """Matches what is new, and lets no crawl store anything while the body reads what letters are written from.

    An article that is stored but not matched is missing from a letter, and one that a crawl is about to read too:
    its entry would look silent. Raises Busy while a crawl runs, be it one whose parent was killed.
    """
    with alone(settings.db, "crawl", "a crawl is running, and letters wait for its end; try again later"):
        match(settings, db, say, entries=entries)
        yield


def write_report(db: Database, seen: View, folder: Path) -> list[Path]:
    """Writes the pages and keeps what they said, for "what changed" in the report of the week after."""
    # to read years of texts on pairs at each report would take longer than all else; the desk lists the older ones
    since = (seen.snapshot.today.replace(day=1) - timedelta(days=1)).replace(day=1)
    found = proposed.shown(db, seen.snapshot.catalogue, seen.hidden, since=since)
    seen.beside = replace(beside.read(db, seen.snapshot.now, seen.hidden), proposals=tuple(found))
    written = site.write(seen, folder)
    coverage_weeks.keep(db, seen.standing, seen.profile, seen.snapshot.now)
    return written


def letters(settings: Settings, db: Database, now: datetime | None) -> list[tuple[Path, EmailMessage]]:
    """Writes a preview of each reader's letter to the outbox; sends none and remembers none.

    To send is `mailing.send_week`: an act of its own, since a letter goes out once a week.
    """
    if all(one.paused for one in subscribers.everybody(db, settings.recipients)):
        return []
    return mailing.preview(mailing.writer(settings, db, now), mailing.readers(settings, db, None))


def write_all(settings: Settings, db: Database, seen: View, now: datetime | None) -> list[Path]:
    return [*write_report(db, seen, settings.report), *(path for path, _ in letters(settings, db, now))]


def run_pass(settings: Settings, say: Say, due: bool = False) -> tuple[View, list[Path]]:
    """Crawl, match, report and letters; raises NothingObserved after all is written, if nothing was read.

    `due`: only the sources are read that are due by now, which may be none.
    """
    registry.load(settings.sources), known(settings)  # a fault in the data is told before anything is made
    db = open_for(settings)
    say("Reading the sources")
    attempts = crawl(settings, say, only=_due(settings, db, say) if due else None)
    say("Matching")
    match(settings, db, say)
    seen = view(settings, db, None)
    written = write_all(settings, db, seen, None)
    if not run.readable(attempts) and (attempts or not due):
        why = f"{settings.report / 'sources.html'} says why for each"
        if any(attempt.message == run.NO_NETWORK for attempt in attempts):
            why = run.NO_NETWORK
        raise NothingObserved(f"none of {len(attempts)} sources could be read; {why}")
    return seen, written


def _due(settings: Settings, db: Database, say: Say) -> tuple[str, ...]:
    now = datetime.now(UTC)
    dues = plan.sources_due(db, polled(settings), settings.schedule, now)
    found = tuple(source for source, moment in dues.items() if moment <= now)
    say(f"  {len(found)} of {len(dues)} sources are due")
    return found


def demo(folder: Path, language: str, say: Say, finished: Callable[[View, list[Path]], object]) -> None:
    """The whole way on an invented press, served by this process; everything is written below `folder`.

    `finished` gets what was seen and written while the press still answers.
    """
    now = datetime.now(UTC).replace(microsecond=0)
    reader = Recipient(address="editor@example.org", region="BY-MA", language=language)
    settings = Settings(
        db=folder / "mediagap.db", sources=folder / "sources", outbox=folder / "outbox", report=folder / "report",
        learned=folder / "learned", language=language, recipients=(reader,),
    )  # fmt: skip
    crawling = settings.crawl.model_copy(update={"timeout": 2.0, "delay": 0.0, "retries": 0, "most_pages": 500})
    settings = settings.model_copy(update={"crawl": crawling})
    _empty(folder, settings)
    db = open_for(settings)
    with press_server.serving(settings.sources, now) as ports:
        say(f"Reading {len(ports)} outlets of an invented press on 127.0.0.1")
        back_to = (now - timedelta(weeks=60)).date()
        attempts = crawl(settings, say, back_to=back_to, ports=tuple(ports), now=now)
        if not run.readable(attempts):
            raise NothingObserved(f"the demo's press could not be read: {attempts[0].message}")
        say("Matching")
        match(settings, db, say)
        say("Writing the report and the letter")
        seen = view(settings, db, now)
        finished(seen, write_all(settings, db, seen, now))


def _empty(folder: Path, settings: Settings) -> None:
    """Takes away what an earlier demo wrote, so that the same command shows the same thing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if settings.sources.is_dir():
            shutil.rmtree(settings.sources)
        for old in (*folder.glob("mediagap.db*"), *settings.outbox.glob("*.eml")):
            old.unlink()
    except OSError as error:
        raise DataError(folder, "", error.strerror or str(error), "a folder that you can write") from None


def wait_for_interrupt() -> None:
    """Returns at Ctrl-C."""
    try:
        threading.Event().wait()
    except Interrupted:
        return
