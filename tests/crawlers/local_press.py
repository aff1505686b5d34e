"""A small press on 127.0.0.1, one port per outlet, and the crawls of it."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

import yaml
from sqlite_utils import Database

from crawlers import archive, ledger, store
from crawlers.items import Article, Attempt
from crawlers.migrations import migrations
from crawlers.run import CrawlSettings, Event, crawl

PROSE = (
    "В Гомеле подписали соглашение о сотрудничестве с Брянской областью. Документ рассчитан на пять лет. "
    "Стороны договорились о поставках сельскохозяйственной техники и об обмене студентами. "
    "Первое заседание рабочей группы пройдёт весной в Брянске, сообщили в облисполкоме. "
)


@dataclass
class Answer:
    """What a site says to one path."""

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: str = ""
    """Sent along; a request that shows it is answered 304."""
    hangs: bool = False
    """Says nothing until the site closes or is released."""
    takes: float = 0
    """Seconds until it answers."""
    writes: Callable[[BinaryIO, threading.Event], object] | None = None
    """Writes the whole answer to the socket, its first line too, until the site closes."""


@dataclass
class Asked:
    """One request that reached a site."""

    path: str
    headers: dict[str, str]
    at: float
    """Seconds of a clock that only goes forward."""


class Site:
    """One outlet's web server: paths and their answers, changed between crawls, and what was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[Asked] = []
        self.stuck = threading.Event()
        """Set when an answer begins to hang."""
        self.released = threading.Event()
        self.most_at_once = self._at_once = 0
        self._counting = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def __setitem__(self, path: str, answer: Answer | bytes | str) -> None:
        self.answers[path] = answer if isinstance(answer, Answer) else Answer(answer)

    def count(self, path: str) -> int:
        return sum(one.path == path for one in self.asked)

    def answer(self, target: str) -> Answer:
        """By the path, or by the path and the number of a page of a WordPress listing."""
        parts = urlsplit(target)
        numbered = f"{parts.path} page {parse_qs(parts.query).get('page', ['1'])[0]}"
        return self.answers.get(numbered) or self.answers.get(parts.path) or Answer("not here", 404)

    @contextmanager
    def counted(self) -> Iterator[None]:
        """A request that is being answered."""
        with self._counting:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        yield
        with self._counting:
            self._at_once -= 1

    def close(self) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                headers = {k.lower(): v for k, v in self.headers.items()}
                site.asked.append(Asked(self.path, headers, time.monotonic()))
                with site.counted():
                    self._answer(site.answer(self.path))

            def _answer(self, answer: Answer) -> None:
                if answer.hangs:
                    site.stuck.set()
                    site.released.wait()
                if answer.takes:
                    site.released.wait(answer.takes)
                if answer.writes:
                    self.close_connection = True
                    with suppress(OSError):  # the crawler hung up
                        answer.writes(self.wfile, site.released)
                else:
                    self._say(answer)

            def _say(self, answer: Answer) -> None:
                unchanged = bool(answer.etag) and self.headers.get("If-None-Match") == answer.etag
                body = answer.body.encode() if isinstance(answer.body, str) else answer.body
                body = b"" if unchanged else body
                try:
                    self.send_response(304 if unchanged else answer.status)
                    for name, value in {"Content-Length": str(len(body)), **answer.headers}.items():
                        self.send_header(name, value)
                    if answer.etag:
                        self.send_header("ETag", answer.etag)
                    self.end_headers()
                    self.wfile.write(body)
                except (BrokenPipeError, ConnectionResetError):
                    pass  # the crawler gave up waiting: that is what some of these tests are about

            def log_message(self, format: str, *args: Any) -> None:
                """Keeps the requests out of the tests' output."""

        return Handler


