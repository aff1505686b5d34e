"""Declension of Belarusian names by their endings: no library of ours has an analyser of the language.

An ending does not show the stress, and not always the gender: where it leaves a choice, all forms are made.
"""

import re
from typing import Literal

Kind = Literal["masc", "femn", "neut", "plur"]
_Cases = list[tuple[str, ...]]
"""Endings of the nominative, genitive, dative, accusative, instrumental and locative."""

_WORDS = re.compile(r"(\w+(?:['-]\w+)*)")
_CYRILLIC = re.compile("[а-яіўё]")
_BEGINS_IN_U = re.compile(r"(?<= )[уў](?=\w)")
_HISSING = "жшчцр"
"""Consonants that are always hard: ы after them, never і or е."""
_BEFORE_E = {"т": "ц", "д": "дз", "к": "ц", "г": "з", "х": "с"}
"""Consonants that change before the ending of the locative."""

_ADJECTIVES: dict[Kind, _Cases] = {
    "masc": [("ы",), ("ага", "ога"), ("аму", "ому"), ("ы",), ("ым",), ("ым",)],
    "femn": [("ая",), ("ай", "ой"), ("ай", "ой"), ("ую",), ("ай", "ой", "аю", "ою"), ("ай", "ой")],
    "neut": [("ае", "ое"), ("ага", "ога"), ("аму", "ому"), ("ае", "ое"), ("ым",), ("ым",)],
    "plur": [("ыя",), ("ых",), ("ым",), ("ыя", "ых"), ("ымі",), ("ых",)],
}
_PLURAL: _Cases = [("ы",), ("аў", "оў", ""), ("ам",), ("ы", "аў", "оў"), ("амі",), ("ах",)]
_OF_KIND: list[tuple[str, Kind]] = [
    ("ская", "femn"), ("цкая", "femn"), ("скае", "neut"), ("цкае", "neut"), ("скі", "masc"), ("цкі", "masc"),
    ("скія", "plur"), ("цкія", "plur"), ("ая", "femn"), ("яя", "femn"), ("ае", "neut"), ("яе", "neut"), ("ое", "neut"),
    ("ыя", "plur"), ("ія", "plur"), ("ы", "masc"), ("і", "masc"),
]  # fmt: skip
_SURELY = re.compile(r"(?:[сц]кія?|..ая|..[ао]е)$")
"""Adjectives also where no noun follows them: «Магілёў-Падольскі», «Высокае»."""
_POSSESSIVE = re.compile(r"..(?:[іы]на?|[оеа](?:ў|ва))$")
"""«Мар'іна Горка»: adjectives with endings of their own, if a noun that suits them follows."""
_POSSESSIVES: dict[Kind, _Cases] = {
    "masc": [("",), ("а",), ("у",), ("",), ("ым",), ("ым",)],
    "femn": [("а",), ("ай", "ой"), ("ай", "ой"), ("у",), ("ай", "ой"), ("ай", "ой")],
}


def declined(phrase: str, abbreviations: frozenset[str]) -> set[str]:
    """Forms of a folded name in all cases: its adjectives and its head agree, what follows stands still."""
    spaced = _WORDS.split(phrase)
    words = spaced[1::2]
    first = next((n for n, word in enumerate(words) if _CYRILLIC.match(word)), None)
    if first is None:
        return set()
    head = _head(words, first)
    kind = _adjective_kind(words[first]) if head > first else None
    if words[head] in abbreviations:
        of_head: _Cases = [(words[head],)] * 6
    elif _SURELY.search(words[head]):
        of_head = _compound(words[head], None)
        kind = kind or _adjective_kind(words[head])
    else:
        of_head = _compound(words[head], kind)
    after = words[head + 1 :]
    last = len(after) == 1 and _SURELY.search(after[0]) and _adjective_kind(after[0])
    found = set()
    for case in range(6):
        for form in of_head[case]:
            for variant in range(2):
                parts = list(spaced)
                parts[2 * head + 1] = form
                for n in range(first, head):
                    parts[2 * n + 1] = _pick(_adjective_cases(words[n], kind or "masc")[case], variant)
                if last:
                    parts[2 * head + 3] = _pick(_adjective_cases(after[0], last)[case], variant)
                found.update(_short_u("".join(parts)))
    return found


