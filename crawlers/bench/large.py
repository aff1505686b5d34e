"""A feed of 50,000 entries beside a small one: an outcome each, bounded memory, and nobody waits for it."""

import argparse
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from crawlers.bench._press import Answer, serving, write_outlets
from crawlers.run import CrawlSettings, crawl

_ITEM = (
    "<item><title>Новость {n} о соглашении</title><link>/{n}</link><pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate>"
    "<description>Подписано соглашение о сотрудничестве на пять лет, номер {n}.</description></item>"
)


def feed(entries: int) -> bytes:
    items = "".join(_ITEM.format(n=n) for n in range(entries))
    return f'<rss version="2.0"><channel><title>Газета</title>{items}</channel></rss>'.encode()


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m crawlers.bench large", description=__doc__)
    parser.add_argument("--entries", type=int, default=50_000)
    large = feed(parser.parse_args(arguments).entries)

    def say(number: int, path: str, _: dict[str, str]) -> Answer:
        if path != "/rss":
            return Answer(b"", 404)
        return Answer(feed(1) if number else large)

    with tempfile.TemporaryDirectory() as name, serving(say) as port:
        folder = Path(name)
        write_outlets(folder / "sources", [[{"kind": "feed", "url": "/rss", "content": "full"}]] * 2, port)
        now = datetime(2026, 11, 24, tzinfo=UTC)
        begun = time.monotonic()
        found = crawl(
            CrawlSettings(folder / "a.db", folder / "sources", delay=0, loopback_ports=(port,), now=now)
        )
        took = time.monotonic() - begun
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = "; ".join(f"{one.outcome}, {one.entries_new} new, {one.duration_ms / 1000:.1f} s" for one in found)
    sys.stdout.write(
        f"{len(large) / 1e6:.1f} MB: {told}; {took:.0f} s in all, crawl without its readers "
        f"{used.ru_utime + used.ru_stime:.0f} s of processor time, peak {used.ru_maxrss / 1000:.0f} MB\n"
    )
    return 0 if all(one.outcome == "new" for one in found) else 1
