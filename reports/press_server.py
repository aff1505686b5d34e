"""The demo's press: invented outlets on ports of 127.0.0.1, some of which fail as real ones do."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml

from crawlers.datafile import read_yaml

PRESS = Path(__file__).parent / "press"


@dataclass
class Piece:
    """One article of the press."""

    number: int
    title: str
    text: str
    published: datetime


class _Outlet(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, serves: str, pieces: list[Piece], stop: threading.Event) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.serves, self.pieces, self.stop_event = serves, pieces, stop
        self.address = f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: _Outlet

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        serves, pieces = self.server.serves, self.server.pieces
        if path == "/robots.txt":
            self._answer(200, "text/plain", "User-agent: *\nAllow: /\n")
        elif serves == "forbidden":
            self._answer(403, "text/html", "<h1>Forbidden</h1>")
        elif serves == "timeout":
            self.server.stop_event.wait(20)
        elif serves == "page":
            self._answer(200, "text/html", "<!doctype html><html><body>Welcome</body></html>")
        elif path == "/feed":
            self._answer(200, "application/rss+xml", _feed(self.server.address, pieces))
        elif path == "/sitemap.xml":
            self._answer(200, "application/xml", _sitemap(self.server.address, pieces))
        elif path == "/wp-json/wp/v2/posts":
            page = int(dict(p.split("=", 1) for p in self.path.partition("?")[2].split("&"))["page"])
            posts = [_post(self.server.address, p) for p in pieces[(page - 1) * 50 : page * 50]]
            self._answer(200, "application/json", json.dumps(posts, ensure_ascii=False))
        else:
            piece = next((p for p in pieces if path == f"/news/{p.number}"), None)
            self._answer(200, "text/html", _page(piece)) if piece else self._answer(404, "text/plain", "gone")

    def _answer(self, status: int, kind: str, body: str) -> None:
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing: the ledger keeps what was asked and answered."""


@contextmanager
def serving(folder: Path, now: datetime) -> Iterator[list[int]]:
    """Serves the press, dated back from `now`, and writes its source files to `folder`; gives the ports."""
    stop = threading.Event()
    servers = []
    for outlet in read_yaml(PRESS / "outlets.yml"):
        server = _Outlet(outlet.pop("serves"), _pieces(outlet["id"], now), stop)
        servers.append(server)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        country = (outlet["region"] or "BY")[:2]
        kind = server.serves if server.serves in ("wordpress", "sitemap") else "feed"
        path = {"wordpress": "/wp-json/wp/v2/posts", "sitemap": "/sitemap.xml", "feed": "/feed"}[kind]
        source = {
            "kind": kind,
            "url": server.address + path,
            "content": "summary" if kind == "sitemap" else "full",
        }
        zone = "Europe/Minsk" if country == "BY" else "Europe/Moscow"
        record = {
            "type": "press", "homepage": server.address, "country": country, "control": "unknown",
            "time_zone": zone, "sources": [source], "verified": None,
        } | outlet  # fmt: skip
        path_ = folder / country.lower() / f"{outlet['id']}.yml"
        path_.parent.mkdir(parents=True, exist_ok=True)
        path_.write_text(yaml.safe_dump(record, allow_unicode=True), encoding="utf-8")
    try:
        yield [server.server_port for server in servers]
    finally:
        stop.set()
        for server in servers:
            server.shutdown()
            server.server_close()


def _pieces(outlet: str, now: datetime) -> list[Piece]:
    path = PRESS / "texts" / f"{outlet}.yml"
    records = read_yaml(path) if path.is_file() else []
    pieces = [
        Piece(
            n,
            one["title"],
            one["text"],
            (now - timedelta(days=int(one["days_ago"]))).replace(hour=6, minute=n % 60),
        )
        for n, one in enumerate(records, start=1)
    ]
    return sorted(pieces, key=lambda piece: piece.published, reverse=True)


def _feed(address: str, pieces: list[Piece]) -> str:
    items = "".join(
        f"<item><title>{escape(p.title)}</title><link>{address}/news/{p.number}</link>"
        f"<pubDate>{format_datetime(p.published)}</pubDate><description>{escape(p.text)}</description></item>"
        for p in pieces
    )
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>x</title>{items}</channel></rss>'


def _sitemap(address: str, pieces: list[Piece]) -> str:
    rows = "".join(
        f"<url><loc>{address}/news/{p.number}</loc><lastmod>{p.published.isoformat()}</lastmod></url>"
        for p in pieces
    )
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'


def _post(address: str, piece: Piece) -> dict[str, Any]:
    return {
        "id": piece.number, "link": f"{address}/news/{piece.number}",
        "date_gmt": piece.published.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
        "title": {"rendered": escape(piece.title)}, "content": {"rendered": f"<p>{escape(piece.text)}</p>"},
    }  # fmt: skip


def _page(piece: Piece) -> str:
    return (
        f"<!doctype html><html><head><title>{escape(piece.title)}</title>"
        f'<meta property="article:published_time" content="{piece.published.isoformat()}"></head>'
        f"<body><article><h1>{escape(piece.title)}</h1><p>{escape(piece.text)}</p></article></body></html>"
    )
