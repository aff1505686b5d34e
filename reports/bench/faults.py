"""Kills crawl, match, letter and schedule at random moments; after each they run on, and nothing is lost or doubled.

`python -m reports.bench faults` kills 200 times in all; `--kills 8 --seed 3 --of match` as many as asked.
"""

import argparse
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawlers.errors import Busy
from crawlers.lock import alone
from reports.bench._stand import ARTICLES, OUTLETS, READERS, Row, Stand, kill

ARTICLES_SQL = "SELECT key, title, text_hash, published, reading FROM articles ORDER BY key"
MATCHES_SQL = (
    "SELECT a.key, m.entry, m.grade FROM matches m JOIN articles a ON a.id = m.article"
    " UNION ALL SELECT a.key, 'matched', m.text_hash FROM matched m JOIN articles a ON a.id = m.article ORDER BY 1, 2"
)
PATIENCE = 90.0
"""Seconds in which what was killed must have run on to its end."""


@dataclass
class Tally:
    kills: int = 0
    too_late: int = 0
    """It had ended before its moment came; not counted as a kill."""
    lost: int = 0
    doubled: int = 0
    unsound: int = 0
    uncertain: int = 0
    """Letters that may have arrived, each listed for the operator."""


class Faults:
    def __init__(self, stand: Stand, chance: random.Random) -> None:
        self._stand, self._chance = stand, chance
        stand.reset(None)
        self._must("crawl")
        self._fetched = stand.keep("fetched")
        self._articles = stand.rows(ARTICLES_SQL)
        self._must("match")
        self._matched = stand.keep("matched")
        self._matches = stand.rows(MATCHES_SQL)
        found = len(self._articles), sum(row[2] == "about" for row in self._matches)
        if found != (OUTLETS * ARTICLES, OUTLETS * ARTICLES):
            raise RuntimeError(f"the press was not read and matched as it should be: {found}")

    def crawl(self, tally: Tally) -> None:
        self._stand.reset(None)
        self._killed(tally, "crawl")
        self._until_done("crawl")
        self._compare(tally, "articles", self._articles, self._stand.rows(ARTICLES_SQL))
        pending = self._stand.rows("SELECT url FROM pages WHERE state = 'pending'")
        tally.lost += len(pending)

    def match(self, tally: Tally) -> None:
        self._stand.reset(self._fetched)
        self._killed(tally, "match")
        self._until_done("match")
        self._compare(tally, "matches", self._matches, self._stand.rows(MATCHES_SQL))

    def letter(self, tally: Tally) -> None:
        self._stand.reset(self._matched)
        self._killed(tally, "letter", "send")
        for _ in range(2):
            self._stand.run("letter", "send")
        self._letters(tally)

    def schedule(self, tally: Tally) -> None:
        self._stand.reset(None)
        self._killed(tally, "schedule")
        for _ in range(2):  # and once more: what is settled stays so
            self._schedule_until_letters()
            # by then all must be in: a letter calls what is not silent
            self._compare(tally, "articles", self._articles, self._stand.rows(ARTICLES_SQL))
            self._compare(tally, "matches", self._matches, self._stand.rows(MATCHES_SQL))
        self._letters(tally)
        tally.unsound += len(self._stand.rows("SELECT id FROM job_runs WHERE outcome = 'running'"))

    def duration(self, job: str) -> float:
        """Seconds that it takes when it is left alone: moments are drawn from them."""
        self._stand.reset({"match": self._fetched, "letter": self._matched}.get(job))
        begun = time.monotonic()
        if job == "schedule":
            self._schedule_until_letters()
        else:
            self._must(*("letter", "send") if job == "letter" else (job,))
        return time.monotonic() - begun

    def _killed(self, tally: Tally, *command: str) -> None:
        if command == ("schedule",):
            self._begin_schedule_in_the_past()
        process = self._stand.start(*command)
        time.sleep(self._chance.uniform(0, self.seconds))
        if kill(process, whole=self._chance.random() < 0.5):
            tally.kills += 1
        else:
            tally.too_late += 1

    seconds = 0.0

    def _schedule_until_letters(self) -> None:
        self._begin_schedule_in_the_past()
        process = self._stand.start("schedule", "--json")
        deadline = time.monotonic() + PATIENCE
        settled = "SELECT 1 FROM job_runs WHERE job = 'letters' AND outcome = 'done'"
        while not self._try(settled):
            if self._try("SELECT 1 FROM job_runs WHERE outcome = 'busy'"):
                process = self._after_the_pause(process)
            if time.monotonic() > deadline or process.poll() is not None:
                kill(process, whole=True)
                raise RuntimeError(f"the schedule did not come to its letters: {process.returncode}")
            time.sleep(0.2)
        process.terminate()
        process.communicate(timeout=60)

    def _after_the_pause(self, process: subprocess.Popen[str]) -> subprocess.Popen[str]:
        """The schedule once the child is gone that held a job up, and the pause after it is over."""
        process.terminate()
        process.communicate(timeout=60)
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                with alone(self._stand.db, "crawl", "the child of a killed crawl does not end"):
                    break
            except Busy:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)
        self._stand.execute("DELETE FROM job_runs WHERE outcome = 'busy'")
        return self._stand.start("schedule", "--json")

    def _begin_schedule_in_the_past(self) -> None:
        """Letters are due since the schedule began an hour before this hour; a dead one's lease is not waited for."""
        self._must("status") if self._stand.db.is_file() else self._must("match")
        ago = (datetime.now(UTC) - timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
        if not self._try("SELECT 1 FROM job_runs WHERE job = 'schedule'"):
            self._stand.execute(
                f"INSERT INTO job_runs (job, due, started, ended, outcome) VALUES ('schedule', '{ago}', '{ago}', '{ago}', 'done')"
            )
        self._stand.execute(f"UPDATE heartbeats SET beat = '{ago}'")

    def _try(self, sql: str) -> list[Row]:
        try:
            return self._stand.rows(sql)
        except sqlite3.OperationalError:  # not made yet, or locked
            return []

    def _must(self, *command: str) -> None:
        code, out = self._stand.run(*command)
        if code:
            raise RuntimeError(f"{' '.join(command)} ended with {code}: {out[-500:]}")

    def _until_done(self, *command: str) -> None:
        """Again while a child that outlived its parent is still at it."""
        deadline = time.monotonic() + PATIENCE
        while True:
            code, out = self._stand.run(*command)
            if code == 0:
                return
            if code != 4 or time.monotonic() > deadline:
                raise RuntimeError(f"{' '.join(command)} ended with {code}: {out[-500:]}")
            time.sleep(0.5)

    def _compare(self, tally: Tally, table: str, expected: list[Row], found: list[Row]) -> None:
        """Tells each row that differs on the error output: what is counted is to be explained."""
        before, after = Counter(expected), Counter(found)
        lost, doubled = before - after, after - before
        tally.lost += lost.total()
        tally.doubled += doubled.total()
        for sign, rows in (("-", lost), ("+", doubled)):
            for row in sorted(rows.elements(), key=str):
                print(f"  {sign} {table}: {' | '.join(map(str, row))}", file=sys.stderr)
        self._sound(tally)

    def _letters(self, tally: Tally) -> None:
        states: dict[str, str] = dict(self._stand.rows("SELECT address, state FROM deliveries"))
        taken = self._stand.mailbox.taken
        listed = {address for address, state in states.items() if state == "uncertain"}
        tally.uncertain += len(listed)
        tally.doubled += sum(number - 1 for number in taken.values())
        tally.lost += len(set(READERS) - set(taken) - listed)
        tally.unsound += len(set(READERS) - set(taken) & {a for a, s in states.items() if s == "sent"} - listed)
        self._sound(tally)

    def _sound(self, tally: Tally) -> None:
        with closing(sqlite3.connect(self._stand.db)) as connection:
            tally.unsound += connection.execute("PRAGMA integrity_check").fetchone() != ("ok",)
            tally.unsound += len(connection.execute("PRAGMA foreign_key_check").fetchall())


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m reports.bench faults", description=__doc__)
    jobs = ("crawl", "match", "letter", "schedule")
    parser.add_argument("--kills", type=int, default=50, help="kills of each (50: 200 in all)")
    parser.add_argument("--of", choices=jobs, action="append", help="only these")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    wrong = 0
    print(
        f"{'killed':10}{'kills':>7}{'lost':>6}{'doubled':>9}{'unsound':>9}{'uncertain, listed':>19}   of seconds"
    )
    with tempfile.TemporaryDirectory() as folder:
        stand = Stand(Path(folder))
        try:
            for job in chosen.of or jobs:
                # a seed for each, so that one alone gives the moments that it has in all
                faults = Faults(stand, random.Random(f"{chosen.seed} {job}"))
                tally = run(faults, job, chosen.kills)
                wrong += tally.lost + tally.doubled + tally.unsound
                print(
                    f"{job:10}{tally.kills:7}{tally.lost:6}{tally.doubled:9}{tally.unsound:9}{tally.uncertain:19}"
                    f"   {faults.seconds:.1f}", flush=True,
                )  # fmt: skip
        finally:
            stand.close()
    return int(wrong > 0)


def run(faults: Faults, job: str, kills: int) -> Tally:
    """Kills until it was alive so often when its moment came."""
    faults.seconds = faults.duration(job)
    tally = Tally()
    one: Callable[[Tally], None] = getattr(faults, job)
    while tally.kills < kills:
        one(tally)
    return tally
