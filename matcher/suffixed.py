"""Names in languages that inflect by suffixes: the beginning of each word, then a suffix of bounded length.

Ukrainian, Kazakh, Romanian, Georgian, Armenian, Kyrgyz, Tajik, Uzbek and Azerbaijani. No analyser of names is at
hand for them, and the suffixes are too many to list: «Павлодар облысындағы», «ბელარუსულმა», «Chișinăului».
"""

import re
from collections.abc import Iterable

import ahocorasick_rs

from crawlers import text
from matcher.terms import Form, Span

LANGUAGES = frozenset({"uk", "kk", "ro", "ka", "hy", "ky", "tg", "uz", "uz-Cyrl", "az"})

_CUT = {"uk": "аяеєиіїйоуюь", "ka": "აეიოუ", "ro": "aă", "kk": "ь", "ky": "ь", "tg": "ь", "uz-Cyrl": "ь"}
"""Letters that fall away before a suffix."""
_SHORTEST = 3
_LONGEST_SUFFIX = {3: 3}
_SUFFIX = 8  # letters, for names longer than the shortest
_WORD = re.compile(r"\w+")

# Letters that only one of the languages has, or that tell it from Russian and English.
_LETTERS = (
    ("ka", re.compile("[ა-ჰ]")), ("hy", re.compile("[ա-և]")), ("uz-Cyrl", re.compile("ў[^\n]*[қғҳ]|[қғҳ][^\n]*ў")),
    ("tg", re.compile("[ӣӯҷ]")), ("kk", re.compile("[әұі][^\n]*[қңғ]|[қңғ][^\n]*[әұі]")), ("ky", re.compile("[ңөү]")),
    ("uk", re.compile("[їєґ]")), ("az", re.compile("ə")), ("ro", re.compile("[ășțşţ]")),
    ("uz", re.compile("[og][ʻʼ‘'](?=[a-z])")),
)  # fmt: skip


def language_of(folded: str, stated: str | None) -> str | None:
    """Which of the languages a text is in; None for any other. Letters win over what is stated: labels err."""
    sample = folded[:1000]
    for language, letters in _LETTERS:
        if len(letters.findall(sample)) >= (1 if language in ("uz-Cyrl", "kk") else 3):
            return language
    return stated if stated in LANGUAGES else None


class Suffixed:
    """All names of one language, to be found with whatever suffix they bear."""

    def __init__(self, language: str, names: Iterable[tuple[str, Form]]) -> None:
        self._by_first: dict[str, list[tuple[list[str], Form]]] = {}
        for name, form in names:
            stems = [stem(word, language) for word in _WORD.findall(text.fold(text.clean(name)))]
            if stems and len(stems[0]) >= _SHORTEST:
                self._by_first.setdefault(stems[0], []).append((stems, form))
        self._patterns = list(self._by_first)
        self._automaton = ahocorasick_rs.AhoCorasick(self._patterns) if self._patterns else None

    def find(self, folded: str) -> list[Span]:
        """Spans of all names, whole words each; they may overlap."""
        if self._automaton is None:
            return []
        found: dict[tuple[int, int], list[Form]] = {}
        for number, start, _ in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if start and (folded[start - 1].isalnum() or folded[start - 1] == "-"):
                continue
            for stems, form in self._by_first[self._patterns[number]]:
                end = _end(folded, start, stems)
                if end is not None and form not in (known := found.setdefault((start, end), [])):
                    known.append(form)
        return [Span(start, end, forms) for (start, end), forms in found.items()]


def stem(word: str, language: str) -> str:
    cut = word.rstrip(_CUT.get(language, ""))
    return cut if len(cut) >= _SHORTEST else word


def _end(folded: str, start: int, stems: list[str]) -> int | None:
    """Where the name ends whose words begin with `stems`; None where it does not stand there."""
    place = start
    for number, stem in enumerate(stems):
        word = _WORD.match(folded, place)
        if word is None or not word[0].startswith(stem):
            return None
        if len(word[0]) - len(stem) > _LONGEST_SUFFIX.get(len(stem), _SUFFIX):
            return None
        place = word.end()
        if number + 1 < len(stems):
            gap = re.compile(r"[\s\-'\"«»“”„.]{1,3}").match(folded, place)
            if gap is None:
                return None
            place = gap.end()
    return place
