"""Ordinary words that are evidence beside names: of a document, of trade, or of a sports page."""

import re
from functools import cache
from pathlib import Path

from crawlers import text
from crawlers.datafile import Strict, build, read_yaml
from crawlers.errors import DataError
from matcher.texts import SomeTexts

WORDS = Path(__file__).parent / "words" / "words.yml"


class _Group(Strict):
    words: SomeTexts


@cache
def groups(path: Path = WORDS) -> dict[str, re.Pattern[str]]:
    """A pattern for each group of words, over all its languages, to be used on folded text."""
    data = read_yaml(path)
    if not isinstance(data, dict):
        raise DataError(path, "", data, "groups of word beginnings by language")
    read = {name: build(_Group, {"words": languages}, f"{path}: {name}") for name, languages in data.items()}
    return {name: pattern([w for words in group.words.values() for w in words]) for name, group in read.items()}


def pattern(beginnings: list[str]) -> re.Pattern[str]:
    """A pattern that finds words beginning so; `=word` finds that word only."""
    parts = [
        re.escape(text.fold(one[1:])) + r"(?!\w)" if one.startswith("=") else re.escape(text.fold(one)) + r"\w*"
        for one in sorted(beginnings, key=len, reverse=True)
    ]
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + ")")


@cache
def pattern_of(beginnings: tuple[str, ...]) -> re.Pattern[str]:
    return pattern(list(beginnings))
