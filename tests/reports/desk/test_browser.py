"""A real browser: lists follow what is typed, keys decide, and the policy blocks nothing of ours."""

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from reports import editors, work
from reports.config import Settings
from reports.desk import serve
from tests.reports.desk.browsing import PASSWORD

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="/usr/bin/chromium is not installed")


@pytest.fixture
def address(demo: Path, tmp_path: Path) -> Iterator[str]:
    shutil.copy(demo / "mediagap.db", tmp_path)
    settings = Settings(db=tmp_path / "mediagap.db", sources=demo / "sources")
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


@pytest.fixture
def page() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        yield browser.new_page(locale="en-GB", viewport={"width": 360, "height": 800})
        browser.close()


def test_the_editors_monday(page: Any, address: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto(f"{address}/sign-in?next=/gaps")
    page.fill("[name=name]", "Anna")
    page.fill("[name=password]", PASSWORD)
    page.click("button.main")
    page.wait_for_url("**/gaps")
    page.fill("[name=q]", "potato")
    page.wait_for_url("**/gaps?q=potato")
    page.get_by_text("1 row", exact=True).wait_for()
    for path in (
        "/gaps",
        "/",
        "/review",
        "/matrix",
        "/entry/bobruisk-kostroma-twinning-2012",
        "/sources",
        "/method",
    ):
        page.goto(address + path)
        # tables scroll in themselves; the page does not
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    page.goto(f"{address}/review")
    first = page.locator("[data-decide].now h2").inner_text()
    page.keyboard.press("y")
    page.get_by_text("1 decided", exact=True).wait_for()
    assert page.locator("form[action='/undo']").inner_text().endswith(first)
    page.keyboard.press("z")
    page.locator("form[action='/undo']").wait_for(state="detached")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Sign in").wait_for()
    assert said == []
