"""What the collections of feeds say should be read from their documents: three notations of the same."""

import json
import re
from ast import literal_eval
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import PurePath
from typing import Any, NamedTuple


class Entry(NamedTuple):
    """An entry as a collection expects it; None where it says nothing."""

    title: str | None = None
    link: str | None = None
    date: str | None = None


_EXPECT = re.compile(
    r"^Expect:.*?entries\[(\d+)\]\['(title|link|published|updated)'\] == u?(('|\").*?\4)\s*$", re.MULTILINE
)


def is_document(name: str) -> bool:
    """Whether a file of a collection is a feed or something met in place of one, and no expectation."""
    return not name.endswith(("_expected.json", ".serde.json", ".md", "ground-truth.json"))


def entries(name: str, body: bytes, files: Mapping[str, bytes]) -> list[Entry]:
    stem = str(PurePath(name).with_suffix(""))
    if f"{stem}_expected.json" in files:
        return list(_told(files[f"{stem}_expected.json"], _gofeed))
    if f"{stem}.serde.json" in files:
        return list(_told(files[f"{stem}.serde.json"], _feed_rs))
    return _feedparser(body)


def _told(body: bytes, read: Callable[[dict[str, Any]], Entry]) -> Iterator[Entry]:
    told = json.loads(body)
    if isinstance(told, dict):
        yield from map(read, told.get("items") or told.get("entries") or [])


def _gofeed(one: dict[str, Any]) -> Entry:
    links = [link["href"] for link in one.get("links") or [] if isinstance(link, dict) and "href" in link]
    link = one.get("link") or one.get("url") or (links[0] if links else None)
    date = one.get("publishedParsed") or one.get("pubDateParsed")
    return Entry(
        *(value if isinstance(value, str) and value else None for value in (one.get("title"), link, date))
    )


def _feed_rs(one: dict[str, Any]) -> Entry:
    links = [link["href"] for link in one.get("links") or [] if link.get("rel") in (None, "alternate")]
    title = (one.get("title") or {}).get("content")
    return Entry(title, links[0] if links else None, one.get("published"))


def _feedparser(body: bytes) -> list[Entry]:
    found: dict[int, dict[str, str]] = {}
    for number, key, value, _ in _EXPECT.findall(body[:2000].decode("utf-8", "replace")):
        if key in ("title", "link"):
            with suppress(ValueError, SyntaxError):  # an expression that computes its text
                found.setdefault(int(number), {})[key] = literal_eval(value)
    return [Entry(one.get("title"), one.get("link")) for one in found.values()]
