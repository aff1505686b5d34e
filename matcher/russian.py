"""Declension of Russian names: pymorphy3, and endings of our own for the names that it does not know."""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from crawlers import text

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer
    from pymorphy3.analyzer import Parse

_WORDS = re.compile(r"(\w+(?:['-]\w+)*)")
_CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
_GENDERS = ("masc", "femn", "neut")
_VOWELS = "аеёиоуыэюяь"
_OF_ADJECTIVES = ("ий", "ый", "ой", "ая", "яя", "ое", "ее", "ие", "ые")
_POSSESSIVE = re.compile(r"..(?:ин|ын|ов|ев)([ао]?)$")
_POSSESSIVES = {
    "masc": ("", "а", "у", "", "ым", "ом"),
    "femn": ("а", "ой", "ой", "у", "ой", "ой"),
    "neut": ("о", "а", "у", "о", "ым", "ом"),
}
_OF_PLACE = frozenset({"на", "над", "под", "при", "ла"})
"""Within a compound they begin what stands still: «Ростов-на-Дону»."""


class _Word(NamedTuple):
    """One word of a name, read as an adjective or noun in the nominative, or as anything else."""

    word: str
    kind: Literal["adjective", "noun", "other"]
    parsed: "Parse | None" = None
    """None for nouns that are not declined, or by our own endings."""
    still: bool = False

    @property
    def number(self) -> str:
        return "plur" if self.parsed is not None and "plur" in self.parsed.tag else "sing"

    @property
    def gender(self) -> str | None:
        if self.parsed is None:
            return None if self.still else "masc"
        return str(self.parsed.tag.gender) if self.parsed.tag.gender and self.number == "sing" else None


def declined(phrase: str, abbreviations: frozenset[str]) -> set[str]:
    """Forms of a folded name in all cases; none where it has no head that can be declined."""
    spaced = _WORDS.split(phrase)
    words = [_read(word, abbreviations) for word in spaced[1::2]]
    head = next((n for n, word in enumerate(words) if word.kind == "noun"), None)
    if head is None:
        # «Высокое», «Могилёв-Подольский»: an adjective that is a name
        head = next((n for n, word in enumerate(words) if word.kind == "adjective"), None)
    if head is None:
        return set()
    for n in (head - 1, head):
        if n >= 0 and words[n].kind != "adjective" and _is_possessive(words[n : n + 2]):
            words[n] = words[n]._replace(kind="adjective", parsed=None)
            head = n + 1
            break
    before = [n for n in range(head) if words[n].kind == "adjective"]
    words[head] = _fitting(words[head], [words[n] for n in before])
    number, gender = _agreement(words[head], [words[n] for n in before])
    agreeing = before + ([head + 1] if _follows(words, head, number, gender) else [])
    found = set()
    for case in _CASES:
        wanted = {case, number} | ({gender} if gender else set())
        for form in _of_head(words[head], case, number):
            parts = list(spaced)
            parts[2 * head + 1] = form
            for n in agreeing:
                # things, not persons: the accusative of the masculine is the nominative
                stands = case == "accs" and number == "sing" and gender == "masc"
                adjective_form = _of_adjective if words[n].parsed else _of_possessive
                parts[2 * n + 1] = words[n].word if stands else adjective_form(words[n], wanted)
            found.add("".join(parts))
    return found


def adjective(word: str) -> set[str]:
    parsed = next((p for p in _parse(word) if "ADJF" in p.tag), None)
    if parsed is None:
        return set()
    # the stem keeps «высший» from the forms of «высокий»
    forms = (f for f in parsed.lexeme if "ADJF" in f.tag and ("Supr" in f.tag) == ("Supr" in parsed.tag))
    return {form.word for form in forms if text.fold(form.word).startswith(word[:-2])}


def is_given_name(word: str) -> bool:
    """«Владимир», which is also a city."""
    return any(parsed.is_known and "Name" in parsed.tag for parsed in _parse(word))


@cache
def _analyser() -> "MorphAnalyzer":
    import pymorphy3  # only where a name has no forms in the cache

    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=20_000)
def _parse(word: str) -> "list[Parse]":
    """«область» and «район» stand in a thousand names."""
    return list(_analyser().parse(word))


def _read(word: str, abbreviations: frozenset[str]) -> _Word:
    if word in abbreviations:
        return _Word(word, "noun", still=True)
    readings = _parse(word)
    if word.endswith(_OF_ADJECTIVES):
        fitting = next((p for p in readings if _is_adjective(word, p)), None)
        if fitting is not None:
            return _Word(word, "adjective", fitting)
    nouns = [p for p in readings if "NOUN" in p.tag and "nomn" in p.tag]
    declinable = [p for p in nouns if "Fixd" not in p.tag]
    if declinable:
        return _Word(word, "noun", declinable[0])
    if any("Abbr" in p.tag for p in nouns):
        return _Word(word, "noun", still=True)
    if len(word) > 2 and "б" <= word[-1] <= "щ" and word[-1] not in _VOWELS and not _is_little(readings[0]):
        return _Word(word, "noun")
    return _Word(word, "noun", still=True) if nouns else _Word(word, "other")


