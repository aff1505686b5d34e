"""How many entries there are, of what kind, from where in the book, and in which languages they have names."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from matcher.catalogue import Catalogue

CHAPTERS = range(1, 20)


@dataclass(frozen=True)
class Stats:
    """Counts of a catalogue; each of the counters by name, in a fixed order."""

    entries: int
    lines: int
    pairs: int
    places: int
    organisations: int
    by_chapter: dict[int, int]
    """Entries that each chapter of the book names; one that two chapters name counts in both."""
    by_pair: dict[str, int]
    """Entries by home pair, the most numerous first."""
    by_kind: dict[str, int]
    by_status: dict[str, int]
    languages: dict[str, int]
    """Entries with a title or further name in the language."""


def stats(catalogue: Catalogue) -> Stats:
    entries = list(catalogue.entries.values())
    chapters = Counter(chapter for entry in entries for chapter in entry.book.chapters)
    return Stats(
        len(entries), len(catalogue.lines), len(catalogue.pairs()),
        len(catalogue.gazetteer.places), len(catalogue.gazetteer.organisations),
        {chapter: chapters[chapter] for chapter in CHAPTERS},
        _counted(str(pair) for entry in entries for pair in entry.pairs),
        _counted(entry.kind.value for entry in entries),
        _counted(entry.status.value for entry in entries),
        _counted(language for entry in entries for language in {**entry.title, **entry.names}),
    )  # fmt: skip


def _counted(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items(), key=lambda item: (-item[1], item[0])))
