"""How fast the desk answers on an archive, and whether 20 readers at once meet an error while a crawl writes."""

import argparse
import http.client
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from urllib.parse import quote
from zoneinfo import ZoneInfo

import uvicorn

from crawlers import archive, store
from crawlers.dates import Published, Quality
from crawlers.items import Item, Reading
from reports import work
from reports.config import Settings
from reports.desk import serve

PORT = 8049
READERS, READS = 20, 15
MOST_MS, MOST_KB = 100, 300
_SEARCHES = ("gomel bryansk", "гомель брянск", "побратим", "бобруск кострома", "mtz")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m reports.bench desk", description=__doc__)
    parser.add_argument("--db", type=Path, required=True, help="a copy: articles are added to it")
    parser.add_argument("--rounds", type=int, default=5)
    told = parser.parse_args(arguments)
    settings = Settings(db=told.db)
    begun = time.perf_counter()
    made = serve.config(settings, "127.0.0.1", PORT)
    print(f"started in {time.perf_counter() - begun:.1f} s")
    server = uvicorn.Server(made)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    board = made.app.app.state.desk.board  # type: ignore[union-attr]
    view = board.view("en")
    lines = [one.line for one in view.lines if one.publications][::25]
    pages = {
        "gap list": ["/gaps", "/gaps?value=all", "/gaps?value=all&sort=title", "/gaps?value=all&times=2"],
        "search": [f"/gaps?value=all&part=list&q={quote(one)}" for one in _SEARCHES],
        "entry": [f"/entry/{line}" for line in lines],
        "pair": [f"/pair/{pair}" for pair in view.pairs[::5]],
        "start": ["/"], "review": ["/review"], "matrix": ["/matrix"], "sources": ["/sources", "/sources?side=BY"],
    }  # fmt: skip
    fast = [_tell(name, paths, told.rounds) for name, paths in pages.items()]
    whole = _crowd(settings, [path for paths in pages.values() for path in paths])
    server.should_exit = True
    thread.join()
    return 0 if all(fast) and whole else 1


def _tell(name: str, paths: Sequence[str], rounds: int) -> bool:
    _ask(paths[0])  # what is made once for a view
    found = [_ask(path) for _ in range(rounds) for path in paths]
    times = sorted(ms for ms, _, _ in found)
    largest = max(size for _, size, _ in found) / 1000
    p95 = times[int(len(times) * 0.95) - (len(times) > 1)]
    print(
        f"{name:9} n {len(times):4}  p50 {median(times):5.0f} ms  p95 {p95:5.0f} ms  largest {largest:4.0f} KB"
    )
    return p95 < MOST_MS and largest < MOST_KB and all(status == 200 for _, _, status in found)


def _ask(path: str) -> tuple[float, int, int]:
    """Milliseconds, bytes and status of one page, over the loopback."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    begun = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    size = len(answer.read())
    spent = (time.perf_counter() - begun) * 1000
    connection.close()
    return spent, size, answer.status


def _crowd(settings: Settings, paths: Sequence[str]) -> bool:
    ended = threading.Event()
    written: list[int] = []
    writer = threading.Thread(target=_write, args=(settings, ended, written))
    writer.start()
    wanted = [paths[n * 7 % len(paths)] for n in range(READERS * READS)]
    with ThreadPoolExecutor(READERS) as readers:
        found = list(readers.map(_ask, wanted))
    ended.set()
    writer.join()
    faults = sum(status != 200 for _, _, status in found)
    times = sorted(ms for ms, _, _ in found)
    print(
        f"{READERS} readers, {len(found)} pages while {sum(written)} articles were written in {len(written)} transactions:"
        f" {faults} errors, p50 {median(times):.0f} ms, p95 {times[int(len(times) * 0.95)]:.0f} ms"
    )
    return faults == 0


def _write(settings: Settings, ended: threading.Event, written: list[int]) -> None:
    """Articles as a crawl stores them, a transaction every twentieth of a second."""
    zone, now = ZoneInfo("Europe/Minsk"), datetime.now(UTC)
    with closing((db := work.open_for(settings)).conn):
        while not ended.wait(0.05):
            with store.writing(db) as connection:
                for n in range(20):
                    url = f"https://bench.example/{now.timestamp()}/{len(written)}/{n}"
                    item = Item(
                        url,
                        f"Headline {n}",
                        "Text. " * 200,
                        Published(now, None, Quality.FEED),
                        None,
                        "ru",
                        Reading.FULL,
                    )
                    archive.save(connection, item, None, "bench", zone, now)
            written.append(20)
