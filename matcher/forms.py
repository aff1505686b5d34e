"""Inflected forms of names: what an article may write for what the catalogue calls by one name."""

import re

from crawlers import text
from matcher import belarusian, russian

_NUMERAL = re.compile(r"[IVXLCМХ]+")
"""Roman, at times with Cyrillic letters; no name of a body is made of these alone."""


def forms(name: str, language: str) -> frozenset[str]:
    """Folded inflected forms of a name, itself included.

    Phrases are declined as a whole: adjectives and the first noun agree, what follows stands still
    («Минский завод колёсных тягачей»). Other languages than Russian and Belarusian: the name itself, in
    English also with 's.
    """
    plain = text.fold(name)
    if language == "ru":
        return frozenset({plain, *map(text.fold, russian.declined(plain, _abbreviations(name)))})
    if language == "be":
        return frozenset({plain, *belarusian.declined(plain, _abbreviations(name))})
    return frozenset({plain, f"{plain}'s"}) if language == "en" else frozenset({plain})


def adjective_forms(word: str, language: str) -> frozenset[str]:
    """Folded forms of an adjective in all genders, numbers and cases."""
    plain = text.fold(word)
    if language == "ru":
        return frozenset({plain, *map(text.fold, russian.adjective(plain))})
    if language == "be":
        return frozenset({plain, *belarusian.adjective(plain)})
    return forms(word, language)


def _abbreviations(name: str) -> frozenset[str]:
    """Words that end in two capitals (ТПП, БелТПП): they are nouns, and none of them is declined."""
    return frozenset(
        text.fold(word)
        for word in text.words(name)
        if len(word) > 1 and word[-2:].isupper() and not _NUMERAL.fullmatch(word)
    )
