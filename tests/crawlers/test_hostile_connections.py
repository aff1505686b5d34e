"""Connections that go wrong below HTTP, or so slowly or so much that they never end."""

import gzip
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from crawlers.outcome import Outcome
from tests.crawlers.local_press import Answer, Press, at, entry, page, rss

NOW = at("2026-11-24T12:00")
PUBLISHED = at("2026-11-23T10:00")
FULL = {"kind": "feed", "url": "/rss", "content": "full"}
GOOD = rss(entry("/a", "Соглашение с Брянском", PUBLISHED, "Весь текст"))
HEAD = b"HTTP/1.0 200 OK\r\nContent-Type: application/rss+xml\r\n"

Writes = Callable[[BinaryIO, threading.Event], object]


def drips(out: BinaryIO, closed: threading.Event) -> None:
    """A byte now and then: never silent for long enough to time out between two of them."""
    out.write(HEAD + b"\r\n")
    while not closed.wait(0.1):
        out.write(b" ")
        out.flush()


def never_ends(out: BinaryIO, closed: threading.Event) -> None:
    out.write(HEAD + b"\r\n")
    while not closed.is_set():
        out.write(b" " * 1_000_000)


def bytes_of(*parts: bytes) -> Writes:
    def write(out: BinaryIO, _: threading.Event) -> None:
        out.write(b"".join(parts))

    return write


def half_closes(out: BinaryIO, closed: threading.Event) -> None:
    """Says that nothing more will come, in the middle of a document, and keeps the line open."""
    out.write(HEAD + b"Content-Length: 9999\r\n\r\n" + GOOD[:200])
    out.flush()
    line: socket.socket = out._sock  # type: ignore[attr-defined]
    line.shutdown(socket.SHUT_WR)
    closed.wait(5)


def drips_its_head(out: BinaryIO, closed: threading.Event) -> None:
    while not closed.wait(0.1):
        out.write(b"X-More: yes\r\n")
        out.flush()


