"""Inflected forms of names: what an article may write for what the catalogue calls by one name."""

import re
from collections.abc import Callable, Iterable, Mapping

from crawlers import text
from matcher import belarusian, russian

_NUMERAL = re.compile(r"[IVXLCМХ]+")
"""Roman, at times with Cyrillic letters; no name of a body is made of these alone."""


_made: dict[str, frozenset[str]] = {}
"""What was made in this process or remembered from an earlier one, by use, language and name."""


def forms(name: str, language: str) -> frozenset[str]:
    """Folded inflected forms of a name, itself included.

    Phrases are declined as a whole: adjectives and the first noun agree, what follows stands still
    («Минский завод колёсных тягачей»). Other languages than Russian and Belarusian: the name itself, in
    English also with 's.
    """
    if language == "ru":
        return _once("name", name, language, _russian)
    if language == "be":
        return _once("name", name, language, _belarusian)
    plain = text.fold(name)
    return frozenset({plain, f"{plain}'s"}) if language == "en" else frozenset({plain})


def adjective_forms(word: str, language: str) -> frozenset[str]:
    """Folded forms of an adjective in all genders, numbers and cases."""
    if language == "ru":
        return _once(
            "adjective", word, language, lambda word: map(text.fold, russian.adjective(text.fold(word)))
        )
    if language == "be":
        return _once("adjective", word, language, lambda word: belarusian.adjective(text.fold(word)))
    return forms(word, language)


def is_given_name(word: str) -> bool:
    """Whether a name of a place is one of persons, too: «Владимир»."""
    return bool(_once("given", word, "ru", lambda word: ["given"] if russian.is_given_name(word) else []))


def remember(made: Mapping[str, Iterable[str]]) -> None:
    """Takes over what `remembered` gave in another process of the same program."""
    _made.update((key, frozenset(listed)) for key, listed in made.items())


def remembered() -> dict[str, list[str]]:
    """All that was made so far, as plain data."""
    return {key: sorted(listed) for key, listed in _made.items()}


def _once(use: str, name: str, language: str, make: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """To decline a name takes a tenth of a millisecond, and there are ten thousand."""
    key = f"{use} {language} {name}"
    found = _made.get(key)
    if found is None:
        own = () if use == "given" else (text.fold(name),)
        found = _made[key] = frozenset((*own, *make(name)))
    return found


def _russian(name: str) -> Iterable[str]:
    return map(text.fold, russian.declined(text.fold(name), _abbreviations(name)))


def _belarusian(name: str) -> Iterable[str]:
    return belarusian.declined(text.fold(name), _abbreviations(name))


def _abbreviations(name: str) -> frozenset[str]:
    """Words that end in two capitals (ТПП, БелТПП): they are nouns, and none of them is declined."""
    return frozenset(
        text.fold(word)
        for word in text.words(name)
        if len(word) > 1 and word[-2:].isupper() and not _NUMERAL.fullmatch(word)
    )
