"""Inflected forms of names: what an article may write for what the catalogue calls by one name."""

import re
from functools import cache

import pymorphy3

from crawlers import text

_CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
_WORDS = re.compile(r"(\w+(?:-\w+)*)")

# Belarusian has no analyser among the libraries: endings of the classes that names of places fall into.
# «-ской» beside «-скай»: the vowel depends on the stress, which a name does not show.
_BE_ENDINGS = (
    ("скі", ("скі", "скага", "скаму", "скім", "скога", "скому", "ская", "скай", "ской", "скую", "скае", "скія", "скіх", "скімі")),
    ("цкі", ("цкі", "цкага", "цкаму", "цкім", "цкая", "цкай", "цкую", "цкае", "цкія", "цкіх", "цкімі")),
    ("ская", ("ская", "скай", "ской", "скую", "скаю")),
    ("цкая", ("цкая", "цкай", "цкую", "цкаю")),
    ("вобласць", ("вобласць", "вобласці", "вобласцю", "абласцей", "абласцям", "абласцямі", "абласцях")),
    ("раён", ("раён", "раёна", "раёну", "раёне", "раёнам", "раёны", "раёнаў")),
    ("шчына", ("шчына", "шчыны", "шчыне", "шчыну", "шчынай")),
    ("ічы", ("ічы", "іч", "ічаў", "ічам", "ічамі", "ічах")),
    ("ь", ("ь", "і", "ю", "ем", "ях")),
    ("ў", ("ў", "ва", "ву", "вам", "ве")),
    ("аў", ("аў", "ава", "аву", "авам", "аве")),
    ("ёў", ("ёў", "ёва", "ёву", "ёвам", "ёве")),
    ("ава", ("ава", "ава", "аву", "авам", "аве")),
    ("к", ("к", "ка", "ку", "кам", "ку")),
    ("т", ("т", "та", "ту", "там", "це")),
    ("м", ("м", "ма", "му", "мам", "ме")),
    ("ма", ("ма", "мы", "ме", "му", "май", "маю")),
    ("на", ("на", "ны", "не", "ну", "най", "наю")),
    ("ша", ("ша", "шы", "шу", "шай")),
    ("ыя", ("ыя", "ыі", "ыю", "ыяй")),
    ("ія", ("ія", "іі", "ію", "іяй")),
)  # fmt: skip


def forms(name: str, language: str) -> frozenset[str]:
    """Folded inflected forms of a name, itself included.

    Russian phrases are declined as a whole: adjectives and the first noun agree, what follows stands still
    («Минский завод колёсных тягачей»). Belarusian takes endings by class. Other languages: the name itself,
    in English also with 's.
    """
    plain = text.fold(name)
    if language == "ru":
        return frozenset({plain, *_russian(plain)})
    if language == "be":
        return frozenset({plain, *_belarusian(plain)})
    return frozenset({plain, f"{plain}'s"}) if language == "en" else frozenset({plain})


def adjective_forms(word: str, language: str) -> frozenset[str]:
    """Folded forms of an adjective in all genders, numbers and cases."""
    plain = text.fold(word)
    if language == "ru":
        parsed = next((p for p in _analyser().parse(plain) if "ADJF" in p.tag), None)
        return frozenset(
            {plain, *(text.fold(f.word) for f in parsed.lexeme if "Supr" not in f.tag)} if parsed else {plain}
        )
    return forms(word, language)


@cache
def _analyser() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer(lang="ru")


def _russian(phrase: str) -> set[str]:
    spaced = _WORDS.split(phrase)
    words = [i for i, part in enumerate(spaced) if i % 2]
    parsed = [_analyser().parse(spaced[i])[0] for i in words]
    parsed = [_as_name(spaced[i], p) for i, p in zip(words, parsed, strict=True)]
    head = next((n for n, p in enumerate(parsed) if "NOUN" in p.tag and "nomn" in p.tag), None)
    if head is None:
        return set()
    noun = parsed[head]
    number = "plur" if "plur" in noun.tag else "sing"
    gender = {str(noun.tag.gender)} if number == "sing" and noun.tag.gender else set()
    agreeing = [n for n in range(min(head + 2, len(words))) if n != head and _is_adjective(parsed[n])]
    found = set()
    for case in _CASES:
        declined = noun.inflect({number, case})
        if declined is not None:
            parts = list(spaced)
            parts[words[head]] = declined.word
            grammemes = {case, number} | gender
            for n in agreeing:
                adjective = parsed[n].inflect(grammemes)
                if adjective is not None:
                    # things, not persons: the accusative of the masculine is the nominative
                    inanimate = case == "accs" and number == "sing" and noun.tag.gender == "masc"
                    parts[words[n]] = spaced[words[n]] if inanimate else adjective.word
            found.add(text.fold("".join(parts)))
    return found


def _as_name(word: str, parsed: pymorphy3.analyzer.Parse) -> pymorphy3.analyzer.Parse:
    """The reading of a word that fits a name: an adjective in -ий, else a noun in the nominative."""
    readings = _analyser().parse(word)
    if word.endswith(("ий", "ый", "ой", "ая", "ое", "ие", "ые")):
        fitting = next((p for p in readings if "ADJF" in p.tag and "nomn" in p.tag), None)
        if fitting:
            return fitting
    return next((p for p in readings if "NOUN" in p.tag and "nomn" in p.tag), parsed)


def _is_adjective(parsed: pymorphy3.analyzer.Parse) -> bool:
    return "ADJF" in parsed.tag and "nomn" in parsed.tag


def _belarusian(phrase: str) -> set[str]:
    words = phrase.split(" ")
    heads = [_endings(word) for word in words]
    if len(words) == 1:
        return heads[0]
    if len(words) == 2:
        return {f"{first} {second}" for first in heads[0] for second in heads[1]}
    return {" ".join([first, *words[1:]]) for first in heads[0]}


def _endings(word: str) -> set[str]:
    fitting = [(ending, all_) for ending, all_ in _BE_ENDINGS if word.endswith(text.fold(ending))]
    if not fitting:
        return {word}
    ending, endings = max(fitting, key=lambda pair: len(pair[0]))
    stem = word[: len(word) - len(ending)]
    return {word, *(stem + text.fold(one) for one in endings)}
