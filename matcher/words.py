"""Ordinary words that are evidence beside names: of a document, of trade, or of a sports page."""

from functools import cache
from pathlib import Path

from crawlers.datafile import Strict, build, read_yaml
from crawlers.errors import DataError
from matcher.texts import SomeTexts

WORDS = Path(__file__).parent / "words" / "words.yml"


class _Group(Strict):
    words: SomeTexts


@cache
def groups(path: Path = WORDS) -> dict[str, tuple[str, ...]]:
    """Beginnings of words of each group, of all its languages; `=word` stands for that word only.

    Raises DataError for a file that holds no such groups.
    """
    data = read_yaml(path)
    if not isinstance(data, dict):
        raise DataError(path, "", data, "groups of word beginnings by language")
    read = {name: build(_Group, {"words": languages}, f"{path}: {name}") for name, languages in data.items()}
    return {name: tuple(w for words in group.words.values() for w in words) for name, group in read.items()}
