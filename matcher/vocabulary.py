"""Ordinary words that are evidence, found in one pass: groups, concepts, and words of single entries."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import ahocorasick_rs

from crawlers import text


class Found(NamedTuple):
    """One place in a folded text where a word of the vocabulary stands."""

    start: int
    end: int
    """Of the whole word, of which the vocabulary may hold the beginning only."""
    name: str


class Vocabulary:
    """Beginnings of words by name; `=word` is found as that word only. Built once, then only read."""

    def __init__(self, beginnings: Iterable[tuple[str, str]]) -> None:
        """`beginnings`: pairs of a name and a beginning that is found under it."""
        names: dict[str, set[tuple[str, bool]]] = {}
        for name, beginning in beginnings:
            whole = beginning.startswith("=")
            names.setdefault(text.fold(beginning.removeprefix("=")), set()).add((name, whole))
        self._names = [sorted(listed) for listed in names.values()]
        self._automaton = ahocorasick_rs.AhoCorasick(list(names))

    def find(self, folded: str) -> Iterator[Found]:
        """Every word of the vocabulary, in the order of their ends."""
        for number, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if start and _is_letter(folded[start - 1]):
                continue
            last = end
            while last < len(folded) and _is_letter(folded[last]):
                last += 1
            for name, whole in self._names[number]:
                if not whole or last == end:
                    yield Found(start, last, name)


def _is_letter(char: str) -> bool:
    return char.isalnum() or char == "_"
