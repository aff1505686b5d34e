"""A whole small installation for the faults: an invented press behind a proxy, a mail server, readers, a database."""

import contextlib
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml
from aiosmtpd.controller import Controller

COMMAND = [sys.executable, "-c", "from reports.cli import main; main()"]
OUTLETS, ARTICLES = 4, 6
READERS = [f"r{number}@example.org" for number in range(5)]
Row = tuple[Any, ...]
ENTRY = {
    "id": "gomel-bryansk", "kind": "agreement", "parties": [{"place": "BY-HO"}, {"place": "RU-BRY"}],
    "title": {"ru": "Соглашение областей", "be": "Пагадненне абласцей", "en": "Agreement of the regions"},
    "pairs": ["BY-HO:RU-BRY"], "signed": "2006", "status": "signed", "status_as_of": "2017", "sector": ["general"],
    "book": {"chapters": [10]},
}  # fmt: skip
PROSE = "Гомельская и Брянская области обсудили соглашение о сотрудничестве. Стороны договорились о поставках. "


class _Press(BaseHTTPRequestHandler):
    """Answers a proxy's requests for all hosts."""

    def do_GET(self) -> None:
        host, _, path = self.path.removeprefix("http://").partition("/")
        kind, body = "text/html", ""
        if path == "rss":
            kind, body = "application/rss+xml", _feed(host)
        elif path.isdecimal():
            body = f"<html><title>{_title(host, path)}</title><article><h1>{_title(host, path)}</h1><p>{PROSE * 6}</p><p>{host} {path}</p></article></html>"
        data = body.encode()
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        with contextlib.suppress(OSError):  # who asked was killed
            self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


def _title(host: str, number: str) -> str:
    return f"Гомель и Брянск: соглашение областей, новость {number} газеты {host}"


def _feed(host: str) -> str:
    day = datetime.now(UTC).replace(hour=0, minute=0, second=0) - timedelta(days=1)
    items = "".join(
        f"<item><title>{_title(host, str(n))}</title><link>http://{host}/{n}</link>"
        f"<pubDate>{format_datetime(day + timedelta(minutes=n))}</pubDate></item>"
        for n in range(1, ARTICLES + 1)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{items}</channel></rss>'


class Mailbox:
    """What a mail server took, by recipient."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.taken.update(envelope.rcpt_tos)
        return "250 taken"


class Stand:
    """`folder` holds everything; `reset` makes it as it was."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.mailbox = folder, Mailbox()
        self._press = ThreadingHTTPServer(("127.0.0.1", 0), _Press)
        self._press.daemon_threads = True
        threading.Thread(target=self._press.serve_forever, daemon=True).start()
        with closing(socket.socket()) as free:  # the controller cannot tell which port it was given
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self._mail = Controller(self.mailbox, hostname="127.0.0.1", port=port)
        self._mail.start()
        self.db, self.config = folder / "news.db", folder / "mediagap.toml"
        _write(folder / "catalogue" / "xx" / "one.yml", {"names_checked": "2026-01-31", "entries": [ENTRY]})
        for number in range(OUTLETS):
            _write(folder / "sources" / "by" / f"paper{number}.yml", _outlet(f"paper{number}"))
        now = datetime.now(UTC)
        places = "".join(
            f"{name} = '{folder / name}'\n" for name in ("sources", "catalogue", "outbox", "report")
        )
        readers = "".join(f"[[recipients]]\naddress = '{one}'\nregion = 'BY-HO'\n" for one in READERS)
        self.config.write_text(
            f"db = '{self.db}'\n{places}{readers}[crawl]\ndelay = 0\nretries = 0\n"
            f"[smtp]\nhost = '127.0.0.1'\nport = {port}\nsecurity = 'none'\n"
            f"[schedule]\nzone = 'UTC'\nhour = {now.hour}\nweekday = '{now:%A}'\n".replace(
                f"{now:%A}", f"{now:%A}".lower()
            ),
            encoding="utf-8",
        )

    def close(self) -> None:
        self._press.shutdown()
        self._press.server_close()
        self._mail.stop()

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        env = {**os.environ, "http_proxy": f"http://127.0.0.1:{self._press.server_port}", "PYTHONUTF8": "1"}
        return subprocess.Popen(
            [*COMMAND, *arguments, "--config", str(self.config)], env=env, text=True, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def run(self, *arguments: str) -> tuple[int, str]:
        process = self.start(*arguments)
        out, _ = process.communicate(timeout=300)
        return process.returncode, out

    def rows(self, sql: str) -> list[Row]:
        with closing(sqlite3.connect(self.db)) as connection:
            return connection.execute(sql).fetchall()

    def execute(self, sql: str) -> None:
        with closing(sqlite3.connect(self.db)) as connection, connection:
            connection.execute(sql)

    def reset(self, state: Path | None) -> None:
        """The database of `state`, or none."""
        for path in self.folder.glob("news.db*"):
            if not path.name.endswith("catalogue.json"):
                path.unlink()
        for name in ("outbox", "report"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        self.mailbox.taken.clear()
        if state:
            shutil.copyfile(state, self.db)

    def keep(self, name: str) -> Path:
        """The database as it is now, for `reset`."""
        kept = self.folder / f"{name}.kept"
        kept.unlink(missing_ok=True)
        with closing(sqlite3.connect(self.db)) as source, closing(sqlite3.connect(kept)) as target:
            source.backup(target)
        return kept


def kill(process: subprocess.Popen[str], whole: bool) -> bool:
    """SIGKILL for the program, or for it and its children; False if it had ended before."""
    living = process.poll() is None
    with contextlib.suppress(ProcessLookupError):
        if living:
            os.killpg(process.pid, signal.SIGKILL) if whole else process.kill()
    if whole or not living:
        process.communicate()
    else:
        process.wait()
        if process.stdout:
            process.stdout.close()
    return living


def _outlet(name: str) -> dict[str, Any]:
    home = f"http://{name}.example.by"
    return {
        "id": name, "title": name, "family": name, "type": "press", "homepage": f"{home}/", "country": "BY", "region": "BY-HO",
        "level": "regional", "control": "unknown", "languages": ["ru"], "time_zone": "Europe/Minsk",
        "sources": [{"kind": "feed", "url": f"{home}/rss"}], "verified": None,
    }  # fmt: skip


def _write(path: Path, data: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
