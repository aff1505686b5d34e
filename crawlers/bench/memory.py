"""What a crawl of many article pages grows by: its own process, and the ones that read for it."""

import argparse
import os
import random
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from crawlers.bench import _processes as processes
from crawlers.bench._press import Answer, host, serving, write_outlets
from crawlers.run import CrawlSettings, Event, crawl

OUTLETS = 40
EVERY = 250
WARM = 1000
"""Pages after which the libraries have filled what they keep in any case."""
WORDS = [
    "область",
    "соглашение",
    "район",
    "завод",
    "поставка",
    "делегация",
    "выставка",
    "институт",
    "договор",
    "встреча",
    "предприятие",
    "газета",
    "школа",
    "хозяйство",
    "транспорт",
    "культура",
    "посёлок",
    "губернатор",
    "совет",
    "проект",
    "техника",
    "молоко",
    "лён",
    "турнир",
    "концерт",
]


def page(number: int) -> bytes:
    """An article of some 300 words among menus and links to others, as no two sites print it."""
    words = random.Random(number)
    paragraphs = "".join(
        f"<p>{' '.join(words.choice(WORDS) + str(words.randrange(10**6)) for _ in range(40))}.</p>"
        for _ in range(8)
    )
    links = "".join(f'<li><a href="/{words.randrange(10**9)}">{words.random()}</a></li>' for _ in range(150))
    return (
        f'<html lang="ru"><head><title>Новость {number}</title><meta property="article:published_time"'
        f' content="2026-11-20T10:00:00+03:00"></head><body><nav><ul>{links}</ul></nav><article>'
        f"<h1>Новость {number}</h1>{paragraphs}</article></body></html>"
    ).encode()


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m crawlers.bench memory", description=__doc__)
    parser.add_argument("--pages", type=int, default=10_000)
    each = parser.parse_args(arguments).pages // OUTLETS

    def say(number: int, path: str, headers: dict[str, str]) -> Answer:
        if path == "/map.xml":
            listed = "".join(
                f"<url><loc>http://{headers['host']}/{n}</loc><lastmod>2026-11-20T10:00:00Z</lastmod></url>"
                for n in range(each)
            )
            return Answer(f"<urlset>{listed}</urlset>".encode())
        return Answer(b"", 404) if path == "/robots.txt" else Answer(page(number * each + int(path[1:])))

    seen: list[tuple[int, float, float]] = []
    pages = 0

    def look(event: Event) -> None:
        nonlocal pages
        pages += event["event"] == "page"
        if event["event"] == "page" and pages % EVERY == 0:
            (crawling,) = set(processes.children(os.getpid())) - others
            readers = sum(map(processes.megabytes, processes.descendants(crawling)))
            seen.append((pages, processes.megabytes(crawling), readers))

    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as name, serving(say) as port:
        write_outlets(Path(name) / "sources", [[{"kind": "sitemap", "url": "/map.xml"}]] * OUTLETS, port)
        assert host(0)
        others = set(processes.children(os.getpid()))  # the press, and what else we may have started
        crawl(
            CrawlSettings(
                Path(name) / "a.db", Path(name) / "sources", delay=0, retries=0, most_pages=each + 1,
                loopback_ports=(port,), now=datetime(2026, 11, 24, tzinfo=UTC),
            ),
            look,
        )  # fmt: skip
    warm = [one for one in seen if one[0] >= min(WARM, pages // 2)]
    (first, *start), (last, *end) = warm[0], warm[-1]
    scale = 10_000 / (last - first)
    sys.stdout.write(
        f"{pages} pages in {time.monotonic() - begun:.0f} s; from page {first} to {last}: the crawl "
        f"{start[0]:.0f} to {end[0]:.0f} MB, {(end[0] - start[0]) * scale:.0f} MB for 10,000 pages; its readers "
        f"together at most {max(one[2] for one in warm):.0f} MB, {(end[1] - start[1]) * scale:.0f} MB for 10,000\n"
    )
    return 0