def adjective(word: str) -> set[str]:
    """Forms of an adjective in all genders, numbers and cases."""
    kinds: tuple[Kind, ...] = ("masc", "femn", "neut", "plur")
    return {form for kind in kinds for forms in _adjective_cases(word, kind) for form in forms}


def _short_u(form: str) -> set[str]:
    """«дзяржаўнага ўніверсітэта» beside «дзяржаўным універсітэтам»: у within a phrase goes by what precedes it."""
    return {_BEGINS_IN_U.sub("у", form), _BEGINS_IN_U.sub("ў", form)} if _BEGINS_IN_U.search(form) else {form}


def _pick(forms: tuple[str, ...], variant: int) -> str:
    return forms[min(variant, len(forms) - 1)]


def _head(words: list[str], head: int) -> int:
    """The first noun from a word on: after a run of adjectives, of which the nominative must suit it."""
    while head + 1 < len(words) and (kind := _adjective_kind(words[head])):
        run = [_adjective_kind(word) for word in words[head:]]
        noun = next((words[head + n] for n, one in enumerate(run) if one != kind), words[-1])
        if not _suits(noun, kind):
            break
        head += 1
    return head


def _adjective_kind(word: str) -> Kind | None:
    if _POSSESSIVE.search(word):
        return "femn" if word.endswith("а") else "masc"
    return next(
        (kind for ending, kind in _OF_KIND if len(word) > len(ending) + 2 and word.endswith(ending)), None
    )


def _suits(noun: str, kind: Kind) -> bool:
    if len(noun) < 3:
        return False
    last = noun[-1]
    if kind == "plur":
        return last in "ыіе"
    if kind == "femn":
        return last in "аяь" or last not in "аеёіоуыэюя"
    if kind == "neut":
        return last in "аяеоё" or last not in "аеёіоуыэюя"
    return last not in "аеёіоуыэюя" or _SURELY.search(noun) is not None


def _adjective_cases(word: str, kind: Kind) -> _Cases:
    if _POSSESSIVE.search(word) and kind in _POSSESSIVES:
        stem = word.removesuffix("а")
        stem = stem[:-1] + "ў" if stem.endswith("в") else stem
        whole = stem[:-1] + "в" if stem.endswith("ў") else stem
        return [tuple((whole if one else stem) + one for one in forms) for forms in _POSSESSIVES[kind]]
    ending = next((one for one, _ in _OF_KIND if word.endswith(one)), "")
    stem = word[: len(word) - len(ending.lstrip("сцк"))] if ending else word
    soft = stem.endswith("н") and ending in ("яя", "яе", "і", "ія")
    velar = stem[-1:] in "кгх"
    return [tuple(stem + _softened(one, soft, velar) for one in forms) for forms in _ADJECTIVES[kind]]


def _softened(ending: str, soft: bool, velar: bool) -> str:
    if velar or soft:
        ending = ending.replace("ы", "і")
    return ending[0].translate(str.maketrans("аоу", "яею")) + ending[1:] if soft else ending


def _compound(word: str, kind: Kind | None) -> _Cases:
    """Of a word with hyphens the last part is declined; one before an adjective may be, too."""
    first, hyphen, rest = word.rpartition("-")
    own: Kind | None = _adjective_kind(rest) if _SURELY.search(rest) else None
    lasts = _adjective_cases(rest, own) if own else _noun(rest, kind)
    if not hyphen:
        return lasts
    declinable = own and first[-1:] not in "аое" and "-" not in first
    firsts = _noun(first, None) if declinable else [()] * 6
    return [
        tuple(dict.fromkeys(f"{one}-{other}" for one in (first, *firsts[case]) for other in lasts[case]))
        for case in range(6)
    ]


def _noun(word: str, kind: Kind | None) -> _Cases:
    """All forms of a noun by case, of each gender that its ending may have; itself if it has none."""
    found: _Cases = [()] * 6
    for stem, endings in _classes(word, kind):
        found = [have + tuple(stem + one for one in more) for have, more in zip(found, endings, strict=True)]
    return [tuple(dict.fromkeys(forms)) or (word,) for forms in found]


