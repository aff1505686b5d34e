"""A crawl that is killed at a random moment and run again has the archive of one that was not disturbed."""

import argparse
import gzip
import json
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from crawlers import store
from crawlers.bench import _processes as processes
from crawlers.bench._press import Answer, serving, write_outlets
from crawlers.errors import Busy
from crawlers.migrations import migrations
from crawlers.run import CrawlSettings, crawl

NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)
LATER = NOW + timedelta(hours=6)
ENTRIES = 12
VICTIMS = ("all", "crawling", "waiting")
"""Who is killed in turn: all at once, as by a power cut; the process that crawls; the one that waits for it."""
OVER = "over"
PATIENCE = 60.0
"""Seconds in which a crawl that lost its parent must have ended."""
PROSE = (
    "В Гомеле подписали соглашение о сотрудничестве с Брянской областью. Документ рассчитан на пять лет. " * 4
)
KINDS: list[list[dict[str, Any]]] = [
    [{"kind": "feed", "url": "/rss"}],
    [{"kind": "feed", "url": "/rss", "content": "full"}],
    [{"kind": "sitemap", "url": "/map.xml"}],
    [{"kind": "wordpress", "url": "/posts", "content": "full"}],
]


def say(number: int, path: str, headers: dict[str, str], entries: int) -> Answer:
    """Outlets of all kinds; listings with an ETag are answered 304 where they are known."""
    home, numbers = f"http://{headers['host']}", range(entries)
    when = [NOW - timedelta(hours=n + 1) for n in numbers]
    if path == "/robots.txt":
        return Answer(b"User-agent: *\nDisallow: /private\n")
    etag = f'ETag: "{number}"\r\n'
    if headers.get("if-none-match"):
        return Answer(b"", 304, etag)
    if path == "/rss":
        text = PROSE if number % len(KINDS) else "Коротко"
        items = "".join(
            f"<item><title>Новость {n}</title><link>/{n}</link><pubDate>{when[n]:%a, %d %b %Y %H:%M:%S} +0000"
            f"</pubDate><description>{text} {n}.</description></item>"
            for n in numbers
        )
        return Answer(f'<rss version="2.0"><channel>{items}</channel></rss>'.encode(), headers=etag)
    if path == "/map.xml":
        parts = "".join(f"<sitemap><loc>{home}/{part}.xml.gz</loc></sitemap>" for part in (0, 1))
        return Answer(f"<sitemapindex>{parts}</sitemapindex>".encode(), headers=etag)
    if path.endswith(".xml.gz"):
        listed = "".join(
            f"<url><loc>{home}/{n}</loc><lastmod>{when[n].isoformat()}</lastmod></url>"
            for n in numbers[int(path[1]) :: 2]
        )
        return Answer(gzip.compress(f"<urlset>{listed}</urlset>".encode()))
    if path.startswith("/posts"):
        posts = [
            {"id": n, "link": f"{home}/{n}", "date_gmt": f"{when[n]:%Y-%m-%dT%H:%M:%S}",
             "title": {"rendered": f"Запись {n}"}, "content": {"rendered": f"<p>{PROSE} {n}.</p>"}}
            for n in numbers
        ]  # fmt: skip
        return Answer(json.dumps(posts).encode(), headers="X-WP-TotalPages: 1\r\n")
    # every other feed that is declared whole gives beginnings, which shows once a page is read
    more = "".join(f"<p>Абзац {n}. {PROSE}</p>" for n in range(number // len(KINDS) % 2 * 3))
    return Answer(
        f"<html><head><title>Новость {path[1:]}</title></head><body><article><h1>Новость {path[1:]}</h1>"
        f"<p>{PROSE} {path[1:]}.</p>{more}</article></body></html>".encode()
    )


ARCHIVE = {
    "article": "SELECT key, title, text_hash, published, reading, language, outlet, source FROM articles",
    "text": "SELECT key, body FROM articles JOIN texts ON article = id",
    "found": "SELECT key FROM articles_fts f JOIN articles ON id = f.rowid WHERE articles_fts MATCH 'соглашении'",
    "page": "SELECT url, state FROM pages",
    "listing": "SELECT source, etag, body_hash FROM source_state",
    "entry": "SELECT source, key FROM entries_seen",
    "stub": "SELECT source, stub FROM stub_checks",
    "database": "PRAGMA integrity_check",
}
"""What has to be the same. Neither when a thing was seen first nor the rows of attempts can be."""


def archived(db: Path) -> set[tuple[object, ...]]:
    with closing(store.open_database(db, [migrations]).conn) as connection:
        return {(name, *row) for name, query in ARCHIVE.items() for row in connection.execute(query)}


def _killed(settings: CrawlSettings, victim: str, after: float, whole: int) -> str:
    """Starts a crawl, kills it after so many seconds and runs it again; what was done then."""
    waiting = multiprocessing.get_context("fork").Process(target=_crawl_apart, args=(settings,))
    waiting.start()
    assert waiting.pid
    waiting.join(after)
    done = OVER
    if waiting.exitcode is None:
        with suppress(ProcessLookupError):
            if victim == "all":
                os.killpg(waiting.pid, signal.SIGKILL)
            elif victim == "waiting":
                os.kill(waiting.pid, signal.SIGKILL)
            else:
                for pid in processes.children(waiting.pid):
                    os.kill(pid, signal.SIGKILL)
        held = len(archived(settings.db)) - 1 if settings.db.exists() else 0
        done = "with nothing stored" if not held else "with part of it stored" if held < whole else "at its end"
    waiting.join()
    again, deadline = replace(settings, now=LATER), time.monotonic() + PATIENCE
    while True:
        try:
            crawl(again)
            break
        except Busy:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
    left = processes.of_session(waiting.pid)
    while left and time.monotonic() < deadline:
        time.sleep(0.1)
        left = processes.of_session(waiting.pid)
    return f"{done}, processes left: {left}" if left else done


def _crawl_apart(settings: CrawlSettings) -> None:
    os.setsid()
    crawl(settings)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m crawlers.bench kills", description=__doc__)
    parser.add_argument("--moments", type=int, default=50)
    parser.add_argument("--outlets", type=int, default=12)
    parser.add_argument("--entries", type=int, default=ENTRIES)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args(arguments)
    chance, faults, counts = random.Random(told.seed), 0, Counter[str]()
    sources = [KINDS[number % len(KINDS)] for number in range(told.outlets)]
    with tempfile.TemporaryDirectory() as name, serving(partial(say, entries=told.entries)) as port:
        folder = Path(name)
        write_outlets(folder / "sources", sources, port)
        settings = CrawlSettings(
            folder / "calm.db", folder / "sources", delay=0, retries=0, loopback_ports=(port,), now=NOW
        )
        begun = time.monotonic()
        crawl(settings)
        took = time.monotonic() - begun
        crawl(replace(settings, now=LATER))
        expected = archived(settings.db)
        kinds = Counter(row[0] for row in expected)
        for number in range(told.moments):
            victim, done, tries = VICTIMS[number % len(VICTIMS)], OVER, 0
            while done == OVER:  # a crawl that had ended by then was not killed: it was faster than the first
                after, tries = chance.uniform(0, took), tries + 1
                db = folder / f"{number}-{tries}.db"
                done = _killed(replace(settings, db=db), victim, after, len(expected) - 1)
            counts[done] += 1
            if difference := sorted(expected ^ archived(db), key=str):
                faults += 1
                sys.stdout.write(f"{victim} killed after {after:.2f} s, {done}: {difference[:3]}\n")
            elif sys.stderr.isatty():
                sys.stderr.write(f"\r{number + 1} of {told.moments}")
    sys.stdout.write(
        f"{told.moments - faults} of {told.moments} archives as undisturbed: {kinds['article']} articles, "
        f"{kinds['page']} pages; killed within {took:.1f} s: {dict(counts.most_common())}\n"
    )
    return 1 if faults else 0
