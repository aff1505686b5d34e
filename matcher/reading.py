"""A text as the matcher reads it: sentences, the names and words found in each, as masks of sentences.

A mask is an int whose bit n is set where sentence n has the thing; bit 0 is the headline.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TypeVar

from crawlers import text
from matcher.anchors import Anchors
from matcher.records import Text
from matcher.stems import stem
from matcher.suffixed import language_of
from matcher.terms import Hit
from matcher.vocabulary import Found, Vocabulary

MOST = 100_000
"""Characters of a text that are read. The longest of 15,400 recorded articles has 65,000; what is longer is a fault."""

LEAD = 2
"""Sentences after the headline that count as the lead."""

_MOST_SENTENCES = 600
"""The rest of a longer text is read as one more sentence: no news item has so many."""


_NUMBER, _YEAR = re.compile(r"(?<!\d)\d{2,}(?!\d)"), re.compile(r"(?:19|20)\d\d")

_Key = TypeVar("_Key")
_One = TypeVar("_One", Hit, Found)


class ReadText:
    """One article, cut into sentences; sentence 0 is the headline."""

    def __init__(self, article: Text, anchors: Anchors, vocabulary: Vocabulary) -> None:
        self.article = article
        self._vocabulary = vocabulary
        headline = text.clean(article.title[:MOST]).replace("\n", " ")
        body = text.clean(article.text[:MOST])
        self.clean = f"{headline}\n{body}"
        self.folded = text.fold(self.clean)
        self.language = language_of(self.folded, article.language)
        """One that inflects by suffixes, or None."""
        self.hits = anchors.find(self.clean, self.folded, self.language)
        self._headline_end = len(headline)

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """(start, end) of each sentence."""
        start = self._headline_end + 1
        body = [(start + a, start + b) for a, b in text.sentence_spans(self.clean[start:])]
        if len(body) > _MOST_SENTENCES:
            body[_MOST_SENTENCES:] = [(body[_MOST_SENTENCES][0], body[-1][1])]
        return [(0, self._headline_end), *body]

    @property
    def sentences(self) -> range:
        return range(len(self.spans))

    @property
    def lead(self) -> range:
        """The headline and the sentences that lead in."""
        return range(min(LEAD + 1, len(self.spans)))

    @cached_property
    def hits_by_sentence(self) -> list[list[Hit]]:
        return self._by_sentence(self.hits)

    @cached_property
    def words_by_sentence(self) -> list[list[Found]]:
        """Words of the vocabulary."""
        return self._by_sentence(sorted(self._vocabulary.find(self.folded)))

    @cached_property
    def words(self) -> dict[str, int]:
        """The sentences of each name of the vocabulary, as a mask."""
        return masks((n, word.name) for n, found in enumerate(self.words_by_sentence) for word in found)

    @cached_property
    def stems(self) -> dict[str, int]:
        """The sentences of each stem, as a mask; of a word with a hyphen also of its parts."""
        return masks(
            (n, one)
            for n in self.sentences
            for word in set(text.words(self.folded_sentence(n)))
            for one in self.stems_of(word)
        )

    @staticmethod
    def stems_of(word: str) -> set[str]:
        """Stems of a folded word and of its parts between hyphens."""
        return {stem(part) for part in {word, *word.split("-")}}

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Numbers of two digits and more."""
        return frozenset(_NUMBER.findall(self.folded))

    @cached_property
    def years(self) -> frozenset[str]:
        """Years of the last century and of this one that the text states."""
        return frozenset(one for one in self.numbers if _YEAR.fullmatch(one))

    def sentence(self, number: int) -> str:
        start, end = self.spans[number]
        return self.clean[start:end]

    def folded_sentence(self, number: int) -> str:
        start, end = self.spans[number]
        return self.folded[start:end]

    def shown(self, one: Hit | Found) -> str:
        """As it stands in the text."""
        return self.clean[one.start : one.end]

    def shown_words(self, names: Iterable[str], sentences: Iterable[int]) -> tuple[str, ...]:
        """Words of the vocabulary as they stand in some sentences, each once."""
        wanted = set(names)
        found = (w for n in sentences for w in self.words_by_sentence[n] if w.name in wanted)
        shown: dict[str, str] = {}
        for one in map(self.shown, found):
            shown.setdefault(text.fold(one), one)
        return tuple(shown.values())

    def _by_sentence(self, found: list[_One]) -> list[list[_One]]:
        by_sentence: list[list[_One]] = [[] for _ in self.spans]
        sentence = 0
        for one in found:
            while sentence + 1 < len(self.spans) and one.start >= self.spans[sentence + 1][0]:
                sentence += 1
            by_sentence[sentence].append(one)
        return by_sentence


def masks(found: Iterable[tuple[int, _Key]]) -> dict[_Key, int]:
    """The sentences of each thing, from (sentence, thing)."""
    by_key: dict[_Key, int] = {}
    for number, key in found:
        by_key[key] = by_key.get(key, 0) | 1 << number
    return by_key


def bits(mask: int) -> Iterator[int]:
    """The sentences of a mask."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
