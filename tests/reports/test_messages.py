"""Every message that pages and letters use has its words in every language."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import reports
from reports.i18n import LANGUAGES, reader

ROOT = Path(reports.__file__).parent
TRANSLATED = [one for one in LANGUAGES if one != "en"]
_LITERAL = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_CALL = re.compile(rf"(?<![\w.])(?:view\.reader\.|self\.reader\.|r\.)?([tn])\(\s*((?:{_LITERAL}\s*,?\s*)+)")


def messages() -> set[tuple[str, ...]]:
    found = set()
    templates = [path for ending in ("html", "txt") for path in (ROOT / "templates").rglob(f"*.{ending}")]
    for path in [*ROOT.glob("*.py"), *(ROOT / "desk").glob("*.py"), *templates]:
        for kind, arguments in _CALL.findall(path.read_text(encoding="utf-8")):
            parts = re.findall(rf"({_LITERAL})\s*(,?)", arguments)
            texts, current = [], ""
            for literal, comma in parts:
                current += ast.literal_eval(literal)
                if comma:
                    texts.append(current)
                    current = ""
            if current:
                texts.append(current)
            found.add(tuple(texts[: 1 if kind == "t" else 2]))
    return found


def fields(text: str) -> set[str]:
    return set(re.findall(r"\{\w+\}", text))


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("message", sorted(messages()), ids=lambda m: m[0][:40])
def test_message_is_translated(message: tuple[str, ...], language: str) -> None:
    translated = reader(language).messages
    if len(message) == 1:
        said = translated.gettext(message[0])
        assert said != message[0]
        assert fields(said) == fields(message[0])
        return
    for number in (1, 2, 5, 21):
        said = translated.ngettext(message[0], message[1], number)
        assert said not in message
        assert fields(said) == fields(message[1])


@pytest.mark.parametrize("language", TRANSLATED)
def test_languages_say_the_same_messages(language: str) -> None:
    """Words that are looked up by what the data say, such as kinds and states, are in no call."""

    def keys(one: str) -> set[str]:
        with (ROOT / "locale" / f"{one}.po").open("rb") as file:
            return {str(message.id) for message in read_po(file, locale=one)}

    assert keys(language) == keys(TRANSLATED[0])


def test_belarusian_keeps_to_its_letters() -> None:
    """Russian letters in a Belarusian word, or a full у after a vowel, are slips of the pen."""
    with (ROOT / "locale" / "be.po").open("rb") as file:
        for message in read_po(file, locale="be"):
            forms = message.string if isinstance(message.string, tuple) else (message.string,)
            for said in forms if message.id else ():
                assert not re.search(r"[ищъИЩЪ]", said), said
                assert not re.search(r"[аеёіоуыэюя] ?у(?=\w)", said.lower().replace("навук", "")), said


@pytest.mark.parametrize(
    ("language", "says"),
    [("ru", ["1 день", "2 дня", "5 дней", "21 день"]), ("be", ["1 дзень", "2 дні", "5 дзён", "21 дзень"])],
)
def test_numbers_have_their_forms(language: str, says: list[str]) -> None:
    assert [reader(language).n("{n} day", "{n} days", number) for number in (1, 2, 5, 21)] == says


@pytest.mark.parametrize(("language", "says"), [("ru", "3 декабря"), ("be", "3 снежня"), ("en", "3 December")])
def test_dates_are_in_the_language(language: str, says: str) -> None:
    assert reader(language).near_day(date(2026, 12, 3)) == says
