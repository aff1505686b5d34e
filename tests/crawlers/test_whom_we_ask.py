"""Hosts and addresses that no crawl may ask: private ones by any name, and what robots.txt forbids."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Sequence

import pytest
from scrapy import Request

from crawlers.hosts import OnlyPublicAddresses, OnlyPublicHosts, PrivateHost
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


@pytest.fixture(scope="module")
def resolved(tmp_path_factory: pytest.TempPathFactory) -> Press:
    """One crawl, with that resolver, of outlets whose hosts are names."""
    press = Press(tmp_path_factory.mktemp("press"))
    try:
        hidden = press.hidden_site()
        away = Answer(status=302, headers={"Location": f"http://paper.here:{hidden.port}/"})
        hosts = {"private": "paper.here", "allowed": "paper.here", "gone": "paper.gone", "away": "127.0.0.1"}
        for name, host in hosts.items():
            press.outlet(name, FULL)["/rss"] = away if name == "away" else GOOD
            path = press.sources / "by" / f"{name}.yml"
            path.write_text(path.read_text(encoding="utf-8").replace("127.0.0.1", host), encoding="utf-8")
        ports = tuple(press.sites[name].port for name in ("allowed", "away"))
        settings = CrawlSettings(
            press.db_path, press.sources, now=NOW, retries=0, delay=0, loopback_ports=ports
        )
        command = [sys.executable, "-c", RESOLVING, json.dumps(settings.scrapy())]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    finally:
        press.close()
    return press


@pytest.mark.parametrize(
    ("name", "outcome", "says"),
    [
        pytest.param("private", "error", "paper.here is at 127.0.0.1, a private address", id="private"),
        pytest.param("away", "error", "paper.here is at 127.0.0.1, a private address", id="redirect to it"),
        pytest.param("allowed", "new", "", id="port of the run"),
        pytest.param("gone", "gone", "", id="none, and not forbidden though robots.txt is asked for first"),
    ],
)
def test_name(resolved: Press, name: str, outcome: str, says: str) -> None:
    (attempt,) = resolved.attempts(f"{name}/feed")
    assert attempt.outcome == outcome
    assert says in attempt.message


def test_refused_hosts_are_not_asked(resolved: Press) -> None:
    assert [one.asked for one in (resolved.sites["private"], resolved.hidden[0])] == [[], []]


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
    "429": (Answer("", 429), "error", "robots.txt answered 429"),
    "500": (Answer("", 500), "error", "robots.txt answered 500"),
    "503": (Answer("User-agent: *\nAllow: /", 503), "error", "robots.txt answered 503"),
    "hangs": (Answer("", hangs=True), "timeout", "robots.txt was not answered in time, so nothing was asked"),
    "loop": (Answer(status=302, headers={"Location": "/robots.txt"}), "error", "robots.txt: "),
    "led-nowhere": (Answer(status=302), "error", "robots.txt answered 302"),
    "behind-many-rules": ("Disallow: /x\n" * 1000 + "User-agent: *\nDisallow: /", "forbidden", "forbids"),
    "in-other-letters": ("User-agent: *\nDisallow: /новости".encode("cp1251"), "new", ""),
    "nul-bytes": (b"\0" * 100, "new", ""),
}


@pytest.fixture(scope="module")
def obeyed(tmp_path_factory: pytest.TempPathFactory) -> Press:
    """One crawl of sites with all kinds of robots.txt."""
    press = Press(tmp_path_factory.mktemp("press"))
    try:
        for name, (robots, _, _) in ROBOTS.items():
            site = press.outlet(f"x-{name}", FULL)
            site["/rss"], site["/robots.txt"] = GOOD, robots
        site = press.outlet("partly")
        site["/robots.txt"] = "User-agent: *\nDisallow: /a"
        site["/rss"] = rss(
            entry("/a", "Первая", at("2026-11-23T10:00")), entry("/b", "Вторая", at("2026-11-23T09:00"))
        )
        site["/a"], site["/b"] = page("Первая"), page("Вторая")
        press.crawl(NOW, timeout=2)
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


def test_page_that_robots_forbids_stays_a_hole(obeyed: Press) -> None:
    assert [(row["state"], row["outcome"]) for row in obeyed.pages("partly")] == [
        ("pending", "forbidden"), ("read", "new"),
    ]  # fmt: skip
    assert obeyed.sites["partly"].count("/a") == 0
