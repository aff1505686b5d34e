"""Takes away what the retention settings let go. Nothing that a figure rests on is among it."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from sqlite_utils import Database

from crawlers.dates import stamp
from crawlers.store import writing
from reports import backup
from reports.config import Settings

ROBOTS = timedelta(days=30)
"""They are read anew after a day; older ones are of sites that nobody asks any more."""


class Pruned(NamedTuple):
    job_runs: int
    robots: int
    letters: list[Path]
    """Files of the outbox."""
    backups: list[Path]


# The first run tells since when the schedule is kept, the last of each kind and outcome what is due next.
_OLD_RUNS = """
    outcome <> 'running' AND coalesce(ended, due) < ?
    AND id <> (SELECT min(id) FROM job_runs WHERE started IS NOT NULL)
    AND id NOT IN (SELECT max(id) FROM job_runs GROUP BY job, outcome)"""


def prune(db: Database, settings: Settings, now: datetime, rehearse: bool = False) -> Pruned:
    """Deletes and returns what is old; with `rehearse` only returns it."""
    kept = settings.retention
    runs = (stamp(now - timedelta(days=kept.job_days)),)
    robots = (stamp(now - ROBOTS),)
    verb = "SELECT count(*)" if rehearse else "DELETE"
    with writing(db) as connection:
        counts = []
        for table, condition, values in (("job_runs", _OLD_RUNS, runs), ("robots", "fetched < ?", robots)):
            cursor = connection.execute(f"{verb} FROM {table} WHERE {condition}", values)
            counts.append(cursor.fetchone()[0] if rehearse else cursor.rowcount)
    before = (now - timedelta(days=kept.outbox_days)).timestamp()
    letters = [path for path in sorted(settings.outbox.glob("*.eml")) if path.stat().st_mtime < before]
    backups = sorted(settings.backups.glob(backup.PATTERN))[: -kept.backups]
    for path in () if rehearse else (*letters, *backups):
        path.unlink()
    return Pruned(counts[0], counts[1], letters, backups)
