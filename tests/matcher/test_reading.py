"""A text as the matcher reads it."""

from collections.abc import Callable

import pytest

from matcher import words
from matcher.anchors import Anchors
from matcher.reading import ReadText
from matcher.records import Text
from matcher.stems import stem
from matcher.vocabulary import Vocabulary


@pytest.fixture(scope="module")
def read(anchors: Anchors) -> Callable[[str, str], ReadText]:
    vocabulary = Vocabulary((name, one) for name, listed in words.groups().items() for one in listed)
    return lambda title, body: ReadText(Text("1", title, body), anchors, vocabulary)


Read = Callable[[str, str], ReadText]


def test_sentence_0_is_the_headline(read: Read) -> None:
    text = read("Встреча. В Костроме", "Первое. Второе.\nТретье")
    assert [text.sentence(n) for n in text.sentences] == ["Встреча. В Костроме", "Первое.", "Второе.", "Третье"]


@pytest.mark.parametrize(
    ("title", "body", "count"), [("", "", 1), ("Только заголовок", "", 1), ("", "Только текст", 2)]
)
def test_headline_and_text_may_be_missing(read: Read, title: str, body: str, count: int) -> None:
    text = read(title, body)
    assert len(text.sentences) == count
    assert text.sentence(0) == title


def test_headline_of_two_lines_is_one_sentence(read: Read) -> None:
    assert read("Кострома\nи Бобруйск", "").sentence(0) == "Кострома и Бобруйск"


def test_hits_are_given_to_their_sentences(read: Read) -> None:
    text = read("Кострома", "Тихо. Бобруйск ждёт гостей. Кострома и Могилёв тоже.")
    shown = [[text.shown(hit) for hit in hits] for hits in text.hits_by_sentence]
    assert shown == [["Кострома"], [], ["Бобруйск"], ["Кострома", "Могилёв"]]


def test_abbreviations_do_not_end_a_sentence(read: Read) -> None:
    text = read("", "Могилёвский университет им. А. А. Кулешова и г. Кострома дружат.")
    assert [text.sentence(n) for n in text.sentences][1:] == [
        "Могилёвский университет им. А. А. Кулешова и г. Кострома дружат."
    ]


def test_name_over_a_line_break_is_found_in_the_sentence_of_its_beginning(read: Read) -> None:
    text = read("", "Приехали из Костромской\nобласти")
    assert [text.shown(hit) for hit in text.hits_by_sentence[1]] == ["Костромской"]


def test_words_are_shown_as_they_stand_each_once(read: Read) -> None:
    text = read("Соглашение", "Ничего. СОГЛАШЕНИЕ и Договор о дружбе")
    assert text.shown_words(("agreement",), text.sentences) == ("Соглашение", "Договор о")


def test_words_are_sought_in_the_sentences_asked_for(read: Read) -> None:
    text = read("Соглашение", "Соглашения. Соглашению.")
    assert text.shown_words(("agreement",), (1,)) == ("Соглашения",)


def test_words_and_stems_are_known_by_their_sentences(read: Read) -> None:
    text = read("Кострома", "Нет. Соглашения о льне. Соглашение о хлебо-булочных изделиях.")
    assert text.words["agreement"] == 0b1100
    assert text.stems[stem("льне")] == 0b100
    assert text.stems[stem("булочных")] == 0b1000


def test_folded_sentence_is_as_long_as_the_sentence(read: Read) -> None:
    text = read("İİ Ёлка", "«Ещё» — İ.")
    assert [len(text.folded_sentence(n)) for n in text.sentences] == [
        len(text.sentence(n)) for n in text.sentences
    ]
