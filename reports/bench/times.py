"""How long the commands take on an archive, each in a process of its own with its pages out of memory, and what
they use. `python -m reports.bench archive` makes one. The fastest of the rounds is told: others use the machine too.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from reports.bench.archive import LAST

NOW = str(LAST + timedelta(days=1))
_COMMAND = "from reports.cli import main; main()"
_LETTER = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from reports import mailing, work
from reports.config import Recipient, Settings
now = datetime.fromisoformat(sys.argv[2]).replace(tzinfo=UTC)
reader = Recipient(address="anna@example.org", region="BY-HO", language="ru", profile="open")
settings = Settings(db=Path(sys.argv[1]), outbox=Path(sys.argv[3]), recipients=(reader,))
db = work.open_for(settings)
writer = mailing.writer(settings, db, now)
readers = mailing.readers(settings, db, None)
mailing.preview(writer, readers)
begun = time.perf_counter()
mailing.preview(writer, readers)
print(time.perf_counter() - begun)
"""


class Run(NamedTuple):
    """One process that came to its end."""

    seconds: float
    processor: float
    """Seconds of one core."""
    megabytes: float
    """The most memory that it held at once."""
    printed: str


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m reports.bench times", description=__doc__)
    parser.add_argument("--db", type=Path, required=True)
    parser.add_argument("--query", default="gomel-bryansk-agreement-2016")
    parser.add_argument("--rounds", type=int, default=3)
    told = parser.parse_args(arguments)
    print(f"{told.db.name}: {told.db.stat().st_size / 1e9:.2f} GB")
    with tempfile.TemporaryDirectory() as folder:
        commands = {
            "check": ["check", told.query], "check --json": ["check", told.query, "--json"], "gaps": ["gaps"],
            "report": ["report", "--out", folder],
        }  # fmt: skip
        for name, command in commands.items():
            runs = [_run(told.db, ["-c", _COMMAND, *command, "--now", NOW]) for _ in range(told.rounds)]
            _tell(name, runs, [run.seconds for run in runs])
        runs = [_run(told.db, ["-c", _LETTER, str(told.db), NOW, folder]) for _ in range(told.rounds)]
        _tell("one letter more", runs, [float(run.printed) for run in runs])
    return 0


def _tell(name: str, runs: list[Run], seconds: list[float]) -> None:
    processor, memory = min(run.processor for run in runs), max(run.megabytes for run in runs)
    print(f"{name:16} {min(seconds):6.2f} s, {processor:6.2f} s of a core in all, {memory:5.0f} MB")


def _run(db: Path, arguments: list[str]) -> Run:
    with db.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    environment = {**os.environ, "MEDIAGAP_DB": str(db), "PYTHONUTF8": "1"}
    begun = time.perf_counter()
    child = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, text=True, env=environment)
    assert child.stdout is not None
    with child.stdout:
        printed = child.stdout.read()
    _, status, used = os.wait4(child.pid, 0)
    spent = time.perf_counter() - begun
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{arguments}: ended with {child.returncode}")
    return Run(spent, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, printed)
