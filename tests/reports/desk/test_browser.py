"""A real browser: lists follow what is typed, keys decide, and every page can be read and used by everybody."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from reports.desk.app import PAGES
from tests.crawlers.local_press import PROSE
from tests.crawlers.local_press import page as article
from tests.reports.desk.in_browser import CHROMIUM, Served, sign_in

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="/usr/bin/chromium is not installed")

ENTRY = "bobruisk-kostroma-twinning-2012"
OPENED = {
    "/pair/{pair}": "/pair/BY-MA:RU-KOS",
    "/entry/{entry}": f"/entry/{ENTRY}",
    "/brief/{entry}": f"/brief/{ENTRY}",
    "/article/{number:int}": "/article/1",
    "/add": f"/add?entry={ENTRY}",
}
"""Addresses of pages that need one."""
DOWNLOADS = {"/gaps.csv", "/gaps.xlsx", "/gaps.json", "/gaps.atom", "/brief/{entry}.md"}
ADDRESSES = [
    *(OPENED.get(path, path) for path, _, method, _ in PAGES if method == "GET" and path not in DOWNLOADS),
    "/gaps?value=all&sort=title",
    "/sources?side=RU-KOS",
    "/nothing-here",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    with browser.new_context(locale="en-GB", viewport={"width": 360, "height": 800}) as context:
        yield context.new_page()


@pytest.mark.parametrize(("width", "theme"), [(360, "dark"), (1600, "light")])
def test_every_page_is_for_everybody(browser: Any, address: str, width: int, theme: str) -> None:
    """axe-core finds nothing, also in what is folded away; tables scroll in themselves, the page does not."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    faults = []
    size = {"width": width, "height": 900}
    with browser.new_context(locale="ru-RU", viewport=size, color_scheme=theme) as context:
        page = context.new_page()
        sign_in(page, address)
        for path in ADDRESSES:
            page.goto(address + path)
            page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                faults.append(f"{path}: wider than the window")
            for found in axe.run(page).response["violations"]:
                faults.append(f"{path}: {found['help']}: {found['nodes'][0]['html'][:200]}")
    assert faults == []


def now(page: Any) -> str:
    """The title of the question that keys answer."""
    return str(page.locator("[data-decide].now h2").inner_text())


def test_the_review_queue_is_answered_by_key(page: Any, address: str) -> None:
    sign_in(page, address, "/review")
    first = now(page)
    page.keyboard.press("j")
    assert now(page) != first
    page.keyboard.press("k")
    assert now(page) == first
    for n, key in enumerate("nu", 1):
        page.keyboard.press(key)
        page.get_by_text(f"{n} by me").wait_for()
    page.goto(f"{address}/decisions")
    told = page.locator("td:nth-child(3)").all_inner_texts()
    assert [one.split()[-1] for one in told[:2]] == ["unsure", "no"]


@pytest.mark.parametrize(("key", "word"), [("y", "works"), ("n", "its term is over")])
def test_an_inventory_is_answered_by_key(page: Any, address: str, key: str, word: str) -> None:
    sign_in(page, address, "/inventory")
    first, undo = now(page), page.locator("form[action='/inventory/undo']")
    page.keyboard.press(key)
    page.locator("[data-decide].now [name=source]:focus").wait_for()  # it needs its source
    page.keyboard.type("https://example.by/act")
    page.keyboard.press("Enter")
    undo.get_by_text(f"{word}: {first}").wait_for()
    assert now(page) != first
    page.keyboard.press("z")
    undo.wait_for(state="detached")
    assert now(page) == first


def test_not_to_know_is_an_answer(page: Any, address: str) -> None:
    sign_in(page, address, "/inventory")
    first = now(page)
    page.keyboard.press("?")
    page.locator("form[action='/inventory/undo']").get_by_text(f"unsure: {first}").wait_for()
    assert now(page) != first


def test_a_lead_is_taken_without_a_mouse(page: Any, address: str) -> None:
    sign_in(page, address)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"  # past the head of the page
    reach(page, "summary")
    page.keyboard.press("Enter")
    reach(page, "button[value=taken]")
    page.keyboard.press("Enter")
    page.get_by_text("taken Anna, until").wait_for()


def reach(page: Any, selector: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"{selector} is not reached with Tab")


def test_the_editors_monday(page: Any, own_desk: Served) -> None:
    """From the start page: what to write, by whom it is done; a gap is refuted by an article's address."""
    address, site = own_desk.address, own_desk.site
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    sign_in(page, address)
    card = page.locator("article.card").filter(has_text="no texts found after an event").first
    title = card.locator("h2 a").inner_text()
    told = card.inner_text()
    assert "Known to work" in told
    assert "Ask" in told
    today = date.today()
    site["/news/monday"] = article("О соглашении", PROSE, f"{today}T00:10:00+03:00")
    card.get_by_role("link", name="Add a text that was missed").click()
    page.fill("[name=url]", f"{site.url}/news/monday")
    page.fill("[name=day]", str(today - timedelta(days=1)))
    page.keyboard.press("Enter")
    page.get_by_text("The text was added and counts from now on.").wait_for(timeout=120_000)
    assert page.locator("h1").inner_text() == title
    assert page.locator(".tag.covered").first.is_visible()
    page.goto(f"{address}/gaps?value=all&region=BY-MA")
    page.fill("[name=q]", "kostroma mogilev agrement")  # misspelt
    page.wait_for_url("**q=kostroma+mogilev+agrement*")
    row = page.locator("tr").filter(has_text=title).filter(has=page.locator(".tag.covered"))
    row.first.wait_for()
    with page.expect_download() as saved:
        page.get_by_role("link", name="CSV").click()
    assert title in saved.value.path().read_text(encoding="utf-8-sig")
    page.goto(f"{address}/review")
    first = now(page)
    page.keyboard.press("y")
    page.locator("form[action='/undo']").get_by_text(f"yes: {first}").wait_for()
    page.keyboard.press("z")
    page.locator("form[action='/undo']").wait_for(state="detached")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Sign in").wait_for()
    assert said == []
