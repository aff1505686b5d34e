"""5,000 feeds polled a second time: what a regular pass costs."""

import argparse
import resource
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from multiprocessing import Value
from pathlib import Path

from crawlers.bench._press import HANG_UP, STALL, Answer, serving, write_outlets
from crawlers.bench._processes import readers_watched
from crawlers.run import CrawlSettings, crawl
from crawlers.settings import CONCURRENT_REQUESTS

ENTRIES, NEW = 60, 5
PROSE = (
    "В Гомеле подписали соглашение о сотрудничестве с Брянской областью. Документ рассчитан на пять лет. " * 8
)
START = datetime(2026, 11, 24, 6, tzinfo=UTC)
_ITEM = "<item><title>Новость {n}</title><link>/{n}</link><pubDate>{when}</pubDate><description>{text}</description></item>"


def feed(number: int, first: int) -> bytes:
    items = "".join(
        _ITEM.format(
            n=n, text=f"{PROSE} {number}/{n}.",
            when=(START - timedelta(hours=100 - n)).strftime("%a, %d %b %Y %H:%M:%S +0000"),
        )
        for n in range(first + ENTRIES - 1, first - 1, -1)
    )  # fmt: skip
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Газета</title>{items}</channel></rss>'.encode()


def _processor_seconds() -> float:
    """Of this process and of those it has waited for: neither the press nor what reads for the crawl."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m crawlers.bench polls", description=__doc__)
    parser.add_argument("--feeds", type=int, default=5000)
    parser.add_argument("--timeout", type=float, default=2.0)
    told = parser.parse_args(arguments)
    count = told.feeds
    second = Value("b", 0)

    def say(number: int, path: str, headers: dict[str, str]) -> Answer:
        if path == "/robots.txt":
            return Answer(b"", 404)
        if path != "/rss":  # the page with which an entry is compared once
            text = f"{PROSE} {number}{path}.".encode()
            return Answer(b"<html><body><article><h1>A</h1><p>" + text + b"</p></article></body></html>")
        kind = number % 100  # 0 to 79: nothing new; 80 to 89: new entries; 90 to 99: fails
        if not second.value or kind < 80:
            etag = f'ETag: "{number}"\r\n' if kind % 2 else ""
            if etag and headers.get("if-none-match"):
                return Answer(b"", 304, etag)
            return Answer(feed(number, 0), headers=etag)
        if kind < 90:
            return Answer(feed(number, NEW))
        if kind < 92:
            return Answer(b"", STALL)
        ways = [Answer(b"", 403), Answer(b"", 404), Answer(b"", 500), Answer(b"<html>"), Answer(b"", HANG_UP)]
        return ways[kind % 5]

    with tempfile.TemporaryDirectory() as name, serving(say) as port:
        folder = Path(name)
        write_outlets(folder / "sources", [[{"kind": "feed", "url": "/rss", "content": "full"}]] * count, port)
        settings = {"timeout": told.timeout, "delay": 0.0, "retries": 0, "loopback_ports": (port,)}
        for title, now in (("first", START), ("second", START + timedelta(hours=6))):
            begun, before = time.monotonic(), _processor_seconds()
            with readers_watched() as used:
                found = crawl(CrawlSettings(folder / "a.db", folder / "sources", now=now, **settings))
            took, worked, read = time.monotonic() - begun, _processor_seconds() - before, sum(used.values())
            outcomes = Counter(one.outcome for one in found)
            sys.stdout.write(
                f"{title} poll: {took:.1f} s, {count / took:.0f} feeds a second by the clock; processor time {worked:.1f} s of the "
                f"crawl, {count / worked:.0f} feeds a second, and {read:.1f} s of its readers; {CONCURRENT_REQUESTS} requests "
                f"at a time; {dict(outcomes.most_common())}, {sum(one.entries_new for one in found)} new entries\n"
            )
            second.value = 1
    return 0
