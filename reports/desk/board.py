"""What the desk knows at the moment: one snapshot for all its readers, renewed while they read on."""

import copy
import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime

from sqlite_utils import Database

from crawlers import registry
from matcher.lookup import Lookup
from reports import gather, i18n, work
from reports.config import Settings
from reports.view import View

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
        self.catalogue = work.known(settings)
        self.outlets = registry.load(settings.sources)
        self.lookup = Lookup(self.catalogue)
        self._lock, self._making = threading.Lock(), threading.Lock()
        work.open_for(settings).conn.close()  # makes or migrates the file, as all that write do
        uri = f"{settings.db.resolve().as_uri()}?mode=ro"
        self._watch = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._watch_lock = threading.Lock()
        self._views: dict[str, View] = {}
        self._seen: tuple[int, str] | None = None
        self._made = self._took = 0.0
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
        """Reads the database anew, at once."""
        begin = time.monotonic()
        seen = self._state()
        now = datetime.now(UTC)
        with self.reading() as db:
            snapshot = gather.snapshot(db, self.catalogue, self.outlets, now)
        view = View(snapshot, i18n.reader(self.settings.language), self.settings.profile)
        len(view.lines)  # computed here, not by the first visit
        with self._lock:
            self._views = {self.settings.language: view}
            self._seen, self._made = seen, time.monotonic()
            self._took = self._made - begin

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
        return self._state() != self._seen

    def _state(self) -> tuple[int, str]:
        """Changes with every commit of another connection, and at midnight."""
        with self._watch_lock:
            (version,) = self._watch.execute("PRAGMA data_version").fetchone()
        return int(version), str(datetime.now(UTC).date())