class Press:
    """Sites, their source files, one database, and crawls of all of them."""

    def __init__(self, folder: Path) -> None:
        self.db_path = folder / "mediagap.db"
        self.sources = folder / "sources"
        self.sites: dict[str, Site] = {}
        self.hidden: list[Site] = []
        """Sites on ports that the crawl is not allowed to ask."""

    def outlet(self, name: str, *sources: Mapping[str, Any], **more: Any) -> Site:
        """Opens a site and writes its source file; a source's `url` is a path of the site."""
        site = self.sites[name] = Site()
        listed = [{**one, "url": site.url + one["url"]} for one in sources or [{"kind": "feed", "url": "/rss"}]]
        data = outlet_data(name, homepage=site.url + "/", sources=listed, **more)
        path = self.sources / "by" / f"{name}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
        return site

    def hidden_site(self) -> Site:
        self.hidden.append(Site())
        return self.hidden[-1]

    def crawl(
        self, now: datetime, *outlets: str, on_event: Callable[[Event], object] = str, **settings: Any
    ) -> dict[str, Attempt]:
        """Crawls the given outlets, or all; returns the ledger's rows of this run by source."""
        ports = tuple(site.port for site in self.sites.values())
        chosen = {"timeout": 20, "delay": 0, "retries": 0, "loopback_ports": ports} | settings
        told = CrawlSettings(db=self.db_path, sources=self.sources, outlets=outlets, now=now, **chosen)
        return {attempt.source: attempt for attempt in crawl(told, on_event)}

    @contextmanager
    def database(self) -> Iterator[Database]:
        db = store.open_database(self.db_path, [migrations])
        try:
            yield db
        finally:
            db.conn.close()

    def articles(self, outlet: str) -> list[Article]:
        with self.database() as db:
            return list(archive.articles(db, "a.outlet = ?", (outlet,)))

    def pages(self, outlet: str) -> list[dict[str, Any]]:
        with self.database() as db:
            return store.query(db, "SELECT * FROM pages WHERE outlet = ? ORDER BY url", (outlet,))

    def attempts(self, source: str) -> list[Attempt]:
        with self.database() as db:
            return [one for one in ledger.attempts(db) if one.source == source]

    def close(self) -> None:
        for site in (*self.sites.values(), *self.hidden):
            site.close()


def outlet_data(name: str, **more: Any) -> dict[str, Any]:
    """The content of a valid source file."""
    return {
        "id": name, "title": name, "family": name, "homepage": "https://example.by/", "country": "BY",
        "region": "BY-HO", "level": "regional", "type": "press", "control": "unknown", "languages": ["ru"],
        "time_zone": "Europe/Minsk", "sources": [{"kind": "feed", "url": "https://example.by/rss"}],
        "verified": None,
    } | more  # fmt: skip


def entry(link: str, title: str, published: datetime | str | None, text: str = "") -> str:
    """One item of an RSS feed; no `published`: an undated one."""
    raw = format_datetime(published) if isinstance(published, datetime) else published
    return (
        f"<item><title>{escape(title)}</title><link>{escape(link)}</link>"
        + (f"<pubDate>{raw}</pubDate>" if raw else "")
        + (f"<description>{escape(text)}</description>" if text else "")
        + "</item>"
    )


def rss(*entries: str, encoding: str = "utf-8", declared: str = "", more: str = "") -> bytes:
    text = (
        f'<?xml version="1.0" encoding="{declared or encoding}"?>'
        f'<rss version="2.0"{more}><channel><title>Газета</title>{"".join(entries)}</channel></rss>'
    )
    return text.encode(encoding)


def page(title: str, text: str = PROSE, published: str = "") -> str:
    """An article's page as a site sends it."""
    meta = f'<meta property="article:published_time" content="{published}">' if published else ""
    return (
        f'<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>{title}</title>{meta}</head>'
        f"<body><nav>Меню</nav><article><h1>{title}</h1><p>{text}</p></article></body></html>"
    )


def urlset(*urls: tuple[str, str | None]) -> str:
    """A sitemap of (address, last change or None)."""
    rows = "".join(
        f"<url><loc>{escape(url)}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</url>"
        for url, changed in urls
    )
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'


def sitemap_index(*parts: tuple[str, str | None]) -> str:
    rows = "".join(
        f"<sitemap><loc>{escape(url)}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</sitemap>"
        for url, changed in parts
    )
    return (
        '<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"{rows}</sitemapindex>"
    )


def at(text: str) -> datetime:
    """A moment of UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def posts(url: str, count: int, newest: datetime, first: int = 1) -> str:
    """A page of a WordPress listing: posts an hour apart, the newest first."""
    return json.dumps(
        [
            {
                "id": number,
                "link": f"{url}/post-{number}/",
                "date_gmt": (newest - timedelta(hours=number - first)).strftime("%Y-%m-%dT%H:%M:%S"),
                "title": {"rendered": f"Запись {number}"},
                "content": {"rendered": f"<p>{PROSE}</p><p>Номер {number}.</p>"},
            }
            for number in range(first, first + count)
        ]
    )