def _is_adjective(word: str, parsed: "Parse") -> bool:
    """Whether a word is one, as far as can be known of a name that no dictionary has.

    Guesses at possessives («Беларуськалий» like «лисий») and at -ой («Промстрой») are nouns.
    """
    if "ADJF" not in parsed.tag or "nomn" not in parsed.tag:
        return False
    if "Poss" in parsed.tag and not parsed.is_known:
        return False
    return bool(parsed.is_known) or not word.endswith("ой") or word.endswith(("ской", "цкой"))


def _is_little(parsed: "Parse") -> bool:
    return any(part in parsed.tag for part in ("PREP", "CONJ", "PRCL", "NUMR", "ADVB")) and parsed.is_known


def _is_possessive(pair: list[_Word]) -> bool:
    """Whether the first of two words belongs to the second: «Марьина Горка», «Савушкин продукт»."""
    if len(pair) < 2 or pair[1].kind != "noun" or not (found := _POSSESSIVE.search(pair[0].word)):
        return False
    return pair[1].gender == {"": "masc", "а": "femn", "о": "neut"}[found[1]]


def _fitting(head: _Word, adjectives: list[_Word]) -> _Word:
    """The reading of a head that its adjectives agree with: «Старые Дороги» are many."""
    if head.parsed is None or not adjectives or adjectives[0].parsed is None:
        return head
    number, gender = adjectives[0].number, adjectives[0].gender
    for parsed in _parse(head.word):
        one = head._replace(parsed=parsed)
        noun = "NOUN" in parsed.tag and "nomn" in parsed.tag and "Fixd" not in parsed.tag
        if noun and one.number == number and (number == "plur" or one.gender == gender):
            return one
    return head


def _agreement(head: _Word, adjectives: list[_Word]) -> tuple[str, str | None]:
    """Number and gender, which an abbreviation has from its adjective: «Костромская ТПП»."""
    if head.still and adjectives:
        return adjectives[0].number, adjectives[0].gender
    return head.number, head.gender


def _follows(words: list[_Word], head: int, number: str, gender: str | None) -> bool:
    """Whether an adjective after the head belongs to it («улица Костромская») and not to a later noun."""
    after = words[head + 1 :]
    if not after or after[0].kind != "adjective" or words[head].kind != "noun":
        return False
    agrees = after[0].number == number and (number == "plur" or after[0].gender == gender)
    return agrees and not any(word.kind != "adjective" for word in after[1:])


def _of_head(head: _Word, case: str, number: str) -> list[str]:
    if head.still:
        return [head.word]
    if "-" in head.word and not (head.parsed is not None and head.parsed.is_known):
        first, _, rest = head.word.partition("-")
        if rest.partition("-")[0] in _OF_PLACE:
            return [f"{form}-{rest}" for form in _of_part(first, case)]
        if not first.endswith(("о", "е")):
            # «Брест-Литовска» beside «Могилёва-Подольского»: the first part may stand still
            firsts = {first, *_of_part(first, case)}
            return [f"{one}-{other}" for one in sorted(firsts) for other in _of_part(rest, case)]
    if head.parsed is None:
        return _by_endings(head.word, case)
    if head.kind == "adjective":
        wanted = {case, number} | ({head.gender} if head.gender else set())
        return [head.word if case == "accs" and head.gender == "masc" else _of_adjective(head, wanted)]
    inflected = head.parsed.inflect({number, case})
    return [inflected.word] if inflected is not None else []


def _of_part(part: str, case: str) -> list[str]:
    word = _read(part, frozenset())
    return _of_head(word, case, word.number) if word.kind != "other" else [part]


def _of_adjective(word: _Word, wanted: set[str]) -> str:
    """The form that is most like the word: «высшего» for «высший», not «высочайшего» or «высокого»."""
    assert word.parsed is not None
    wanted = wanted if "plur" not in wanted else wanted - set(_GENDERS)
    forms = [form.word for form in word.parsed.lexeme if "ADJF" in form.tag and wanted <= form.tag.grammemes]
    return max(forms, key=lambda form: _shared(text.fold(form), word.word), default=word.word)


def _of_possessive(word: _Word, wanted: set[str]) -> str:
    case, gender = next(c for c in _CASES if c in wanted), next(g for g in _GENDERS if g in wanted)
    return word.word.rstrip("ао") + _POSSESSIVES[gender][_CASES.index(case)]


def _shared(one: str, other: str) -> int:
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _by_endings(word: str, case: str) -> list[str]:
    """Of a masculine in a consonant that the analyser takes for something else: «Несвиж», «Кронохем»."""
    if word.endswith("й"):
        stem, endings = (
            word[:-1],
            {"gent": "я", "datv": "ю", "ablt": "ем", "loct": "и" if word.endswith("ий") else "е"},
        )
    else:
        stem = word
        endings = {"gent": "а", "datv": "у", "ablt": "ем" if word[-1] in "жшчщц" else "ом", "loct": "е"}
    return [stem + endings[case] if case in endings else word]