def _classes(word: str, kind: Kind | None) -> list[tuple[str, _Cases]]:
    stem, last = word[:-1], word[-1:]
    if len(word) < 3 or not last.isalpha() or last in "оуэю":
        return []
    if kind == "plur" or (kind is None and last in "ыі") or re.search(r"[^н]не$", word):
        return [_plural(word)]
    if last == "ў":
        return [(stem, [("ў",), ("ва",), ("ву",), ("ў",), ("вам", "вом"), ("ве",)])]
    if last == "ь":
        return _soft(word, kind)
    if last == "й":
        return [(stem, [("й",), ("я",), ("ю",), ("й",), ("ем",), ("і", "ю")])]
    if last == "я":
        return [(stem, [("я",), ("і",), ("і",), ("ю",), ("яй", "ей", "яю"), ("і",)])]
    if last == "е":
        return [(stem, [("е",), ("я",), ("ю",), ("е",), ("ем",), ("і",)])]
    if last == "а":
        return _in_a(word, kind)
    return _hard(word)


def _hard(word: str) -> list[tuple[str, _Cases]]:
    """Masculines in a hard consonant; those in -ак and -ец may lose the vowel («абутку», «Крычаўца»)."""
    stems = [word, *([word[:-2] + word[-1]] if re.search(r"(?:[аеоё]к|[аея]ц)$", word) else [])]
    found: list[tuple[str, _Cases]] = [(word, [("",), (), (), ("",), (), ()])]
    for stem in stems:
        found.append((stem, [(), ("а", "у"), ("у",), (), ("ам", "ом"), ()]))
        found.append((_in_locative(stem, "у"), [(), (), (), (), (), ("",)]))
    return found


def _plural(word: str) -> tuple[str, _Cases]:
    if word.endswith("енні"):
        return word[:-1], [("і",), ("яў",), ("ям",), ("і",), ("ямі",), ("ях",)]
    if word.endswith("не"):
        return word[:-1], [("е",), ("", "аў"), ("ам",), ("", "аў"), ("амі",), ("ах",)]
    if word[-1] == "і" and word[-2] not in "кгх":
        return word[:-1], [("і",), ("яў", "ей"), ("ям",), ("і", "яў"), ("ямі",), ("ях",)]
    return word[:-1], [(word[-1],), *_PLURAL[1:3], (word[-1], "аў", "оў"), *_PLURAL[4:]]


def _soft(word: str, kind: Kind | None) -> list[tuple[str, _Cases]]:
    stem = word[:-1]
    # вобласць, крэпасць: no consonant is doubled after another
    doubled = re.sub(r"(?<=[аеёіоуыэюя])(дз|[стнлзцж])$", lambda m: m[1][0] + m[1], stem)
    found: list[tuple[str, _Cases]] = []
    if kind != "masc":
        found.append((stem, [("ь",), ("і",), ("і",), ("ь",), (), ("і",)]))
        found.append((doubled, [(), (), (), (), ("ю",), ()]))
    if kind != "femn" and not stem.endswith("сц"):
        found.append((stem, [("ь",), ("я",), ("ю",), ("ь",), ("ем",), ("і", "ю")]))
    return found


def _in_a(word: str, kind: Kind | None) -> list[tuple[str, _Cases]]:
    stem = word[:-1]
    found: list[tuple[str, _Cases]] = []
    of_neuter = re.search(r"(?:[аеоуыі]в|ств|н|л)$", stem)
    if kind != "neut" and not stem.endswith("ств"):
        genitive = "і" if stem[-1:] in "кгх" else "ы"
        found.append((stem, [("а",), (genitive,), (), ("у",), ("ай", "аю", "ой", "ою"), ()]))
        found.append((_in_locative(stem), [(), (), ("",), (), (), ("",)]))
    if kind == "neut" or (kind is None and of_neuter):
        found.append((stem, [("а",), ("а",), ("у",), ("а",), ("ам", "ом"), ()]))
        found.append((_in_locative(stem), [(), (), (), (), (), ("",)]))
    return found


def _in_locative(stem: str, after_velar: str = "") -> str:
    """«у Брэсце», «у Оршы», «у Мінску», «у рэспубліцы»."""
    last = stem[-1:]
    if last in "кгх" and after_velar:
        return stem + after_velar
    if last in _HISSING:
        return stem + "ы"
    return stem[:-1] + _BEFORE_E.get(last, last) + ("ы" if last == "к" else "е")
