"""Hosts and addresses that no crawl may ask: private ones by any name, and what robots.txt forbids."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Sequence

import pytest
from scrapy import Request

from crawlers.items import Attempt
from crawlers.middleware import OnlyPublicAddresses, OnlyPublicHosts, PrivateHost
from crawlers.outcome import Outcome
from crawlers.run import CrawlSettings
from tests.crawlers.local_press import Answer, Press, at, entry, page, rss

NOW = at("2026-11-24T12:00")
FULL = {"kind": "feed", "url": "/rss", "content": "full"}
GOOD = rss(entry("/a", "Соглашение", at("2026-11-23T10:00"), "Весь текст"))

# The crawling process with a resolver of ours: names in .here are this machine, no other exists.
RESOLVING = """
import socket, sys
from crawlers.child import main
def resolve(name):
    if name.endswith(".here") or name == "127.0.0.1":
        return "127.0.0.1"
    raise socket.gaierror(-2, "Name or service not known")
socket.gethostbyname = resolve
sys.exit(main(sys.argv[1]))
"""


def names(press: Press, *ports: int) -> list[Attempt]:
    """Crawls with that resolver."""
    settings = CrawlSettings(press.db_path, press.sources, now=NOW, retries=0, delay=0, loopback_ports=ports)
    command = [sys.executable, "-c", RESOLVING, json.dumps(settings.scrapy())]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return press.attempts("gazeta/feed")


def named(press: Press, host: str) -> int:
    """An outlet that is known by a name; returns its port."""
    site = press.outlet("gazeta", FULL)
    site["/rss"] = GOOD
    path = press.sources / "by" / "gazeta.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("127.0.0.1", host), encoding="utf-8")
    return site.port


def test_name_of_a_private_address_is_refused(press: Press) -> None:
    named(press, "paper.here")
    (attempt,) = names(press)
    assert attempt.outcome == Outcome.ERROR
    assert "paper.here is at 127.0.0.1, a private address" in attempt.message
    assert press.sites["gazeta"].asked == []


def test_port_of_the_run_may_have_a_name(press: Press) -> None:
    (attempt,) = names(press, named(press, "paper.here"))
    assert attempt.outcome == Outcome.NEW


def test_name_that_does_not_exist_is_gone(press: Press) -> None:
    """And not forbidden by a robots.txt, although that is what is asked for first."""
    named(press, "paper.gone")
    (attempt,) = names(press)
    assert attempt.outcome == Outcome.GONE


def test_redirect_to_the_name_of_a_private_address_is_refused(press: Press) -> None:
    hidden = press.hidden_site()
    site = press.outlet("gazeta", FULL)
    site["/rss"] = Answer(status=302, headers={"Location": f"http://paper.here:{hidden.port}/"})
    (attempt,) = names(press, site.port)
    assert (attempt.outcome, hidden.asked) == (Outcome.ERROR, [])


def judge(url: str, address: str, *, proxy: bool = False, ports: Sequence[int] = ()) -> list[str]:
    """Passes a request by; returns the names that were looked up."""
    asked: list[str] = []

    async def resolve(host: str) -> str:
        asked.append(host)
        return address

    request = Request(url, meta={"proxy": "http://10.0.0.1:3128"} if proxy else {})
    asyncio.run(OnlyPublicAddresses(frozenset(ports), resolve).process_request(request))
    return asked


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1", "0.0.0.0"])
def test_private_address_behind_a_name(address: str) -> None:
    with pytest.raises(PrivateHost, match=f"example.by is at {address}, a private address"):
        judge("https://example.by/a", address)


def test_public_address_behind_a_name() -> None:
    assert judge("https://example.by/a", "8.8.8.8") == ["example.by"]


@pytest.mark.parametrize(
    ("url", "proxy", "ports"),
    [
        ("http://example.by/", True, []),
        ("http://8.8.8.8/", False, []),
        ("http://example.by:8000/", False, [8000]),
    ],
    ids=["a proxy resolves by itself", "a number needs no look-up", "port of the run"],
)
def test_name_that_is_not_looked_up(url: str, proxy: bool, ports: list[int]) -> None:
    assert judge(url, "127.0.0.1", proxy=proxy, ports=ports) == []


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://127.1:8001/", "http://localhost./", "http://[::1]/",
                                 "file:///etc/passwd", "ftp://example.by/"])  # fmt: skip
def test_private_host_by_its_spelling(url: str) -> None:
    with pytest.raises(PrivateHost):
        OnlyPublicHosts(frozenset({8000})).process_request(Request(url))


def test_port_of_the_run_is_let_through() -> None:
    OnlyPublicHosts(frozenset({8000})).process_request(Request("http://127.0.0.1:8000/"))


ROBOTS = {
    "all": ("User-agent: *\nDisallow: /", "forbidden", "robots.txt forbids it"),
    "the-feed": ("User-agent: *\nDisallow: /rss", "forbidden", "robots.txt forbids it"),
    "us-by-name": ("User-agent: mediagap\nDisallow: /", "forbidden", "robots.txt forbids it"),
    "another": ("User-agent: other\nDisallow: /", "new", ""),
    "nobody": ("", "new", ""),
    "a-page": ("<html><body>404</body></html>", "new", ""),
    "404": (Answer("User-agent: *\nDisallow: /", 404), "new", ""),
    "403": (Answer("User-agent: *\nDisallow: /", 403), "new", ""),
    "500": (Answer("", 500), "forbidden", "robots.txt answered 500"),
    "503": (Answer("User-agent: *\nAllow: /", 503), "forbidden", "robots.txt answered 503"),
    "hangs": (Answer("", hangs=True), "forbidden", "robots.txt: "),
    "loop": (Answer(status=302, headers={"Location": "/robots.txt"}), "forbidden", "robots.txt: "),
}


@pytest.fixture(scope="module")
def obeyed(tmp_path_factory: pytest.TempPathFactory) -> Press:
    """One crawl of sites with all kinds of robots.txt."""
    press = Press(tmp_path_factory.mktemp("press"))
    try:
        for name, (robots, _, _) in ROBOTS.items():
            site = press.outlet(f"x-{name}", FULL)
            site["/rss"], site["/robots.txt"] = GOOD, robots
        press.crawl(NOW, timeout=1.5)
    finally:
        press.close()
    return press


@pytest.mark.parametrize("name", ROBOTS)
def test_robots(obeyed: Press, name: str) -> None:
    _, outcome, says = ROBOTS[name]
    (attempt,) = obeyed.attempts(f"x-{name}/feed")
    assert attempt.outcome == outcome
    assert says in attempt.message
    assert obeyed.sites[f"x-{name}"].count("/rss") == (outcome == "new")


def test_page_that_robots_forbids_stays_a_hole(press: Press) -> None:
    site = press.outlet("gazeta")
    site["/robots.txt"] = "User-agent: *\nDisallow: /a"
    site["/rss"] = rss(
        entry("/a", "Первая", at("2026-11-23T10:00")), entry("/b", "Вторая", at("2026-11-23T09:00"))
    )
    site["/a"], site["/b"] = page("Первая"), page("Вторая")
    press.crawl(NOW)
    assert [(row["state"], row["outcome"]) for row in press.pages("gazeta")] == [
        ("pending", "forbidden"), ("read", "new"),
    ]  # fmt: skip
    assert site.count("/a") == 0
