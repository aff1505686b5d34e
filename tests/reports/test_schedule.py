"""The real scheduler, status beside it, and a second one: processes, a database and a local press."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawlers import store
from crawlers.dates import stamp
from reports import jobs, lease
from reports.jobs import Result
from reports.timing import WEEKDAYS
from reports.work import TABLES
from tests.crawlers.local_press import Answer
from tests.program import mediagap, started
from tests.reports.newsstand import Newsstand

MINUTES = timedelta(minutes=1)


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def letters_at(moment: datetime) -> str:
    """Settings by which letters are due at this full hour of each week."""
    reader = "[[recipients]]\naddress = 'editor@example.org'\nregion = 'BY-HO'\n"
    weekday = WEEKDAYS[moment.weekday()]
    return f"{reader}[schedule]\nzone = 'UTC'\nhour = {moment.hour}\nweekday = '{weekday}'\n"


@contextmanager
def keeping(stand: Newsstand) -> Iterator[subprocess.Popen[str]]:
    process = started("schedule", "--config", str(stand.config), "--json", env=stand.env)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def wait_for(process: subprocess.Popen[str], *wanted: str) -> None:
    """Reads what the scheduler says until it has said all that is wanted, in this order."""
    assert process.stdout is not None
    for part in wanted:
        for line in process.stdout:
            told = json.loads(line)
            if part in told["remark"]:
                assert ("seconds" in told) == (
                    told["remark"] == f"{told.get('job')}: {told.get('outcome')} {told.get('detail')}".rstrip()
                )
                break
        else:
            pytest.fail(f"ended before it said {part!r}: {process.stderr and process.stderr.read()}")


def stop(process: subprocess.Popen[str], number: signal.Signals = signal.SIGTERM) -> str:
    process.send_signal(number)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return str(json.loads(out.splitlines()[-1])["remark"])


def status(stand: Newsstand) -> dict[str, Any]:
    done = mediagap("status", "--json", "--config", str(stand.config))
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def runs(stand: Newsstand) -> list[tuple[str, str]]:
    return stand.rows("SELECT job, outcome FROM job_runs WHERE job <> 'schedule' ORDER BY id")  # type: ignore[return-value]


def test_first_start_crawls_and_matches_and_ends_when_asked(stand: Newsstand) -> None:
    stand.outlet("gomel", 2)
    stand.outlet("asked", on_request=True)
    stand.outlet("listed", restrictions=[{"jurisdiction": "BY", "kind": "to_verify", "as_of": None}])
    stand.outlet("minsk", region=None, level="national")
    stand.site["/minsk/rss"] = Answer("", 403)
    with keeping(stand) as process:
        wait_for(
            process, "crawl regional: done", "match: done", "crawl national: nothing_observed", "match: done"
        )
        during = status(stand)
        second = mediagap("schedule", "--config", str(stand.config), env=stand.env)
        assert "what is pending stays so" in stop(process)
    assert during["schedule"]["kept"] is True
    assert during["schedule"]["holder"] in second.stderr
    assert (second.returncode, len(second.stderr.splitlines())) == (4, 1)
    assert [(f["source"], f["outcome"], f["tries"]) for f in during["failing"]] == [
        ("minsk/feed", "blocked", 1)
    ]
    assert (during["waiting"], during["letters"], during["missed"]) == (0, None, [])
    by_name = {one["job"]: one for one in during["jobs"]}
    assert by_name["crawl regional"]["last"]["detail"] == "1 of 1 sources read, 2 new"
    assert by_name["crawl regional"]["next"] > during["now"]
    assert by_name["letters"]["last"] is None
    after = status(stand)
    assert (after["schedule"]["kept"], after["schedule"]["holder"]) == (False, None)
    assert after["schedule"]["heartbeat"] is not None


def test_downtime_is_made_up_for_and_recorded(stand: Newsstand) -> None:
    """The last letters were written three weeks ago by a process that died an hour ago in a crawl."""
    stand.outlet("gomel", 1)
    due = now().replace(minute=0, second=0)
    stand.settings(letters_at(due))
    db = store.open_database(stand.db, TABLES)
    weeks = [due - timedelta(weeks=n) for n in (3, 2, 1)]
    jobs.finish(db, jobs.start(db, "letters", weeks[0], weeks[0]), Result.DONE, "", weeks[0])
    jobs.start(db, "crawl regional", due - 60 * MINUTES, due - 60 * MINUTES)
    lease.take(db, "dead:1:00", now() - 60 * MINUTES)
    db.conn.close()
    assert "NOT KEPT" in mediagap("status", "--config", str(stand.config)).stdout
    with keeping(stand) as process:
        wait_for(process, "dead:1:00 gave no sign of life", "letters: done")
        stop(process, signal.SIGINT)
    found = runs(stand)
    assert found[:2] == [("letters", "done"), ("crawl regional", "died")]
    assert found.index(("crawl regional", "done")) < found.index(("letters", "done"), 1)
    missed = [one["due"] for one in status(stand)["missed"] if one["job"] == "letters"]
    assert missed == [stamp(week) for week in weeks[1:]]
    written = stand.rows("SELECT due FROM job_runs WHERE job = 'letters' AND outcome = 'done' AND id > 1")
    assert written == [(stamp(due),)]
    (letter,) = (stand.folder / "outbox").glob("*.eml")
    year, week, _ = (due - timedelta(days=7)).isocalendar()
    assert letter.name.startswith(f"{year}-W{week:02}.")


def test_stopped_in_a_crawl_its_child_ends_and_the_rest_stays_pending(stand: Newsstand) -> None:
    stand.outlet("gomel", 6)
    stand.site["/gomel/3"] = Answer(hangs=True)
    with keeping(stand) as process:
        assert stand.site.stuck.wait(60)
        stop(process)
    assert runs(stand) == [("crawl regional", "interrupted")]
    pending = stand.rows("SELECT count(*) FROM pages WHERE state = 'pending'")[0][0]
    assert pending > 0
    # the child is gone: it would still hold the crawl
    stand.site["/gomel/3"] = Answer("", 404)
    stand.site.released.set()
    assert mediagap("crawl", "--config", str(stand.config), env=stand.env).returncode == 0
    assert stand.rows("SELECT count(*) FROM pages WHERE state = 'pending'") == [(0,)]


def test_child_that_outlives_a_killed_crawl_reads_on_and_letters_wait_for_it(stand: Newsstand) -> None:
    stand.outlet("gomel", 6)
    stand.settings("[[recipients]]\naddress = 'editor@example.org'\nregion = 'BY-HO'\n")
    stand.site["/gomel/rss"] = replace(stand.site.answer("/gomel/rss"), hangs=True)
    process = started("crawl", "--config", str(stand.config), env=stand.env)
    assert stand.site.stuck.wait(60)
    process.kill()
    for stream in (process.stdout, process.stderr):  # its child is not to find a reader any more
        assert stream is not None
        stream.close()
    process.wait()
    refused = mediagap("letter", "send", "--config", str(stand.config))
    assert (refused.returncode, "letters wait for its end" in refused.stderr) == (4, True)
    assert stand.rows("SELECT count(*) FROM deliveries") == [(0,)]
    stand.site.released.set()
    deadline = time.monotonic() + 60
    while (sent := mediagap("letter", "send", "--config", str(stand.config))).returncode == 4:
        assert time.monotonic() < deadline
    assert sent.returncode == 0, sent.stderr
    assert stand.rows("SELECT state, count(*) FROM pages GROUP BY state") == [("read", 6)]
    assert stand.rows("SELECT count(*) FROM matched") == [(6,)]


# The real command with a quick heart: at its usual pace the test would wait half a minute.
QUICK = "from reports import cli, lease; lease.BEAT_SECONDS = 0.1; cli.main()"


def test_holder_whose_lease_was_taken_over_ends(stand: Newsstand) -> None:
    """It was suspended for so long that another took over; even a crawl under way is ended."""
    stand.outlet("gomel", 1)
    stand.site["/gomel/rss"] = Answer(hangs=True)
    command = [sys.executable, "-c", QUICK, "schedule", "--config", str(stand.config)]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env={**os.environ, **stand.env}
    ) as process:
        assert stand.site.stuck.wait(60)
        db = store.open_database(stand.db, TABLES)
        assert lease.read(db).alive(now())
        lease.take(db, "another", now() + 2 * lease.DEAD_AFTER)
        db.conn.close()
        _, err = process.communicate(timeout=60)
    assert process.returncode == 4
    assert "another process has taken the schedule over" in err.splitlines()[-1]
    assert stand.rows("SELECT holder FROM leases") == [("another",)]


def test_a_fault_in_the_catalogue_stops_nothing_and_is_told(stand: Newsstand) -> None:
    """Somebody edits an entry on Monday morning: the catalogue as it was last read matches and writes the letters."""
    stand.outlet("gomel", 1)
    stand.settings(letters_at(now()))
    db = store.open_database(stand.db, TABLES)
    week_ago = now().replace(minute=0, second=0) - timedelta(weeks=1)
    jobs.finish(db, jobs.start(db, "letters", week_ago, week_ago), Result.DONE, "", week_ago)
    db.conn.close()
    assert mediagap("match", "--config", str(stand.config)).returncode == 0
    (listed,) = (stand.folder / "catalogue" / "xx").iterdir()
    listed.write_text(listed.read_text("utf-8").replace("kind: agreement", "kind: agreemnt"), "utf-8")
    with keeping(stand) as process:
        wait_for(process, "agreemnt", "letters: done")
        stop(process)
    details = stand.rows("SELECT detail FROM job_runs WHERE job IN ('match', 'letters') AND detail <> ''")
    assert len(details) >= 2
    assert all("catalogue as last read" in detail for (detail,) in details)
    assert list((stand.folder / "outbox").glob("*.eml"))
    assert stand.rows("SELECT count(*) FROM matched") == [(1,)]


def test_run_due_reads_only_what_is_due(stand: Newsstand) -> None:
    stand.outlet("gomel", 1)
    command = ("run", "--due", "--config", str(stand.config))
    first = mediagap(*command, env=stand.env)
    assert first.returncode == 0, first.stderr
    asked = len(stand.site.asked)
    stand.outlet("minsk", 1, region=None, level="national")
    second = mediagap(*command, env=stand.env)
    assert "1 of 2 sources are due" in second.stderr
    assert {one.path.split("/")[2] for one in stand.site.asked[asked:]} == {"minsk.example.by"}
    third = mediagap(*command, env=stand.env)
    assert (third.returncode, "0 of 2 sources are due" in third.stderr) == (0, True)


def test_status_without_a_database_says_so(stand: Newsstand) -> None:
    done = mediagap("status", "--config", str(stand.config))
    assert (done.returncode, "no such file" in done.stderr) == (2, True)
