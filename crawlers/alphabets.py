"""Which letters the languages of the sides are written with: what rules a language out, or makes it unlikely."""

import re
from collections.abc import Mapping
from typing import NamedTuple

_CYRILLIC = frozenset("абвгдежзйклмнопрстуфхцчшьюя")
"""Letters that all Cyrillic alphabets below share."""
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz")


class Alphabet(NamedTuple):
    """The letters of a language, and how many of a hundred in running text are its marks.

    Marks are letters that a neighbour's text lacks: without any of them a longer text is hardly in it.
    """

    letters: frozenset[str]
    marks: frozenset[str]
    per_hundred: float


def _cyrillic(more: str, marks: str, per_hundred: float) -> Alphabet:
    return Alphabet(_CYRILLIC | frozenset(more), frozenset(marks), per_hundred)


def _latin(more: str, per_hundred: float) -> Alphabet:
    return Alphabet(_LATIN | frozenset(more), frozenset(more), per_hundred)


# The shares are rounded from the recorded collections where these have the language.
_IN_CYRILLIC = {
    "ru": _cyrillic("ёиыэъщ", "и", 7),
    "be": _cyrillic("ёіўыэ", "іў", 8),
    "uk": _cyrillic("ґєиіїщ", "иії", 12),
    "kk": _cyrillic("ёиыэъщіәғқңөұүһ", "іәғқңөұү", 17),
    "ky": _cyrillic("ёиыэъщңөү", "ңөү", 7),
    "tg": _cyrillic("ёиэъғӣқӯҳҷ", "ғӣқӯҳҷ", 7),
    "uz": _cyrillic("ёиэъўқғҳ", "ўқғҳ", 7),
}
_IN_LATIN = {
    "en": _latin("", 0),
    "uz": Alphabet(_LATIN, frozenset("'"), 2.5),  # oʻ and gʻ; text.fold makes all apostrophes alike
    "az": _latin("əğıöüşçi̇", 18),
    "ro": _latin("ăâîșțşţ", 6),
    "pl": _latin("ąćęłńóśźż", 6),
    "lt": _latin("ąčęėįšųūž", 7),
}
_OWN_SCRIPT = {"hy": re.compile("[\u0531-\u0587]"), "ka": re.compile("[\u10a0-\u10ff\u1c90-\u1cbf]")}
_IS_CYRILLIC = re.compile("[\u0400-\u052f]")
_IS_LATIN = re.compile("[a-z\u00c0-\u024f\u0259]")

KNOWN = frozenset({*_IN_CYRILLIC, *_IN_LATIN, *_OWN_SCRIPT})
"""Languages of the sides and of their neighbours; any other needs more evidence."""

# The detector has hardly seen Uzbek in Cyrillic letters and takes it for Tajik.
_UZBEK, _TAJIK = re.compile("ў"), re.compile("[ӣӯҷ]")
_SHARED_BY_BOTH = re.compile("[қғҳ]")
_UZBEK_IN_LATIN = re.compile("[og]'(?=[a-z])")  # twice, for there is an O'Neill in other languages too
_KAZAKH = re.compile("[іәңөұү]")

# Headlines of some ten words often lack the letters that mark a Turkic language, but not its endings.
_TURKIC = (
    "нын", "нин", "нун", "нинг", "дагы", "деги", "даги", "ган", "лар", "лор", "ында", "инде", "нда", "лды", "лди",
    "туу", "руу", "лык", "лик", "миз", "моқда",
)  # fmt: skip
_SLAVIC = frozenset({"ru", "be", "uk"})

_FOREIGN_WORDS = 0.12
"""Share of words with a letter that a language lacks from which a text is not in it: a name may have one."""


def by_letters(folded: str, words: list[str], letters: int) -> str | None:
    """The language that letters alone settle: Armenian and Georgian by script, Tajik and Uzbek by theirs."""
    for code, script in _OWN_SCRIPT.items():
        if len(script.findall(folded)) * 2 > letters:
            return code
    if (apostrophes := len(_UZBEK_IN_LATIN.findall(folded))) > 1 and apostrophes * 40 > letters:
        return "uz"
    if len(_SHARED_BY_BOTH.findall(folded)) * 100 > letters:
        uzbek, tajik = len(_UZBEK.findall(folded)), len(_TAJIK.findall(folded))
        if uzbek != tajik:
            return "uz" if uzbek > tajik else "tg"
        if _turkic(words) and not _KAZAKH.search(folded):
            return "uz"
    return None


def _turkic(words: list[str]) -> bool:
    endings = sum(word.endswith(_TURKIC) for word in words)
    return endings > 1 and endings * 5 > len(words)


def plausible(folded: str, words: list[str]) -> dict[str, float]:
    """How far the letters of a folded text allow each known language, from 0 (not named) to 1.

    None is allowed where most letters are neither Cyrillic nor Latin.
    """
    cyrillic, latin = len(_IS_CYRILLIC.findall(folded)), len(_IS_LATIN.findall(folded))
    if (cyrillic + latin) * 2 < sum(map(len, words)):
        return {}
    table: Mapping[str, Alphabet] = _IN_CYRILLIC if cyrillic >= latin else _IN_LATIN
    letters = max(cyrillic, latin)
    used = frozenset(folded)
    script = (_IS_CYRILLIC if cyrillic >= latin else _IS_LATIN).findall("".join(used))
    turkic = _turkic(words)
    found = {}
    for code, alphabet in table.items():
        if turkic and code in _SLAVIC:
            continue
        lacking = frozenset(script) - alphabet.letters
        if lacking and sum(not lacking.isdisjoint(w) for w in words) > _FOREIGN_WORDS * len(words):
            continue
        unmarked = alphabet.marks and alphabet.marks.isdisjoint(used)
        found[code] = (1 - alphabet.per_hundred / 100) ** letters if unmarked else 1.0
    return found
