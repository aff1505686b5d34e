"""Changing an entry touches the lines that say it, and none where the catalogue would not load."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from crawlers.errors import DataError
from matcher import catalogue, places
from matcher.catalogue import CATALOGUE
from matcher.keeping import change
from reports.liveness import State, stated

TODAY = date(2026, 11, 23)
ENTRY = "gomelskaya-pravda-bryansky-rabochy-2016"
PAGE = "https://example.by/act"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files: whatever is changed is checked with all there is, and reading a hundred takes long."""
    for name in ("bryansk", "kostroma"):
        target = tmp_path / "catalogue" / "ru" / f"{name}.yml"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(CATALOGUE / "ru" / f"{name}.yml", target)
    return tmp_path / "catalogue"


def lines(folder: Path) -> list[str]:
    return (folder / "ru" / "bryansk.yml").read_text(encoding="utf-8").splitlines()


def set_status(folder: Path, value: str, when: str, source: str = PAGE) -> None:
    change.set_status(folder, ENTRY, value, when, source, TODAY, places.load())


def test_facts_follow_each_other_and_decide_the_state(folder: Path) -> None:
    before = lines(folder)
    set_status(folder, "active", "2026-02")
    entry = catalogue.load(folder).entries[ENTRY]
    assert stated(entry, TODAY).state is State.LIVE
    set_status(folder, "denounced", "2026-10-05")
    entry = catalogue.load(folder).entries[ENTRY]
    assert [(str(f.date), f.event.value, f.source) for f in entry.history] == [
        ("2026-02", "confirmed", PAGE), ("2026-10-05", "terminated", PAGE),
    ]  # fmt: skip
    assert stated(entry, TODAY).state is State.TERMINATED
    after = lines(folder)
    added = [line for line in after if line not in before]
    assert len(added) == 3
    assert [line for line in after if line not in added] == before


def test_date_is_replaced_or_added(folder: Path) -> None:
    before = lines(folder)
    change.set_date(folder, ENTRY, "signed", "2016-05-17", places.load())
    change.set_date(folder, ENTRY, "ends", "2027", places.load())
    entry = catalogue.load(folder).entries[ENTRY]
    assert (str(entry.signed), str(entry.ends)) == ("2016-05-17", "2027")
    assert len(set(lines(folder)) - set(before)) == 2
    assert len(lines(folder)) == len(before) + 1


@pytest.mark.parametrize(
    ("value", "when", "source", "says"),
    [
        ("dead", "2026", PAGE, "allowed: active ended denounced"),
        ("active", "soon", PAGE, "a date: 2017"),
        ("active", "2027", PAGE, "not in the future"),
        ("active", "2026", "", "source"),
        ("active", "2026", "by telephone", "source"),
    ],
)
def test_nothing_is_written_of_what_cannot_be(
    folder: Path, value: str, when: str, source: str, says: str
) -> None:
    before = lines(folder)
    with pytest.raises(DataError, match=says):
        set_status(folder, value, when, source)
    with pytest.raises(DataError, match="the id of an entry"):
        change.set_date(folder, "no-such-entry", "ends", "2027", places.load())
    with pytest.raises(DataError, match="a date not before"):
        change.set_date(folder, ENTRY, "ends", "2001", places.load())
    with pytest.raises(DataError, match="status_now signed starts ends"):
        change.set_date(folder, ENTRY, "title", "2001", places.load())
    assert lines(folder) == before


def test_what_was_set_last_is_taken_back_to_the_letter(folder: Path) -> None:
    before, known = lines(folder), places.load()
    set_status(folder, "active", "2026-02")
    once = lines(folder)
    set_status(folder, "ended", "2026-11")
    with pytest.raises(DataError, match="changed since"):
        change.take_back(folder, ENTRY, "active", "2026-02", PAGE, TODAY, known)
    change.take_back(folder, ENTRY, "ended", "2026-11", PAGE, TODAY, known)
    assert lines(folder) == once
    change.take_back(folder, ENTRY, "active", "2026-02", PAGE, TODAY, known)
    assert lines(folder) == before
