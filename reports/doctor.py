"""Whether an installation is sound: each thing that was looked at, what was found, what to do about it."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from sqlite_utils import Database

from crawlers import registry
from crawlers.dates import moment
from crawlers.errors import MediagapError
from crawlers.store import query
from matcher import learned
from reports import backup, send, work
from reports import status as state
from reports.config import Settings
from reports.deliveries import State
from reports.jobs import Result


class Level(StrEnum):
    OK = "ok"
    LOOK = "look"
    """Works, but somebody should know."""
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    what: str
    level: Level
    found: str
    repair: str = ""


LITTLE_DISK, NO_DISK = 500 * 2**20, 50 * 2**20  # bytes
AHEAD = timedelta(minutes=5)
OLD_BACKUP = timedelta(days=8)
BUILT = datetime(2026, 1, 1, tzinfo=UTC)
"""No clock is right that shows a time before this."""


def place(settings: Settings, now: datetime) -> list[Finding]:
    """What does not need the database: clock, zone, disk, folders, contact, mail server."""
    return [
        _clock(now), _zone(settings, now), _disk(settings.db.resolve().parent), *_folders(settings),
        _contact(settings), _mail(settings), *_answers(settings),
    ]  # fmt: skip


def examine(settings: Settings, now: datetime) -> list[Finding]:
    """Everything; what cannot be looked at is a finding, too."""
    found = [*place(settings, now), *_data(settings), *_learned(settings)]
    try:
        db = work.open_for(settings, write=False)
    except MediagapError as error:
        return [*found, Finding("database", Level.WRONG, str(error), "`mediagap restore` brings back a backup")]
    with closing(db.conn):
        try:
            return [*found, *_database(db, settings, now), _backup(settings, now)]
        except sqlite3.DatabaseError as error:
            repair = f"stop the schedule, then `mediagap restore` the newest file of {settings.backups}"
            return [*found, Finding("database", Level.WRONG, str(error), repair)]


def _clock(now: datetime) -> Finding:
    right = now > BUILT
    return Finding(
        "clock",
        Level.OK if right else Level.WRONG,
        f"{now:%Y-%m-%d %H:%M} UTC",
        "" if right else "set it, or start NTP",
    )


def _zone(settings: Settings, now: datetime) -> Finding:
    due = settings.schedule.letters.after(now).astimezone(settings.schedule.letters.zone)
    return Finding(
        "time zone", Level.OK, f"the next letters are due on {due:%A %Y-%m-%d %H:%M} {settings.schedule.zone}"
    )


def _disk(folder: Path) -> Finding:
    existing = next(one for one in (folder, *folder.parents) if one.exists())
    free = shutil.disk_usage(existing).free
    level = Level.OK if free >= LITTLE_DISK else Level.LOOK if free >= NO_DISK else Level.WRONG
    repair = "" if level is Level.OK else "free some: `mediagap prune`, or move old backups away"
    return Finding("disk", level, f"{free // 2**20} MB free at {existing}", repair)


def _folders(settings: Settings) -> Iterator[Finding]:
    for name in ("db", "outbox", "report", "backups"):
        folder = getattr(settings, name).resolve()
        folder = folder.parent if name == "db" else folder
        existing = next(one for one in (folder, *folder.parents) if one.exists())
        if not (existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)):
            yield Finding(
                name, Level.WRONG, f"{existing} cannot be written", "give it to the user who runs mediagap"
            )


def _contact(settings: Settings) -> Finding:
    if settings.crawl.contact:
        return Finding("contact", Level.OK, settings.crawl.contact)
    repair = "set contact of [crawl]: an address or page at which the owner of a site reaches you"
    return Finding(
        "contact", Level.LOOK, "none: sites cannot ask you anything, and some refuse such visitors", repair
    )


def _mail(settings: Settings) -> Finding:
    smtp = settings.smtp
    if not smtp.host:
        return Finding(
            "mail",
            Level.LOOK,
            f"no host in [smtp]: letters are files in {settings.outbox}",
            "set it to send them",
        )
    try:
        with send.connected(smtp):
            return Finding("mail", Level.OK, f"{smtp.host} takes connections, {smtp.security}")
    except (MediagapError, send.Unreachable) as error:
        return Finding("mail", Level.WRONG, str(error), "see [smtp] of the settings file")


def _answers(settings: Settings) -> Iterator[Finding]:
    if not settings.imap.host:
        return
    from reports import mailbox  # no other command should wait for what reads mail

    try:
        with mailbox.opened(settings.imap) as folder:
            yield Finding("answers", Level.OK, f"{folder.name} can be read, {settings.imap.security}")
    except MediagapError as error:
        yield Finding("answers", Level.WRONG, str(error), "see [imap] of the settings file")


def _data(settings: Settings) -> Iterator[Finding]:
    loaders: dict[str, Callable[[], str]] = {
        "catalogue": lambda: f"{len(work.known(settings).entries)} entries",
        "sources": lambda: f"{len(registry.load(settings.sources))} outlets",
    }
    for what, load in loaders.items():
        try:
            yield Finding(what, Level.OK, load())
        except MediagapError as error:
            yield Finding(
                what, Level.WRONG, str(error), "mend the file; until then the last good state is used"
            )


def _learned(settings: Settings) -> Iterator[Finding]:
    """Of weights that were learned here, if there are any."""
    repair = "`mediagap match learn` makes them anew; without the file the program's weights are used"
    try:
        stored = learned.stored(settings.learned)
    except MediagapError as error:
        yield Finding("learned weights", Level.WRONG, str(error), repair)
        return
    if stored and stored.outdated:
        found = f"learned by matcher {stored.program}, of no use to this one: the program's are used"
        yield Finding("learned weights", Level.LOOK, found, repair)
    elif stored:
        yield Finding("learned weights", Level.OK, stored.model.version)


def _database(db: Database, settings: Settings, now: datetime) -> Iterator[Finding]:
    yield from (_integrity(db), _references(db), *_orphans(db), _times(db, now))
    outlets, version = {}, ""
    with suppress(MediagapError):  # told by _data
        outlets, version = work.polled(settings), work.version(settings)
    yield from _running(state.read(db, outlets, settings.schedule, version, now, settings.imap.interval))
    yield _letters(db)


def _integrity(db: Database) -> Finding:
    (found,) = db.conn.execute("PRAGMA integrity_check").fetchone()
    repair = "" if found == "ok" else "stop the schedule, then `mediagap restore` the newest backup"
    return Finding("integrity", Level.OK if found == "ok" else Level.WRONG, found, repair)


def _references(db: Database) -> Finding:
    broken = sorted({str(row[0]) for row in db.conn.execute("PRAGMA foreign_key_check")})
    if not broken:
        return Finding("references", Level.OK, "each row's article, delivery and reader is there")
    return Finding(
        "references", Level.WRONG, f"broken in {', '.join(broken)}", "restore a backup from before; tell us"
    )


_ORPHANS: dict[str, str] = {
    "stories": "SELECT count(*) FROM stories WHERE story NOT IN (SELECT id FROM articles)"
    " OR (source IS NOT NULL AND source NOT IN (SELECT id FROM articles))",
    "story_links": "SELECT count(*) FROM story_links WHERE other NOT IN (SELECT id FROM articles)",
    "texts": "SELECT count(*) FROM articles WHERE reading <> 'title' AND id NOT IN (SELECT article FROM texts)",
}


def _orphans(db: Database) -> Iterator[Finding]:
    for table, sql in _ORPHANS.items():
        ((number,),) = db.conn.execute(sql).fetchall()
        if number:
            yield Finding(
                f"orphans in {table}", Level.WRONG, f"{number} rows", "restore a backup from before; tell us"
            )


_STAMPS = (
    "SELECT max(fetched) FROM attempts", "SELECT max(started) FROM job_runs", "SELECT max(beat) FROM heartbeats",
    "SELECT max(first_seen) FROM articles",
)  # fmt: skip


def _times(db: Database, now: datetime) -> Finding:
    stamps = [found for sql in _STAMPS if (found := db.conn.execute(sql).fetchone()[0])]
    ahead = [one for one in stamps if moment(one) > now + AHEAD]
    if not ahead:
        return Finding("times", Level.OK, "nothing was noted in the future")
    repair = "set the clock (NTP); what was noted ahead is waited for until then"
    return Finding("times", Level.WRONG, f"noted at {max(ahead)}, now it is {now:%Y-%m-%dT%H:%M}Z", repair)


def _running(found: state.Status) -> Iterator[Finding]:
    if found.lease.alive(found.now):
        yield Finding("schedule", Level.OK, f"kept by {found.lease.holder}")
    else:
        yield Finding(
            "schedule", Level.LOOK, "nobody keeps it", "start `mediagap schedule`, or its systemd unit"
        )
    if found.missed:
        last = found.missed[-1]
        told = f"{len(found.missed)} in {state.LOOK_BACK.days} days, last {last.job} of {last.due:%Y-%m-%d %H:%M} UTC"
        yield Finding("missed runs", Level.LOOK, told, "`mediagap status` lists them; keep the host awake")
    dead = [name for name, run, _ in found.jobs if run and run.outcome in (Result.FAILED, Result.DIED)]
    if dead:
        yield Finding(
            "last runs", Level.LOOK, f"did not end well: {', '.join(dead)}", "`mediagap status` says why"
        )
    if found.failing:
        tried = any(one.tries for one in found.failing)
        level = Level.WRONG if tried and len(found.failing) == found.sources else Level.LOOK
        repair = "`mediagap sources health`; all at once: the network, a proxy, or DNS"
        yield Finding(
            "sources", level, f"{len(found.failing)} of {found.sources} fail or were never tried", repair
        )
    if found.waiting:
        yield Finding("matching", Level.LOOK, f"{found.waiting} articles wait", "`mediagap match`")


def _letters(db: Database) -> Finding:
    sql = "SELECT week, count(*) AS number FROM deliveries WHERE state IN (?, ?) GROUP BY week ORDER BY week"
    rows = query(db, sql, (State.UNCERTAIN, State.SENDING))
    if not rows:
        return Finding("letters", Level.OK, "none is uncertain")
    told = ", ".join(f"{row['week']}: {row['number']}" for row in rows)
    return Finding("letters", Level.LOOK, f"uncertain {told}", "ask the reader, then `mediagap letter resend`")


def _backup(settings: Settings, now: datetime) -> Finding:
    made = sorted(settings.backups.glob(backup.PATTERN))
    age = now - datetime.fromtimestamp(made[-1].stat().st_mtime, UTC) if made else None
    if age is not None and age <= OLD_BACKUP:
        return Finding("backup", Level.OK, f"{made[-1]}")
    return Finding(
        "backup", Level.LOOK, f"the newest is {age.days} days old" if age else "none", "`mediagap backup`"
    )
