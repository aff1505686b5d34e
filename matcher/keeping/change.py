"""Changing what the catalogue says of an entry, one line of its file, and not a letter of the others."""

from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from crawlers.datafile import build
from crawlers.errors import DataError
from matcher import partialdate
from matcher.entries import Event, Fact
from matcher.keeping.add import as_yaml, replace
from matcher.places import Gazetteer

STATUS_NOW = {
    "active": Event.CONFIRMED, "ended": Event.EXPIRED, "denounced": Event.TERMINATED,
    **{event.value: event for event in Event},
}  # fmt: skip
"""What may be said of an entry of today. It is kept as a dated fact: the state of a day is computed from these."""

DATES = ("signed", "starts", "ends")


def set_status(
    folder: Path, entry: str, value: str, when: str, source: str, seen: date, gazetteer: Gazetteer
) -> Path:
    """Adds a dated fact, with the page or act that shows it, to an entry's history; returns its file.

    Raises DataError, and changes nothing, for a value, date or source that cannot be and for an unknown entry.
    """
    if value not in STATUS_NOW:
        raise DataError("catalogue set", "status_now", value, " ".join(STATUS_NOW))
    record = {"date": when, "event": STATUS_NOW[value].value, "source": source, "seen": str(seen)}
    fact = build(Fact, record, f"catalogue set: {entry}")
    if fact.date.first > seen:
        raise DataError("catalogue set", "date", when, "a date that is not in the future")
    path, lines, known = _find(folder, entry)
    new = _line(record)
    at = _end_of(known, "history", lines)
    if at is None:
        at = _end_of(known, "status_as_of", lines)
        assert at is not None  # every entry has it
        lines.insert(at, "    history:")
        at += 1
    elif known["history"].fa.flow_style():
        raise DataError(path, f"{entry}: history", "a list on one line", "a fact a line", "edit it by hand")
    lines.insert(at, new)
    replace(folder, path, "\n".join(lines) + "\n", gazetteer)
    return path


def take_back(
    folder: Path, entry: str, value: str, when: str, source: str, seen: date, gazetteer: Gazetteer
) -> Path:
    """Undoes `set_status` of the same arguments; raises DataError where the entry says something later by now."""
    path, lines, known = _find(folder, entry)
    record = {"date": when, "event": STATUS_NOW[value].value, "source": source, "seen": str(seen)}
    last = _end_of(known, "history", lines)
    if last is None or lines[last - 1] != _line(record):
        raise DataError("catalogue", "history", entry, "an entry that nobody has changed since")
    del lines[last - 1]
    if len(known["history"]) == 1:
        del lines[last - 2]
    replace(folder, path, "\n".join(lines) + "\n", gazetteer)
    return path


def set_date(folder: Path, entry: str, field: str, value: str, gazetteer: Gazetteer) -> Path:
    """Sets the day, month or year on which an entry was signed, starts or ends; raises DataError as above."""
    if field not in DATES:
        raise DataError("catalogue set", "field", field, " ".join(("status_now", *DATES)))
    path, lines, known = _find(folder, entry)
    new = f"    {field}: {partialdate.parse(value)}"
    if field in known:
        line = known.lc.key(field)[0]
        comment = lines[line].partition(" #")
        lines[line] = new + (f" #{comment[2]}" if comment[1] else "")
    else:
        lines.insert(known.lc.key("status")[0], new)
    replace(folder, path, "\n".join(lines) + "\n", gazetteer)
    return path


def _line(record: dict[str, str]) -> str:
    """A fact as it stands under `history`."""
    (styled,) = as_yaml({"history": [record]}).splitlines()
    return "      - " + styled.partition("[")[2].removesuffix("]")


def _find(folder: Path, entry: str) -> tuple[Path, list[str], Any]:
    """The file of an entry, its lines, and the entry with the lines on which its keys stand."""
    for path in sorted(folder.glob("*/*.yml")):
        text = path.read_text(encoding="utf-8")
        if f"id: {entry}\n" in text:
            for known in YAML().load(text)["entries"]:
                if known["id"] == entry:
                    return path, text.rstrip("\n").split("\n"), known
    raise DataError("catalogue set", "id", entry, "the id of an entry")


def _end_of(known: Any, field: str, lines: list[str]) -> int | None:
    """The line behind the last one of a field; None where the entry does not have it."""
    if field not in known:
        return None
    line: int = known.lc.key(field)[0] + 1
    while line < len(lines) and lines[line].startswith("      "):
        line += 1
    return line
