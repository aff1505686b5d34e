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


def of_entry(entry: Entry) -> dict[str, float]:
    """The concepts of an entry with how surely it is about each, from 0 to 1."""
    topics = [text.fold(topic.removeprefix("=")) for topic in entry.topics.get("ru", ())]
    said = [text.fold(name) for name in (entry.title["ru"], *entry.names.get("ru", ()))]
    words = [word for one in said for word in text.words(one)]
    found: dict[str, float] = {}
    for concept, by_language in load().items():
        for beginning in by_language["ru"]:
            one = text.fold(beginning.removeprefix("="))
            if any(topic == one or (one == beginning and topic.startswith(one)) for topic in topics):
                found[concept] = 1.0
            elif concept not in found and _is_said(one, one != beginning, words, said):
                found[concept] = _SAID_IN_TITLE
    return found


def _is_said(beginning: str, whole: bool, words: list[str], said: list[str]) -> bool:
    if " " in beginning:
        return any(beginning in one for one in said)
    return any(
        word == beginning or (not whole and len(beginning) > _SHORT and word.startswith(beginning))
        for word in words
    )


def bits(concept: str) -> float:
    """Information of a concept in bits: how rarely news texts speak of it."""
    return frequencies.load().bits(f"concept:{concept}")
