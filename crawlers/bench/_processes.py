"""What the processes below one are and hold, as Linux tells it."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def children(pid: int) -> list[int]:
    try:
        told = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [int(one) for one in told.split()]


def descendants(pid: int) -> list[int]:
    return [one for child in children(pid) for one in (child, *descendants(child))]


def of_session(session: int) -> list[int]:
    """All that a process group leader started, also what has lost its parent."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(path.name)) == session:
                found.append(int(path.name))
        except ProcessLookupError:
            continue
    return found


def megabytes(pid: int) -> float:
    """Resident memory; 0 for one that has ended."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * 4096 / 1e6
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


def processor_seconds(pid: int) -> float:
    """What a process has used by itself, without what it has waited for; 0 for one that has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def readers_watched() -> Iterator[dict[int, float]]:
    """Processor time by process, of those that processes started from now on start: what reads for a crawl.

    Nobody waits for them, so it is looked at five times a second: each may have used a fifth of a second more.
    """
    others, used = {os.getpid(), *children(os.getpid())}, dict[int, float]()
    over = threading.Event()

    def look() -> None:
        while not over.wait(0.2):
            for crawl in set(children(os.getpid())) - others:
                for pid in descendants(crawl):
                    used[pid] = max(used.get(pid, 0.0), processor_seconds(pid))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield used
    finally:
        over.set()
        watcher.join()
