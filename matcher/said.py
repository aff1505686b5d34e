"""What a stretch of text says, as words and stems."""

from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple, Self


class Said(NamedTuple):
    """The words of a stretch of text, ready to be looked up."""

    stems: frozenset[str]
    words: list[str]
    """Folded, sorted."""

    @classmethod
    def of(cls, words: Iterable[frozenset[str]], stems: Iterable[frozenset[str]]) -> Self:
        return cls(frozenset().union(*stems), sorted(frozenset().union(*words)))

    def begins(self, beginning: str) -> bool:
        """Whether a word begins so."""
        place = bisect_left(self.words, beginning)
        return place < len(self.words) and self.words[place].startswith(beginning)
