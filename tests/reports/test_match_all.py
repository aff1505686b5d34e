"""`mediagap match --all`: in processes, stopped at any moment, and gone on with."""

import os
import signal
import time
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crawlers import archive, store
from crawlers.dates import Published, Quality
from crawlers.items import Item, Reading
from reports.work import TABLES
from tests.program import mediagap, started

MINSK = ZoneInfo("Europe/Minsk")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ARTICLES = 1_600
TELLING = "Кострома и Бобруйск отметили годовщину побратимства"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An archive all of whose articles were matched by an older program."""
    db = store.open_database(tmp_path / "mediagap.db", TABLES)
    with store.writing(db) as connection:
        for number in range(ARTICLES):
            text = " ".join(f"слово{number * 40 + n}" for n in range(40))  # no two are of one story
            item = Item(
                f"https://example.by/{number}", f"{TELLING} {number}", text, Published(NOW, None, Quality.FEED),
                language="ru", reading=Reading.FULL,
            )  # fmt: skip
            archive.save(connection, item, "example", "example.feed", MINSK, NOW)
        connection.execute(
            "INSERT INTO matched (article, text_hash, version, outlet, day, language)"
            " SELECT id, text_hash, 'older', outlet, published_day, language FROM articles"
        )
    db.close()
    return tmp_path / "mediagap.db"


def counts(path: Path) -> tuple[int, int]:
    """How many articles are to be matched still, and how many have an answer."""
    db = store.open_database(path, TABLES, "read")
    (again,) = db.conn.execute("SELECT count(*) FROM matched WHERE version = 'again'").fetchone()
    (done,) = db.conn.execute("SELECT count(DISTINCT article) FROM matches").fetchone()
    db.close()
    return again, done


def descendants(pid: int) -> set[int]:
    """Processes that a process has started, and theirs."""
    found, waiting = set(), [pid]
    while waiting:
        path = Path(f"/proc/{(one := waiting.pop())}/task/{one}/children")
        children = [int(child) for child in path.read_text().split()] if path.exists() else []
        found |= set(children)
        waiting += children
    return found


def alive(pids: set[int]) -> set[int]:
    stats = {pid: Path(f"/proc/{pid}/stat") for pid in pids}
    return {pid for pid, path in stats.items() if path.exists() and ") Z " not in path.read_text()}


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="no /proc to see processes in")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_stopped_and_gone_on_with(path: Path, number: int, code: int) -> None:
    arguments = ("match", "--all", "--processes", "2", "--db", str(path))
    process = started(*arguments)
    assert process.stderr is not None
    line = ""
    while f"of {ARTICLES} articles" not in line:
        line = process.stderr.readline()
        assert line, "it ended without a sign of progress"
    helpers = descendants(process.pid)
    assert len(helpers) >= 2
    os.kill(process.pid, number)
    process.communicate(timeout=60)
    assert process.returncode == code
    again, done = counts(path)
    assert again + done == ARTICLES
    assert 0 < done < ARTICLES
    deadline = time.monotonic() + 30
    while alive(helpers) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not alive(helpers)
    resumed = mediagap(*arguments)
    assert resumed.returncode == 0, resumed.stderr
    assert "Going on where an earlier `match --all` was stopped" in resumed.stderr
    assert resumed.stdout.startswith(f"{again} articles: {again} about")
    assert counts(path) == (0, ARTICLES)
