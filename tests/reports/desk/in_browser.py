"""A real browser before a served desk, for the tests that look at pages as editors do."""

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import uvicorn

from matcher import catalogue
from reports import editors, work
from reports.config import Settings
from reports.desk import serve
from tests.reports.desk.browsing import PASSWORD

CHROMIUM = Path("/usr/bin/chromium")


@contextmanager
def served(demo: Path, folder: Path) -> Iterator[str]:
    """The address of a desk on copies of the demo's database and of the catalogue, both of which it may change."""
    shutil.copy(demo / "mediagap.db", folder)
    shutil.copytree(catalogue.CATALOGUE, folder / "catalogue")
    settings = Settings(
        db=folder / "mediagap.db",
        sources=demo / "sources",
        catalogue=folder / "catalogue",
        learned=folder / "learned",
    )
    with closing((db := work.open_for(settings)).conn):
        editors.add(db, "Anna", "editor", ["BY-MA"], PASSWORD)
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(serve.config(settings, "127.0.0.1", port))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def sign_in(page: Any, address: str, path: str = "/") -> None:
    """By keyboard alone: the name has the focus when the page is opened."""
    page.goto(f"{address}/sign-in?next={path}")
    page.locator("[name=name]:focus").wait_for()
    page.keyboard.type("Anna")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(address + path)
