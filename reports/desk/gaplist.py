"""The list of lines by side: filtered, counted, sorted and searched, as the address says."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

from crawlers import codes
from matcher.lookup import Lookup
from reports.coverage import Gap, LineSide, Value
from reports.view import View

PAGE = 50
"""Rows of a page; exports hold all."""
SHARES = (90, 80, 70)
TIMES = (1, 2, 4)
"""How many times the expected interval the silence lasts."""


@dataclass(frozen=True)
class Wanted:
    """What the address of a list asks for. "" is everything; `value` has a default of its own."""

    q: str = ""
    pair: str = ""
    region: str = ""
    side: str = ""
    sector: str = ""
    kind: str = ""
    value: str = "none_found"
    """Value of coverage; `all`: every one."""
    gap: str = ""
    status: str = ""
    """What the book says."""
    share: str = ""
    """Percent of outlet-days observed, at least."""
    times: str = ""
    """Silence of at least so many intervals."""
    language: str = ""
    """Of an outlet of the side."""
    sort: str = "urgency"
    page: int = 1

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Wanted":
        """Reads a query; what it says wrongly finds nothing, except for page and sort, which then are the first."""
        known = {one.name for one in fields(cls)} - {"page", "sort"}
        given: dict[str, Any] = {key: query[key][:200] for key in known if key in query}
        page = query.get("page", "1")
        given["page"] = int(page) if page.isdecimal() and 0 < len(page) < 6 else 1
        given["sort"] = query.get("sort") if query.get("sort") in SORTS else "urgency"
        return cls(**given)

    def query(self, **changes: Any) -> dict[str, str]:
        """The query that asks for this, with changes, without what is the default anyway."""
        changed = replace(self, **changes)
        default = Wanted()
        return {
            one.name: str(getattr(changed, one.name))
            for one in fields(self)
            if getattr(changed, one.name) != getattr(default, one.name)
        }


def _share(one: LineSide) -> set[str]:
    # rounded down, as it is shown: 79.9 % is not 80 %
    percent = one.observed.share * 100 + 1e-9 if one.observed.outlets else 0
    return {str(step) for step in SHARES if percent >= step}


def _times(one: LineSide) -> set[str]:
    if one.silence is None or not one.interval:
        return set()
    return {str(step) for step in TIMES if one.silence >= step * one.interval}


VALUES: dict[str, Callable[[LineSide], Iterable[str]]] = {
    "pair": lambda one: (str(one.pair),),
    "region": lambda one: {*one.pair, *map(codes.country_of, one.pair)},
    "side": lambda one: (one.side,),
    "value": lambda one: (one.value.value, "all"),
    "gap": lambda one: (one.gap.value,) if one.gap else (),
    "kind": lambda one: (one.entry.kind.value,),
    "sector": lambda one: one.entry.sector,
    "status": lambda one: (one.entry.status.value,),
    "share": _share,
    "times": _times,
    "language": lambda one: {language for share in one.observed.outlets for language in share.outlet.languages},
}
"""The values of a filter that a row is found under."""

Row = tuple[LineSide, dict[str, frozenset[str]]]
_ROWS: "WeakKeyDictionary[View, list[Row]]" = WeakKeyDictionary()


def _rows(view: View) -> list[Row]:
    """All rows with what they are found under, made once for a view."""
    if view not in _ROWS:
        _ROWS[view] = [
            (one, {name: frozenset(values(one)) for name, values in VALUES.items()}) for one in view.lines
        ]
    return _ROWS[view]


SORTS: dict[str, Callable[[View, LineSide], Any]] = {
    "urgency": lambda _, one: (one.value is not Value.NONE_FOUND, one.gap is not Gap.EVENT, -(one.silence or 10_000)),
    "silence": lambda _, one: -(one.silence if one.silence is not None else 100_000),
    "event": lambda _, one: -(one.event.day.toordinal() if one.event else 0),
    "share": lambda _, one: -one.observed.share,
    "title": lambda view, one: view.reader.title(one.entry).casefold(),
    "side": lambda view, one: view.name(one.side),
}  # fmt: skip


class GapList:
    """The rows that an address asks for, and how many there would be with each other value of a filter."""

    def __init__(self, view: View, lookup: Lookup, wanted: Wanted) -> None:
        self.view, self.wanted = view, wanted
        rows = _rows(view)
        self._place: dict[str, int] = {}
        if wanted.q.strip():
            self._place = {found.entry.id: n for n, found in enumerate(lookup.find(wanted.q, typing=True))}
            members = view.snapshot.catalogue.lines
            found = {line for line, listed in members.items() if any(one in self._place for one in listed)}
            rows = [row for row in rows if row[0].line in found]
        asked = [(name, value) for name in VALUES if (value := getattr(wanted, name))]
        self._failed = [(row, [name for name, value in asked if value not in row[1][name]]) for row in rows]

    @cached_property
    def rows(self) -> list[LineSide]:
        rows = [row[0] for row, failed in self._failed if not failed]
        key = SORTS[self.wanted.sort]
        rows.sort(key=lambda one: (key(self.view, one), one.line, one.pair, one.side))
        if self._place and self.wanted.sort == "urgency":
            rows.sort(key=lambda one: self._place.get(one.entry.id, len(self._place)))
        return rows

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.rows) // PAGE))

    @property
    def shown(self) -> list[LineSide]:
        page = min(self.wanted.page, self.pages)
        return self.rows[(page - 1) * PAGE : page * PAGE]

    @cached_property
    def counts(self) -> dict[str, Counter[str]]:
        """By filter and value: rows that all the other filters leave."""
        found: dict[str, Counter[str]] = {name: Counter() for name in VALUES}
        for (_, values), failed in self._failed:
            if len(failed) <= 1:
                for name in failed or VALUES:
                    found[name].update(values[name])
        return found
