"""Text as it is compared: positions survive folding, and what is stored has one form."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers import text


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("ГОМЕЛЬ", "гомель"),
        ("Ёлка ещё", "елка еще"),
        ("Ў Магілёве", "ў магілеве"),
        ("«Слово» “word” „Wort”", '"слово" "word" "wort"'),
        ("сям’я сямʼя сям‘я сям`я", "сям'я сям'я сям'я сям'я"),
        ("1941–1945 — годы − минус", "1941-1945 - годы - минус"),
        ("Їжак Ґанок", "їжак ґанок"),
        ("", ""),
    ],
)
def test_fold_makes_alike(raw: str, folded: str) -> None:
    assert text.fold(raw) == folded


@pytest.mark.parametrize("raw", ["İ", "İstanbul — ЁЛКА", "\u0130\u0130а", "ŉ ǰ ΐ ẞ ﬃ"])
def test_fold_keeps_the_length_of_letters_that_grow(raw: str) -> None:
    assert len(text.fold(raw)) == len(raw)


@settings(deadline=None)
@given(st.text())
def test_fold_keeps_the_length_of_any_text(raw: str) -> None:
    assert len(text.fold(raw)) == len(raw)


def test_position_in_the_folded_text_is_one_in_the_text() -> None:
    raw = "İ — «Ёлка» в Гомеле"
    start = text.fold(raw).index("елка")
    assert raw[start : start + 4] == "Ёлка"


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        pytest.param("и\u0306од е\u0308лка", "йод ёлка", id="decomposed letters"),
        pytest.param("со\u00adгла\u00adше\u00adние", "соглашение", id="soft hyphens"),
        pytest.param("\ufeffа\u200bб\u2060в\u200e", "абв", id="zero width and direction marks"),
        pytest.param("а\x00б", "аб", id="NUL"),
        pytest.param("а\u00a0 \tб", "а б", id="kinds of spaces"),
        pytest.param("а\r\nб\rв", "а\nб\nв", id="line ends"),
        pytest.param("а \n \n\n  б", "а\nб", id="blank lines"),
        pytest.param("  а  ", "а", id="ends"),
        pytest.param(" \n\t", "", id="nothing but space"),
        pytest.param(
            "и\u00ad\u0306од", "йод", id="soft hyphen inside a letter",
        ),
    ],
)  # fmt: skip
def test_clean(raw: str, cleaned: str) -> None:
    result = text.clean(raw)
    assert result == cleaned
    assert unicodedata.is_normalized("NFC", result)


@settings(deadline=None)
@given(st.text(alphabet="аЯ.\u00a0\u2028 \t\n\r\x85\x1c"))
def test_clean_text_has_single_spaces_and_breaks(raw: str) -> None:
    result = text.clean(raw)
    assert result == result.strip()
    assert not any(twice in result for twice in ("  ", "\n\n", " \n", "\n ", "\r", "\t", "\u00a0"))
    assert [c for c in result if not c.isspace()] == [c for c in raw if not c.isspace()]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Брянско-Гомельский обмен", ["Брянско-Гомельский", "обмен"]),
        ("сям'я і аб’ём", ["сям'я", "і", "аб’ём"]),
        ("- тире - и 2026-2027, конец_", ["тире", "и", "2026-2027", "конец"]),
        ("", []),
    ],
)
def test_words(raw: str, expected: list[str]) -> None:
    assert text.words(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param("Раз. Два! Три? Четыре… Пять", ["Раз.", "Два!", "Три?", "Четыре…", "Пять"], id="stops"),
        pytest.param("Заголовок\nТекст. Ещё", ["Заголовок", "Текст.", "Ещё"], id="line breaks"),
        pytest.param("Ввоз в т. ч. техники", ["Ввоз в т. ч. техники"], id="small letter goes on"),
        pytest.param("Он ушёл. «Да». (Нет) 5. Пять", ["Он ушёл.", "«Да».", "(Нет) 5.", "Пять"], id="openers"),
        pytest.param("Ён. Ўсё. Їжак. Ґанок", ["Ён.", "Ўсё.", "Їжак.", "Ґанок"], id="letters of neighbours"),
        pytest.param("", [], id="empty"),
        pytest.param("«Привет.» Он ушёл.", ["«Привет.»", "Он ушёл."], id="closing quote"),
        pytest.param("Встретил Л. К. Заяц. Потом ушёл.", ["Встретил Л. К. Заяц.", "Потом ушёл."], id="initials"),
        pytest.param("Из г. Костромы и с. Красного.", ["Из г. Костромы и с. Красного."], id="abbreviations"),
        pytest.param("С 2006 г. Стороны дружат.", ["С 2006 г.", "Стороны дружат."], id="a year ends a sentence"),
        pytest.param("Да, им. Купаловский театр.", ["Да, им. Купаловский театр."], id="named after"),
    ],
)  # fmt: skip
def test_sentences(raw: str, expected: list[str]) -> None:
    assert [raw[start:end] for start, end in text.sentence_spans(raw)] == expected


@settings(deadline=None)
@given(st.text(alphabet="аБ.!? \n"))
def test_sentences_lose_no_letter(raw: str) -> None:
    spans = text.sentence_spans(raw)
    assert "".join("".join(raw[a:b].split()) for a, b in spans) == "".join(raw.split())
    assert all(a < b for a, b in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
