"""What the desk knows at the moment: one snapshot for all its readers, renewed while they read on."""

import copy
import logging
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property

from sqlite_utils import Database

from crawlers import registry
from crawlers.errors import DataError
from matcher import catalogue, learned
from matcher.catalogue import Catalogue
from matcher.lookup import Lookup
from reports import coverage_weeks, gather, i18n, restricted, work
from reports.config import Settings
from reports.coverage import coverage
from reports.snapshot import Publication, Snapshot
from reports.view import View
from reports.weeks import Week

log = logging.getLogger(__name__)

PAUSE = 20.0
"""Seconds between two renewals, at least; ten times as long as the last one took, if that is more."""


class Board:
    """Views of the database in each language, for the profile of the settings.

    A view is made once and shown to everybody. When the database has changed the next visit starts a
    renewal and is still shown what there is: nobody waits for a crawl that writes all the time.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.fault: DataError | None = None
        """What is wrong in the files by now; the desk works with what it read before."""
        self._files = self._stamps()
        self.catalogue = work.known(settings)
        self.outlets = registry.load(settings.sources)
        self.lookup = Lookup(self.catalogue)
        self.keeping = threading.Lock()
        """Held by who changes files of the catalogue: each change is made of what stands there."""
        self._lock, self._making = threading.Lock(), threading.Lock()
        work.open_for(settings).conn.close()  # makes or migrates the file, as all that write do
        uri = f"{settings.db.resolve().as_uri()}?mode=ro"
        self._watch = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._watch_lock = threading.Lock()
        self._views: dict[str, View] = {}
        self._seen: tuple[int, str] | None = None
        self._made = self._took = self._looked = 0.0
        self._edited: list[str] = []
        self.renew()

    def view(self, language: str) -> View:
        if self._stale() and self._making.acquire(blocking=False):
            threading.Thread(target=self._renew_aside, daemon=True).start()
        with self._lock:
            if language not in self._views:
                view = copy.copy(next(iter(self._views.values())))
                view.reader = i18n.reader(language)
                self._views[language] = view
            return self._views[language]

    def renew(self) -> None:
        """Reads the database anew, at once, and the files of catalogue and sources if they have changed."""
        begin = time.monotonic()
        self._read_files()
        seen, known = self._state(), len(self._edited)
        now = datetime.now(UTC)
        profile = self.settings.profile
        with self.reading() as db:
            snapshot = self._snapshot(db, self.catalogue, now)
            before = coverage_weeks.before(db, Week.before(now.date()), profile)
        view = View(snapshot, i18n.reader(self.settings.language), profile, before)
        len(view.lines)  # computed here, not by the first visit
        with self._lock:
            self._views = {self.settings.language: view}
            self._seen, self._made = seen, time.monotonic()
            self._took = self._made - begin
        for line in set(self._edited[known:]):  # decided while it was read
            self._take_in(line)

    def take_in(self, entry: str) -> None:
        """Shows at once what was just decided on an entry: only its line, and that which it is part of, is read."""
        found = self.catalogue.entries[entry]
        wanted = {entry, *((found.part_of,) if found.part_of else ())}
        for line, members in self.catalogue.lines.items():
            if wanted & set(members):
                self._edited.append(line)
                self._take_in(line)

    def learn(self) -> None:
        """Takes up the files of the catalogue, which the desk has changed; the lines of new entries come with `renew`."""
        files = self._stamps()
        self.catalogue = catalogue.load(self.settings.catalogue, self.catalogue.gazetteer)
        self.lookup, self._files = Lookup(self.catalogue), files

    def _read_files(self) -> None:
        """What others have changed in them. A fault is told to the log and on every page until it is mended."""
        with self.keeping:
            files = self._stamps()
            if files == self._files:
                return
            try:
                known, outlets = work.known(self.settings), registry.load(self.settings.sources)
            except DataError as error:
                log.error("the desk works with the catalogue and sources that it read before: %s", error)
                self.fault = error
            else:
                self.catalogue, self.outlets, self.lookup, self.fault = known, outlets, Lookup(known), None
            self._files = files

    def _stamps(self) -> frozenset[tuple[str, int, int]]:
        """Changes with the files of catalogue and sources."""
        folders = (self.settings.catalogue, self.settings.sources)
        found = set()
        for path in (path for folder in folders for path in folder.glob("*/*.yml")):
            with suppress(FileNotFoundError):  # taken away just now
                stat = path.stat()
                found.add((str(path), stat.st_mtime_ns, stat.st_size))
        return frozenset(found)

    def _snapshot(self, db: Database, known: Catalogue, now: datetime, narrow: bool = False) -> Snapshot:
        weights = learned.weights(self.settings.learned)
        return gather.snapshot(db, known, self.outlets, now, narrow, weights=lambda: weights)

    def _take_in(self, line: str) -> None:
        part = self.catalogue.of_line(line)
        with self.reading() as db:
            read = self._snapshot(db, part, datetime.now(UTC), narrow=True)
        read, _ = restricted.for_reader(read, self.settings.profile)
        with self._lock:
            view = copy.copy(next(iter(self._views.values())))
            for name in [name for name in vars(view) if isinstance(getattr(View, name, None), cached_property)]:
                if name != "lines":
                    del view.__dict__[name]
            old = view.snapshot
            view.snapshot = replace(
                old,
                catalogue=self.catalogue,
                publications=_exchanged(old.publications, read.publications, part.entries),
                near_misses=_exchanged(old.near_misses, read.near_misses, part.entries),
            )
            judged = {(one.line, one.pair, one.side): one for one in coverage(view.snapshot, lines={line})}
            view.__dict__["lines"] = [judged.get((one.line, one.pair, one.side), one) for one in view.lines]
            self._views = {view.reader.language: view}

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """A connection that cannot write, for one visit."""
        db = work.open_for(self.settings, write=False)
        with closing(db.conn):
            yield db

    @contextmanager
    def writing(self) -> Iterator[Database]:
        db = work.open_for(self.settings)
        with closing(db.conn):
            yield db

    def close(self) -> None:
        with self._watch_lock:
            self._watch.close()

    def _renew_aside(self) -> None:
        try:
            self.renew()
        except Exception:
            log.exception("the desk shows what it knew before: the database could not be read anew")
            self._made = time.monotonic()
        finally:
            self._making.release()

    def _stale(self) -> bool:
        if time.monotonic() - self._made < max(PAUSE, 10 * self._took):
            return False
        if self._state() != self._seen:
            return True
        if time.monotonic() - self._looked < PAUSE:  # five hundred files are not looked at on each visit
            return False
        self._looked = time.monotonic()
        return self._stamps() != self._files

    def _state(self) -> tuple[int, str]:
        """Changes with every commit of another connection, and at midnight."""
        with self._watch_lock:
            (version,) = self._watch.execute("PRAGMA data_version").fetchone()
        return int(version), str(datetime.now(UTC).date())


def _exchanged(
    old: Mapping[str, tuple[Publication, ...]],
    new: Mapping[str, tuple[Publication, ...]],
    entries: Iterable[str],
) -> dict[str, tuple[Publication, ...]]:
    return {name: listed for name, listed in old.items() if name not in set(entries)} | dict(new)
