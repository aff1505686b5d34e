"""What an answer to a letter says, and what is not taken for one."""

from datetime import date
from textwrap import wrap

import pytest

from reports.lead_work import Work
from reports.letter_rows import how_to_answer
from reports.reply_words import Said, Unclear, read
from tests.reports.made_up import snapshot, view

TODAY = date(2026, 11, 23)
DECEMBER = date(2026, 12, 1)
TAKEN = Said(1, Work.TAKEN, DECEMBER, "")


def test_words_of_each_language() -> None:
    for text in (
        "1 беру до 2026-12-01", "1. Берём до 1 декабря", "№1 — возьмем до 1.12.2026", "1) бяру да 1 снежня", "1 бяром да 1.12.",
        "1 take until December 1", "1: we take it by 1 December 2026", "  1   Беру  до 1 декабря 2026 г.  ",
    ):  # fmt: skip
        assert read(text, {1, 2}, TODAY) == [TAKEN], text
    for text in ("2 отложить", "2 адкласці", "2 put off", "2 later", "2. откладываем на 21.12"):
        assert read(text, {1, 2}, TODAY) == [Said(2, Work.PUT_OFF, date(2026, 12, 21), "")], text
    for text in ("2 не наше", "2 не наша тема", "2 не наша тэма", "2 not ours."):
        assert read(text, {1, 2}, TODAY) == [Said(2, Work.DECLINED, None, "")], text
    for text in (
        "2 мы написали https://a.org/1",
        "2 мы ўжо напісалі: https://a.org/1",
        "2 we wrote\nhttps://a.org/1",
    ):
        assert read(text, {1, 2}, TODAY) == [Said(2, Work.WRITTEN, None, "https://a.org/1")], text


def test_citation_and_reason_are_kept_as_written() -> None:
    (said,) = read("1 мы написали: «Днёпр», 2026, № 45, с. 3", {1}, TODAY)
    assert said.note == "«Днёпр», 2026, № 45, с. 3"
    (said,) = read("не наше: это в Брянске", {1}, TODAY)
    assert (said.number, said.note) == (1, "это в Брянске")


def test_several_answers_in_a_letter_of_a_person() -> None:
    text = "Добрый день!\n\n1, 2 не наше\n3. беру до 1.12\n\nС уважением,\nАнна\n+375 29 000-00-00\n-- \n2 беру"
    assert [(one.number, one.work) for one in read(text, {1, 2, 3}, TODAY)] == [
        (1, Work.DECLINED), (2, Work.DECLINED), (3, Work.TAKEN),
    ]  # fmt: skip


def test_answers_below_what_they_quote() -> None:
    text = "> 1. План мероприятий\n>    Ход: интервью\nберу до 1.12\n> 2. Соглашение\nотложить до 15.01\n>\n> ВПЕРЕДИ\n"
    assert [(one.number, one.until) for one in read(text, {1, 2}, TODAY)] == [
        (1, DECEMBER), (2, date(2027, 1, 15)),
    ]  # fmt: skip
    with pytest.raises(Unclear, match="no number"):
        read("> 1. План\n>\n> ВПЕРЕДИ: 3.12\nберу до 1.12", {1, 2}, TODAY)


@pytest.mark.parametrize("quoted", ["> {}", "-----Original Message-----\n{}", "От: Mediagap\n{}", "{}"])
@pytest.mark.parametrize("language", ["ru", "be", "en"])
def test_our_own_words_are_no_answer(quoted: str, language: str) -> None:
    told = how_to_answer(view(snapshot([]), language))
    for width in (len(told), 72, 40, 20):
        rows = wrap(told, width)
        with pytest.raises(Unclear):
            read(quoted.format("\n".join(rows)), {1, 2}, TODAY)
    example = next(
        part for part in told.replace("«", '"').replace("»", '"').split('"') if part.startswith("1 ")
    )
    assert read(example, {1, 2}, TODAY)[0].work is Work.TAKEN  # as the letter says


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no answer"),
        ("Спасибо, очень интересно", "no answer"),
        ("не беру", "no answer"),
        ("1 не беру", "1 не беру"),
        ("1 не наше дело", "1 не наше дело"),
        ("1 беру до вчера", "no day"),
        ("1 беру до 31.11.2026", "no day"),
        ("1 отложить до 1.11.2026", "no day"),
        ("1 отложить до 2062-12-01", "no day"),
        ("7 беру", "no row 7"),
        ("беру", "no number"),
        ("1 беру\n1 не наше", "two answers"),
        ("1 мы писали вам вчера", "no link"),
        ("1 мы написали", "no link"),
        ("1 мы написали:\n> 2. x", "no link"),
        ("1 беру до 1.12\n2 еще подумаем", "2 еще подумаем"),
    ],
)
def test_what_is_not_understood_is_not_guessed(text: str, says: str) -> None:
    with pytest.raises(Unclear, match=says):
        read(text, {1, 2}, TODAY)
