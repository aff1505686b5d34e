"""A text as the matcher reads it: sentences, the names found in each, and words looked for on demand."""

import re
from collections.abc import Iterable
from functools import cached_property

from crawlers import text
from matcher import words
from matcher.anchors import Anchors
from matcher.records import Text
from matcher.said import Said
from matcher.stems import stem
from matcher.suffixed import language_of
from matcher.terms import Hit

LEAD = 2
"""Sentences after the headline that count as the lead."""


class ReadText:
    """One article, cut into sentences; sentence 0 is the headline."""

    def __init__(self, article: Text, anchors: Anchors) -> None:
        self.article = article
        headline = text.clean(article.title).replace("\n", " ")
        body = text.clean(article.text)
        self.clean = f"{headline}\n{body}"
        self.folded = text.fold(self.clean)
        self.language = language_of(self.folded, article.language)
        """One that inflects by suffixes, or None."""
        self.hits = anchors.find(self.clean, self.folded, self.language)
        self._headline_end = len(headline)
        self._said: dict[range, Said] = {}

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """(start, end) of each sentence."""
        start = self._headline_end + 1
        body = [(start + a, start + b) for a, b in text.sentence_spans(self.clean[start:])]
        return [(0, self._headline_end), *body]

    @cached_property
    def hits_by_sentence(self) -> list[list[Hit]]:
        found: list[list[Hit]] = [[] for _ in self.spans]
        sentence = 0
        for hit in self.hits:
            while sentence + 1 < len(self.spans) and hit.start >= self.spans[sentence + 1][0]:
                sentence += 1
            found[sentence].append(hit)
        return found

    @cached_property
    def words_by_sentence(self) -> list[frozenset[str]]:
        """Folded words of each sentence; of a word with a hyphen also its parts."""
        return [
            frozenset(part for word in text.words(self.folded_sentence(n)) for part in (word, *word.split("-")))
            for n in self.sentences
        ]

    @cached_property
    def stems_by_sentence(self) -> list[frozenset[str]]:
        return [frozenset(map(stem, words)) for words in self.words_by_sentence]

    def said(self, sentences: range) -> Said:
        """The words of some sentences; asked for again and again, hence kept."""
        if sentences not in self._said:
            words = (self.words_by_sentence[n] for n in sentences)
            stems = (self.stems_by_sentence[n] for n in sentences)
            self._said[sentences] = Said.of(words, stems)
        return self._said[sentences]

    def sentence(self, number: int) -> str:
        start, end = self.spans[number]
        return self.clean[start:end]

    def folded_sentence(self, number: int) -> str:
        start, end = self.spans[number]
        return self.folded[start:end]

    def shown(self, hit: Hit) -> str:
        return self.clean[hit.start : hit.end]

    def find_words(self, group: str, sentences: Iterable[int]) -> dict[int, list[str]]:
        """Words of a group (see matcher/words) by sentence, as they stand in the text."""
        return self.find_pattern(words.groups()[group], sentences)

    def find_pattern(self, pattern: re.Pattern[str], sentences: Iterable[int]) -> dict[int, list[str]]:
        found = {}
        for number in sentences:
            start, end = self.spans[number]
            listed = [self.clean[m.start() : m.end()] for m in pattern.finditer(self.folded, start, end)]
            if listed:
                found[number] = listed
        return found

    @property
    def sentences(self) -> range:
        return range(len(self.spans))
