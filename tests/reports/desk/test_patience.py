"""Slow clients, by hand: what they send stops half way."""

import socket

import pytest

from reports.desk import patience


@pytest.fixture
def port(address: str) -> int:
    return int(address.rpartition(":")[2])


def answer(port: int, *sent: str) -> bytes:
    """All that comes back until the desk hangs up, for which half a minute is given."""
    found = b""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        for part in sent:
            client.sendall(part.encode())
        while came := client.recv(65536):
            found += came
    return found


def head(port: int, method: str = "GET", path: str = "/icon.svg", more: str = "") -> str:
    return f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n{more}"


@pytest.mark.parametrize("sent", ["", "GET / HT", "GET / HTTP/1.1\r\nHost: 127"])
def test_who_sends_half_a_head_is_cut(port: int, monkeypatch: pytest.MonkeyPatch, sent: str) -> None:
    monkeypatch.setattr(patience, "HEAD", 0.2)
    assert answer(port, sent) == b""


def test_who_sends_half_a_second_head_is_cut(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "HEAD", 0.2)
    found = answer(port, f"{head(port)}\r\n", head(port))
    assert found.startswith(b"HTTP/1.1 200")
    assert found.count(b"HTTP/1.1 ") == 1


def test_who_sends_half_a_form_is_told_and_cut(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "HEAD", 0.2)  # over by then: the head has come
    monkeypatch.setattr(patience, "BODY", 0.6)
    form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nname=An"
    assert answer(port, head(port, "POST", "/sign-in", form)).startswith(b"HTTP/1.1 408")
