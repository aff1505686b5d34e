"""A real browser before a served desk, for the tests that look at pages as editors do."""

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import uvicorn

from crawlers import registry
from matcher import catalogue
from reports import editors, work
from reports.config import CrawlSection, Settings
from reports.desk import serve
from tests.crawlers.local_press import Site
from tests.reports.desk.browsing import PASSWORD

CHROMIUM = Path("/usr/bin/chromium")


class Served(NamedTuple):
    address: str
    settings: Settings
    site: Site
    """Of an outlet in Mogilev Region, from which the desk may fetch."""


@contextmanager
def served(demo: Path, folder: Path) -> Iterator[Served]:
    """A desk on copies of the demo's database and sources and of the catalogue, all of which it may change."""
    for path in demo.glob("mediagap.db*.json"):  # forms of names take longest to make
        shutil.copy(path, folder)
    shutil.copy(demo / "mediagap.db", folder)
    shutil.copytree(demo / "sources", folder / "sources")
    shutil.copytree(catalogue.CATALOGUE, folder / "catalogue")
    site = Site()
    outlet = next(
        one for one in registry.load(folder / "sources").values() if one.place == "BY-MA" and one.sources
    )
    path = next((folder / "sources").glob(f"*/{outlet.id}.yml"))
    with path.open("a", encoding="utf-8") as file:
        file.write(f"hosts: ['{site.url.removeprefix('http://')}']\n")
    settings = Settings(
        db=folder / "mediagap.db", sources=folder / "sources", catalogue=folder / "catalogue",
        learned=folder / "learned", crawl=CrawlSection(delay=0, retries=0, timeout=10),
    )  # fmt: skip
    with closing((db := work.open_for(settings)).conn):
        editors.add(db, "Anna", "editor", ["BY-MA"], PASSWORD)
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(serve.config(settings, "127.0.0.1", port, (int(site.url.rpartition(":")[2]),)))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield Served(f"http://127.0.0.1:{port}", settings, site)
    server.should_exit = True
    thread.join()
    site.close()


def sign_in(page: Any, address: str, path: str = "/") -> None:
    """By keyboard alone: the name has the focus when the page is opened."""
    page.goto(f"{address}/sign-in?next={path}")
    page.locator("[name=name]:focus").wait_for()
    page.keyboard.type("Anna")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(address + path)
