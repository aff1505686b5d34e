"""What every command that only looks needs: the database, the catalogue, and what a reader sees of them.

Apart from `work`, whose passes import the crawlers, the matcher and the letters: a question is answered sooner
than these are imported.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from crawlers import sources_cache
from crawlers import store as files
from crawlers.errors import DataError
from crawlers.migrations import migrations as crawler_tables
from crawlers.registry import Outlet
from matcher import cache
from matcher.catalogue import Catalogue
from matcher.migrations import migrations as matcher_tables
from matcher.model import Model
from reports import coverage_weeks, gather, i18n
from reports.config import Settings
from reports.migrations import migrations as report_tables
from reports.view import View
from reports.weeks import Week

TABLES = [crawler_tables, matcher_tables, report_tables]
Say = Callable[[str], object]


def open_for(settings: Settings, write: bool = True) -> Database:
    return files.open_database(settings.db, TABLES, "write" if write else "read")


def known(settings: Settings) -> Catalogue:
    """The catalogue, from the cache beside the database where that is of the same data files."""
    return cache.load(settings.catalogue, cached(settings))


def known_or_last_good(settings: Settings, say: Say) -> Catalogue:
    """The catalogue, or where a fault has got into its files the one that was last read whole, and it is said.

    For the schedule, which nobody watches: an unfinished edit is no reason to leave articles unmatched or
    letters unsent. Raises DataError where none was read whole before.
    """
    try:
        return known(settings)
    except DataError as error:
        found = cache.last_good(cached(settings))
        if found is None:
            raise
        say(f"mediagap: {error}; until it is mended the catalogue as it was last read is used")
        return found


def outlets(settings: Settings) -> dict[str, Outlet]:
    """All outlets of the source files, from a cache beside the database where that is of the same files."""
    return sources_cache.load(settings.sources, settings.db.with_name(settings.db.name + ".sources.json"))


def cached(settings: Settings) -> Path:
    """The file beside the database that keeps the catalogue as it was last read."""
    return settings.db.with_name(settings.db.name + ".catalogue.json")


def weights(settings: Settings) -> Model | None:
    """What was learned here; None: the program's own weights are in use."""
    from matcher import learned  # late: it brings the matcher, which only the name of its version needs

    return learned.weights(settings.learned)


def view(
    settings: Settings,
    db: Database,
    now: datetime | None,
    language: str | None = None,
    profile: str | None = None,
    part: Catalogue | None = None,
    catalogue: Catalogue | None = None,
    pages: bool = True,
) -> View:
    """What a reader sees of the database; only of a part of the catalogue, it takes a fraction of the time.

    `pages`: with what pages tell and no list of lines: the numbers of texts, and passages out of them.
    """
    moment = now or datetime.now(UTC)
    entries = part or catalogue or known(settings)
    snapshot = gather.snapshot(
        db, entries, outlets(settings), moment, part is not None, pages, lambda: weights(settings), pages
    )
    whose = profile or settings.profile
    before = coverage_weeks.before(db, Week.before(moment.date()), whose)
    return View(snapshot, i18n.reader(language or settings.language), whose, before)
