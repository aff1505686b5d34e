"""What a running desk sees of files that others change."""

import logging
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from matcher import catalogue
from reports.desk.board import Board
from reports.desk.guard import Guard
from tests.reports.desk.test_inventory import client, own

__all__ = ["client", "own"]

TITLE = "Agreement on a longer bridge"


def kostroma(own: Guard) -> Path:
    folder: Path = own.app.state.desk.settings.catalogue
    return folder / "ru" / "kostroma.yml"


def later(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    """An hour passes, somebody looks, and the renewal that this starts comes to its end."""
    now = time.monotonic() + 3600
    monkeypatch.setattr("reports.desk.board.time.monotonic", lambda: now)
    board.view("en")
    assert board._making.acquire(timeout=60)
    board._making.release()


def test_an_edit_of_the_catalogue_is_seen(
    own: Guard, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    board, path = own.app.state.desk.board, kostroma(own)
    old = next(one for one in catalogue.read(path) if not one.part_of).title["en"]
    path.write_text(path.read_text(encoding="utf-8").replace(old, TITLE, 1), encoding="utf-8")
    later(board, monkeypatch)
    assert TITLE in client.get("/gaps?value=all&q=longer+bridge").text
    assert board.fault is None


def test_a_faulty_edit_leaves_the_last_good_catalogue_and_is_told(
    own: Guard, client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    board, path = own.app.state.desk.board, kostroma(own)
    whole, entries = path.read_bytes(), len(board.catalogue.entries)
    path.write_bytes(whole + b"- id: [\n")
    with caplog.at_level(logging.ERROR):
        later(board, monkeypatch)
    assert str(path) in caplog.text
    assert len(board.catalogue.entries) == entries
    page = client.get("/gaps").text
    assert "has a fault" in page
    assert str(path) not in page
    path.write_bytes(whole)
    board.renew()
    assert board.fault is None
    assert "has a fault" not in client.get("/gaps").text
