"""Entries of the archive in retrospect: what was printed on them, when and by whom. They are nobody's gaps."""

from collections.abc import Iterable
from dataclasses import dataclass

from matcher.entries import Entry
from reports.coverage import LineSide
from reports.liveness import Life, State
from reports.snapshot import Publication


@dataclass(frozen=True)
class Past:
    """A line that is not known to work today, with the texts about it."""

    line: str
    entry: Entry
    life: Life
    texts: dict[str, tuple[Publication, ...]]
    """By side, the oldest first: reports only, no mentions. A side without any is there too."""

    @property
    def printed(self) -> bool:
        return any(self.texts.values())


def retrospect(lines: Iterable[LineSide]) -> list[Past]:
    """All lines of the archive, each once: those with texts first, then in the order of the catalogue.

    That nothing stands for a side says only that nothing was found in what was read.
    """
    found: dict[str, Past] = {}
    for one in lines:
        if one.life.state is State.LIVE:
            continue
        past = found.setdefault(one.line, Past(one.line, one.entry, one.life, {}))
        past.texts[one.side] = tuple(p for p in one.publications if p.grade == "about")
    return sorted(found.values(), key=lambda past: not past.printed)
