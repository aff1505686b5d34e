"""Article archives from files: JSON Lines, plain or gzip. A broken line costs only itself."""

import gzip
import hashlib
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from crawlers import archive, dates, store, text, urls
from crawlers.dates import Quality, stamp
from crawlers.errors import DataError
from crawlers.items import Item, Reading
from crawlers.language import detect
from crawlers.registry import Outlet

_FIELDS = ("url", "title", "text", "date", "published", "language", "source")
_LONGEST_LINE = 50_000_000


@dataclass
class Imported:
    """What became of one file."""

    file: str
    records: int = 0
    added: int = 0
    known: int = 0
    broken: list[str] = field(default_factory=list)
    """`file:line: what is wrong`, one for each line left out."""


class BrokenLine(Exception):
    """A line that is no record; its text says why."""


def import_file(
    db: Database, path: Path, outlets: Mapping[str, Outlet], now: datetime,
    on_progress: Callable[[int], object] = int,
) -> Imported:  # fmt: skip
    """Adds the articles of one file, all or nothing; what is there already stays as it is.

    `on_progress` gets the bytes of the file read so far. Raises DataError for a file that cannot be read.
    """
    hosts = {host: outlet for outlet in outlets.values() for host in outlet.own_hosts}
    result = Imported(str(path))
    digest = hashlib.sha256()
    try:
        with path.open("rb") as raw, store.writing(db) as connection:
            for number, line in _lines(raw):
                digest.update(line)
                if number % 500 == 0:
                    on_progress(raw.tell())
                if not line.strip():
                    continue
                result.records += 1
                try:
                    data = _record(line)
                    outlet = hosts.get(urls.host_of(data["url"])) if data.get("url") else None
                    zone = outlet.zone if outlet else ZoneInfo("UTC")
                    item = _item(data, zone, now)
                except BrokenLine as error:
                    result.broken.append(f"{path}:{number}: {error}")
                    continue
                printed_in = outlet.languages if outlet else ()
                # what a collection states is often a guess by its first letters
                told = detect(f"{item.title}\n{item.text}", printed_in, item.language)
                label = f"import:{data.get('source') or 'archive'}"
                name = outlet.id if outlet else None
                _, new = archive.save(connection, replace(item, language=told), name, label, zone, now)
                result.added += new
                result.known += not new
            if result.records and len(result.broken) == result.records:
                raise DataError(path, "", "no line that is a record", "a file of JSON Lines", result.broken[0])
            connection.execute(
                "INSERT INTO imports (file, sha256, finished, records, added, known, broken)"
                " VALUES (?,?,?,?,?,?,?)",
                (path.name, digest.hexdigest(), stamp(datetime.now(UTC)), result.records, result.added,
                 result.known, len(result.broken)),
            )  # fmt: skip
    except FileNotFoundError:
        raise DataError(path, "", "no such file", "a file of JSON Lines, plain or gzip") from None
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(path, "", str(error), "a readable file of JSON Lines, plain or gzip") from None
    return result


def declare_complete(db: Database, outlet: str, first: date, last: date, now: datetime) -> None:
    """Notes that the archive holds everything that an outlet published on these days."""
    if last < first:
        raise DataError("--complete", outlet, f"{first} {last}", "a first day not after the last")
    if last >= now.date():
        raise DataError("--complete", outlet, str(last), "a last day that is over")
    with store.writing(db) as connection:
        connection.execute(
            "INSERT OR REPLACE INTO complete_spans VALUES (?, ?, ?, ?)",
            (outlet, str(first), str(last), stamp(now)),
        )


def _lines(raw: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Numbered lines; of one that is too long only so much that it is seen to be."""
    zipped = raw.read(2) == b"\x1f\x8b"
    raw.seek(0)
    lines = gzip.GzipFile(fileobj=raw) if zipped else raw
    number = 0
    while line := lines.readline(_LONGEST_LINE + 1):
        number += 1
        yield number, line
        while len(line) > _LONGEST_LINE and not line.endswith(b"\n"):
            line = lines.readline(_LONGEST_LINE + 1)


def _record(line: bytes) -> dict[str, Any]:
    """The object of a line, with text or null in all fields that are ours."""
    if len(line) > _LONGEST_LINE:
        raise BrokenLine(f"over {_LONGEST_LINE:,} bytes")
    try:
        data = json.loads(line.decode("utf-8-sig"))  # a file from Windows may begin with its mark
    except UnicodeDecodeError as error:
        raise BrokenLine(f"no UTF-8 at byte {error.start}") from None
    except (ValueError, RecursionError) as error:
        raise BrokenLine(f"no JSON: {error}") from None
    if not isinstance(data, dict):
        raise BrokenLine(f"found {type(data).__name__}, allowed: an object with {', '.join(_FIELDS)}")
    for name in _FIELDS:
        if not isinstance(data.get(name), str | None):
            raise BrokenLine(f"{name}: found {type(data[name]).__name__}, allowed: text or null")
    return data


def _item(data: dict[str, Any], zone: ZoneInfo, now: datetime) -> Item:
    title = text.clean(data.get("title") or "").replace("\n", " ")
    body = text.clean(data.get("text") or "")
    if not title and not body:
        raise BrokenLine("neither a title nor a text")
    raw_date = data.get("published") or data.get("date")
    published = dates.parse(raw_date, zone, Quality.IMPORTED, now)
    if published.moment is None:
        if raw_date and not _only_a_year(raw_date):
            raise BrokenLine(
                f"date: found {raw_date!r}, allowed: ISO 8601 or RFC 2822, not in the future, or null"
            )
        published = published._replace(quality=Quality.IMPORTED)  # and not of the day of the import
    url = data.get("url")
    return Item(
        url if url and urls.is_web(url) else None, title or body.split("\n")[0][:120], body, published,
        None, data.get("language") or None, Reading.FULL if body else Reading.TITLE,
    )  # fmt: skip


def _only_a_year(raw: str) -> bool:
    """A year or month is too little for a day and too true for a fault: the article is undated."""
    return len(raw) in (4, 7) and raw[:4].isdigit()
