"""Starting a crawl in its own process, one at a time per database, and reading its progress."""

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from crawlers import ledger, registry, retired, store
from crawlers.choice import to_fetch
from crawlers.dates import stamp
from crawlers.items import Attempt
from crawlers.lock import alone
from crawlers.migrations import migrations
from crawlers.outcome import READ, Outcome
from crawlers.process import Event as Event
from crawlers.process import run_child
from crawlers.restrictions import STRICTEST


@dataclass(frozen=True)
class CrawlSettings:
    """What a crawl needs to know; the only way in which settings reach the child process."""

    db: Path
    sources: Path = registry.SOURCES
    outlets: tuple[str, ...] = ()
    only: tuple[str, ...] | None = None
    """Ids of the sources to fetch of these outlets; None: all of them."""
    back_to: date | None = None
    contact: str = ""
    timeout: float = 30.0
    delay: float = 0.5
    retries: int = 1
    most_pages: int = 200
    loopback_ports: tuple[int, ...] = ()
    now: datetime | None = None
    profile: str = STRICTEST
    """Where the crawling machine stands: what is restricted there is not fetched."""
    country: str = ""
    """From which sites see the crawl come, such as BY, for the ledger; "" where nobody says."""

    def scrapy(self) -> dict[str, Any]:
        settings = {
            "MEDIAGAP_DB": str(self.db), "MEDIAGAP_SOURCES": str(self.sources),
            "MEDIAGAP_OUTLETS": ",".join(self.outlets), "MEDIAGAP_ONLY": ",".join(self.only or ()),
            "MEDIAGAP_MAX_PAGES": self.most_pages,
            "MEDIAGAP_BACK_TO": self.back_to.isoformat() if self.back_to else "",
            "MEDIAGAP_LOOPBACK_PORTS": ",".join(map(str, self.loopback_ports)),
            "MEDIAGAP_PROFILE": self.profile, "MEDIAGAP_COUNTRY": self.country, "MEDIAGAP_NOW": stamp(self.now) or "", "DOWNLOAD_TIMEOUT": self.timeout,
            "DOWNLOAD_DELAY": self.delay, "RETRY_TIMES": self.retries, "RETRY_ENABLED": self.retries > 0,
        }  # fmt: skip
        if self.contact:
            settings["USER_AGENT"] = f"mediagap/0.1 (+{self.contact})"
        return settings


BUSY = "another crawl is running, or letters are being written; wait for its end, then run again"
NO_NETWORK = "no host name could be resolved in this run: is there a network?"


def crawl(settings: CrawlSettings, on_event: Callable[[Event], object] = str) -> list[Attempt]:
    """Fetches all chosen sources once; returns the ledger rows of this run, one per source.

    Raises Busy while another crawl works on the same database, and DataError for an unknown outlet. A source
    that the child process did not come to is in the ledger as `not_tried`, with the reason: also when the
    crawl is interrupted, which leaves what was stored as it is and what was not read pending. So is one that an
    editor has retired, even if its outlet is named.
    """
    now = (settings.now or datetime.now(UTC)).replace(microsecond=0)
    outlets = registry.load(settings.sources)
    names = to_fetch(outlets, settings.outlets, settings.profile, now.date())
    settings = replace(settings, now=now, outlets=names)
    db = store.open_database(settings.db, [migrations])
    chosen = [outlets[name] for name in names]
    wanted = {outlet.source_id(source): outlet.id for outlet in chosen for source in outlet.sources}
    if settings.only is not None:
        wanted = {source: outlet for source, outlet in wanted.items() if source in settings.only}
    with closing(db.conn), alone(settings.db, "crawl", BUSY) as lock:
        if not wanted:
            return []
        left_out = {key: one for key, one in retired.sources_retired(db, chosen).items() if key in wanted}
        with store.writing(db) as connection:
            for source, decision in left_out.items():
                ledger.record(connection, retired.attempt(source, wanted[source], now, decision))
        if left_out:
            settings = replace(settings, only=tuple(source for source in wanted if source not in left_out))
        try:
            told = _run_child(settings, on_event, lock) if len(left_out) < len(wanted) else ""
        except BaseException as error:
            _complete(db, wanted, now, f"the crawl was broken off: {error or type(error).__name__}")
            raise
        return _complete(db, wanted, now, told)


def _complete(db: Database, wanted: Mapping[str, str], now: datetime, reason: str) -> list[Attempt]:
    """The rows of this run, after those are added that the child did not come to."""
    with store.writing(db) as connection:
        done = {attempt.source: attempt for attempt in ledger.attempts(db, since=now) if attempt.fetched == now}
        for source, outlet in wanted.items():
            if source not in done:
                done[source] = Attempt(source, outlet, now, Outcome.NOT_TRIED, message=reason)
                ledger.record(connection, done[source])
        if all(one.outcome == Outcome.GONE and one.http_status is None for one in done.values()):
            # not one name was found: that says something of our network, nothing of the sites
            connection.execute(
                "UPDATE attempts SET outcome = ?, message = ? WHERE fetched = ?",
                (Outcome.ERROR.value, NO_NETWORK, stamp(now)),
            )
            done = {key: replace(one, outcome=Outcome.ERROR, message=NO_NETWORK) for key, one in done.items()}
    return [done[source] for source in wanted]


def readable(attempts: list[Attempt]) -> list[Attempt]:
    """The attempts that showed what their source has."""
    return [attempt for attempt in attempts if attempt.outcome in READ]


def _run_child(settings: CrawlSettings, on_event: Callable[[Event], object], lock: int) -> str:
    """Runs the child to its end; returns why sources may have been left out."""
    log = settings.db.with_name(settings.db.name + ".crawl.log")
    with log.open("w", encoding="utf-8") as errors:
        # a child that outlives a killed parent still holds the lock
        code = run_child(settings.scrapy(), errors, on_event, [lock])
    return f"the crawling process ended with code {code}, see {log.name}" if code else "left out by the spider"
