"""What an entry is about, as concepts that have words in every language."""

from functools import cache
from pathlib import Path

from crawlers import text
from crawlers.datafile import read_yaml
from crawlers.errors import DataError
from matcher import frequencies
from matcher.entries import Entry

CONCEPTS = Path(__file__).parent / "words" / "concepts.yml"

_SAID_IN_TITLE = 0.8
"""A concept of the title's words counts a little less than one that the catalogue states."""
_SHORT = 3  # letters: a beginning so short says nothing of a word in a title


@cache
def load(path: Path = CONCEPTS) -> dict[str, dict[str, list[str]]]:
    """Beginnings of words by language, of each concept. Raises DataError for a file that is none."""
    data = read_yaml(path)
    if not isinstance(data, dict):
        raise DataError(path, "", data, "beginnings of words by language, of each concept")
    return {
        name: {one: [str(w) for w in words] for one, words in by_language.items()}
        for name, by_language in data.items()
    }


@cache
def folded(concept: str) -> tuple[str, ...]:
    """The beginnings of all languages, as they stand in a folded text."""
    return tuple(text.fold(w.removeprefix("=")) for words in load()[concept].values() for w in words)


def of_entry(entry: Entry) -> dict[str, float]:
    """The concepts of an entry with how surely it is about each, from 0 to 1."""
    whole, beginnings, phrases = _russian()
    stated: set[str] = set()
    for topic in (text.fold(topic.removeprefix("=")) for topic in entry.topics.get("ru", ())):
        stated |= whole.get(topic, _NO).union(
            *(beginnings.get(topic[:n], _NO) for n in range(1, len(topic) + 1))
        )
    names = [text.fold(name) for name in (entry.title["ru"], *entry.names.get("ru", ()))]
    every = "\n".join(names)
    said = {concept for phrase, concept in phrases if phrase in every}
    for word in {word for name in names for word in text.words(name)}:
        said |= whole.get(word, _NO) | beginnings.get(word, _NO)
        said.update(*(beginnings.get(word[:n], _NO) for n in range(_SHORT + 1, len(word))))
    return {one: 1.0 if one in stated else _SAID_IN_TITLE for one in load() if one in stated or one in said}


_NO: frozenset[str] = frozenset()
_Index = dict[str, frozenset[str]]


@cache
def _russian() -> tuple[_Index, _Index, list[tuple[str, str]]]:
    """Concepts by Russian word, by beginning of a word, and by phrase: each is looked up for a thousand entries."""
    whole: _Index = {}
    beginnings: _Index = {}
    for concept, by_language in load().items():
        for one in by_language["ru"]:
            index = whole if one.startswith("=") else beginnings
            key = text.fold(one.removeprefix("="))
            index[key] = index.get(key, _NO) | {concept}
    phrases = [
        (one, concept) for index in (whole, beginnings) for one in index if " " in one for concept in index[one]
    ]
    return whole, beginnings, phrases


def bits(concept: str) -> float:
    """Information of a concept in bits: how rarely news texts speak of it."""
    return frequencies.load().bits(f"concept:{concept}")
