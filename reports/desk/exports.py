"""The very list that is shown, for programs and feed readers; as a table in `reports.gap_table`."""

import json
from typing import Any
from xml.etree import ElementTree

from crawlers.dates import stamp
from reports import plain
from reports.coverage import LineSide
from reports.tidy import one_line
from reports.view import View

_ATOM = "http://www.w3.org/2005/Atom"


def as_json(view: View, lines: list[LineSide]) -> bytes:
    return json.dumps(as_data(view, lines), ensure_ascii=False).encode()


def as_data(view: View, lines: list[LineSide]) -> dict[str, Any]:
    return {
        "as_of": stamp(view.snapshot.now), "version": view.snapshot.version, "withheld": bool(view.withheld),
        "rows": [plain.side(one) | {"title": view.reader.title(one.entry)} for one in lines],
    }  # fmt: skip


def as_atom(view: View, lines: list[LineSide], origin: str, address: str) -> bytes:
    """A feed whose entries are the rows: a gap is a new entry when it has a new event or begins anew."""
    feed = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": view.reader.language})
    updated = stamp(view.snapshot.now) or ""

    def add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
        found = ElementTree.SubElement(parent, name, attributes)
        found.text = _xml(text)
        return found

    add(feed, "title", f"mediagap · {view.reader.t('Gaps')}")
    add(feed, "id", origin + address)
    add(feed, "updated", updated)
    add(feed, "link", rel="self", href=origin + address)
    add(add(feed, "author"), "name", "mediagap")
    for one in lines:
        since = one.event.day if one.event else one.last_report.day if one.last_report else "unknown"
        item = add(feed, "entry")
        add(item, "title", f"{view.name(one.side)}: {view.reader.title(one.entry)}")
        add(item, "id", f"{origin}/entry/{one.line}#{one.pair}/{one.side}/{one.value}/{since}")
        add(item, "updated", updated)
        add(item, "link", href=f"{origin}/entry/{one.line}")
        add(
            item,
            "summary",
            ". ".join(filter(None, (view.value(one), view.reason(one), view.seen(one.observed)))),
        )
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(feed, encoding="unicode").encode()


def _xml(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(c for c in one_line(text) if c >= " " and c not in "\ufffe\uffff")