BAD: dict[str, tuple[Writes, Outcome]] = {
    "drips": (drips, Outcome.TIMEOUT),
    "drips-its-head": (drips_its_head, Outcome.ERROR),
    "never-ends": (never_ends, Outcome.ERROR),
    "half-closes": (half_closes, Outcome.ERROR),
    "hangs-up": (bytes_of(), Outcome.ERROR),
    "no-http": (bytes_of(b"SSH-2.0-OpenSSH_9.2\r\n"), Outcome.ERROR),
    "no-chunks": (bytes_of(HEAD, b"Transfer-Encoding: chunked\r\n\r\nzzz\r\n"), Outcome.ERROR),
    "cut-chunks": (bytes_of(HEAD, b"Transfer-Encoding: chunked\r\n\r\nff\r\n", GOOD[:99]), Outcome.ERROR),
    "two-lengths": (bytes_of(HEAD, b"Content-Length: 5\r\nContent-Length: 50\r\n\r\n", GOOD), Outcome.ERROR),
    "negative-length": (bytes_of(HEAD, b"Content-Length: -5\r\n\r\n", GOOD), Outcome.ERROR),
    "status-999": (bytes_of(b"HTTP/1.0 999 No\r\n\r\n"), Outcome.ERROR),
}
GROWN = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
BODIES: dict[str, tuple[Answer, Outcome, int]] = {
    "304-at-once": (Answer("", 304), Outcome.ERROR, 0),
    "too-short": (Answer(GOOD, headers={"Content-Length": str(len(GOOD) - 20)}), Outcome.EMPTY, 0),
    "nul-bytes": (Answer(GOOD.replace("Весь".encode(), b"\0\0")), Outcome.NEW, 1),
    "nothing-but-nul": (Answer(b"\0" * 1000), Outcome.NOT_A_FEED, 0),
    "broken-utf-8": (Answer(GOOD.replace("текст".encode(), b"\xff\xfe\xff" * 9)), Outcome.UNDECODABLE, 0),
    "entities": (
        Answer(f'<!DOCTYPE rss [<!ENTITY e0 "ha">{GROWN}]>'.encode() + GOOD[38:].replace(b"<title>", b"<title>&e9; ")),
        Outcome.NEW, 1,
    ),
    "deep": (Answer(b"<rss version='2.0'><channel>" + b"<item>" * 50_000), Outcome.EMPTY, 0),
    "gzip-in-gzip": (
        Answer(gzip.compress(gzip.compress(GOOD)), headers={"Content-Encoding": "gzip"}), Outcome.NOT_A_FEED, 0,
    ),
    "unknown-packing": (Answer(GOOD, headers={"Content-Encoding": "zzz"}), Outcome.NEW, 1),
    "ten-megabytes": (
        Answer(rss(*(entry(f"/{n}", f"Новость {n}", PUBLISHED, "Слово " * 2500) for n in range(400)))),
        Outcome.NEW, 400,
    ),
    "many-entries": (
        Answer(rss(*(entry(f"/{n}", f"Новость {n}", PUBLISHED) for n in range(3000)))), Outcome.NEW, 3000,
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Press:
    """One crawl of all of them, of good sites, and of pages that go wrong in the same ways."""
    press = Press(tmp_path_factory.mktemp("press"))
    try:
        press.outlet("good", FULL)["/rss"] = GOOD
        for name, (writes, _) in BAD.items():
            press.outlet(f"x-{name}", FULL)["/rss"] = Answer(writes=writes)
        for name, (answer, _, _) in BODIES.items():
            press.outlet(f"x-{name}", FULL)["/rss"] = answer
        site = press.outlet("pages")
        names = [*BAD, "bomb", "nul", "deep", "good"]
        site["/rss"] = rss(*(entry(f"/{name}", name, PUBLISHED) for name in names))
        for name, (writes, _) in BAD.items():
            site[f"/{name}"] = Answer(writes=writes)
        site["/bomb"] = Answer(gzip.compress(b" " * 30_000_000), headers={"Content-Encoding": "gzip"})
        site["/nul"] = b"\0" * 5000
        site["/deep"] = b"<html><body>" + b"<div>" * 100_000
        site["/good"] = page("Хорошая")
        press.crawl(NOW, timeout=3)
    finally:
        press.close()
    return press


@pytest.mark.parametrize("name", BAD)
def test_connection_becomes_an_outcome(crawled: Press, name: str) -> None:
    (attempt,) = crawled.attempts(f"x-{name}/feed")
    assert (attempt.outcome, attempt.reaches_back) == (BAD[name][1], None)
    assert attempt.message
    assert crawled.articles(f"x-{name}") == []


@pytest.mark.parametrize("name", BODIES)
def test_body_becomes_an_outcome(crawled: Press, name: str) -> None:
    _, outcome, entries = BODIES[name]
    (attempt,) = crawled.attempts(f"x-{name}/feed")
    assert (attempt.outcome, attempt.entries_seen) == (outcome, entries)
    assert len(crawled.articles(f"x-{name}")) == entries


def test_pages_that_fail_cost_no_other_page(crawled: Press) -> None:
    states = {str(row["url"]).rsplit("/", 1)[-1]: row["state"] for row in crawled.pages("pages")}
    assert {name for name, state in states.items() if state == "read"} == {"good"}
    assert set(states.values()) == {"read", "pending"}


def test_good_site_is_not_disturbed(crawled: Press) -> None:
    (attempt,) = crawled.attempts("good/feed")
    assert (attempt.outcome, attempt.entries_seen) == (Outcome.NEW, 1)


def test_nothing_is_said_to_have_gone_wrong_inside(crawled: Press) -> None:
    log = Path(f"{crawled.db_path}.crawl.log").read_text(encoding="utf-8")
    assert "Traceback" not in log
