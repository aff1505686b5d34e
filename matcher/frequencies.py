"""How common words are in news: the weight of what a text and an entry share."""

import math
from bisect import bisect_left
from functools import cache
from pathlib import Path

from crawlers.errors import DataError

TABLE = Path(__file__).parent / "words" / "frequencies.tsv"
_RARE = 10
"""Texts in which a word that the table leaves out is taken to stand."""


class Frequencies:
    """In how many of `total` news texts each stem stands. Counted by `python -m matcher.bench frequencies`."""

    def __init__(self, total: int, counts: dict[str, int]) -> None:
        self.total, self._counts = total, counts
        self._sorted = sorted(counts)

    def bits(self, stem: str) -> float:
        """Information in bits (inverse document frequency): 0 for what stands in every text."""
        return math.log2(self.total / max(_RARE, self._counts.get(stem, 0)))

    def bits_of_beginning(self, beginning: str) -> float:
        """The same for all words that begin so."""
        count, place = 0, bisect_left(self._sorted, beginning)
        while place < len(self._sorted) and self._sorted[place].startswith(beginning):
            count += self._counts[self._sorted[place]]
            place += 1
        return max(0.0, math.log2(self.total / max(_RARE, count)))


@cache
def load(path: Path = TABLE) -> Frequencies:
    """Reads the table: the number of texts, then a stem and its count per line. Raises DataError."""
    try:
        first, *lines = path.read_text(encoding="utf-8").splitlines()
        counts = {word: int(count) for word, count in (line.split("\t") for line in lines)}
        return Frequencies(int(first), counts)
    except (OSError, ValueError) as error:
        raise DataError(path, "", str(error), "a number of texts, then lines of stem, tab, count") from None
