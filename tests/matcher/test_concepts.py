"""What entries are about, in the words of every language: the file is whole, and its words are words."""

import re
from collections.abc import Iterator

import pytest

from crawlers import text
from crawlers.datafile import read_yaml
from matcher import concepts
from matcher.texts import LANGUAGES
from matcher.vocabulary import Vocabulary

FILE = concepts.CONCEPTS
CONCEPTS: dict[str, dict[str, list[str]]] = read_yaml(FILE)

_CYRILLIC, _LATIN = r"а-яіўїєґәғқңөұүһҷӣӯҳ", r"a-zăâîșțşţəğıöüçʻ"
_LETTERS = {"ka": "ა-ჰ", "hy": "ա-և"} | {
    one: _LATIN if one in ("en", "ro", "uz", "az") else _CYRILLIC for one in LANGUAGES - {"ka", "hy"}
}


def beginnings() -> Iterator[tuple[str, str, list[str]]]:
    return (
        (name, one, listed) for name, by_language in CONCEPTS.items() for one, listed in by_language.items()
    )


def _is_found(concept: str, said: str) -> bool:
    listed = [word for words_of in CONCEPTS[concept].values() for word in words_of]
    return any(Vocabulary((concept, word) for word in listed).find(text.fold(said)))


def test_there_are_many_with_names_of_one_form() -> None:
    assert len(CONCEPTS) >= 200
    assert [name for name in CONCEPTS if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)] == []


@pytest.mark.parametrize("concept", CONCEPTS)
def test_concept_is_said_in_every_language(concept: str) -> None:
    assert set(CONCEPTS[concept]) == LANGUAGES
    assert all(isinstance(listed, list) and listed for listed in CONCEPTS[concept].values())


def test_every_beginning_is_folded_text_without_blanks_around() -> None:
    wrong = [
        (name, one, word)
        for name, one, listed in beginnings()
        for word in listed
        if not isinstance(word, str)
        or not word.strip("= ")
        or word != text.fold(word).lower()
        or word != word.strip()
    ]
    assert wrong == []


def test_no_beginning_stands_twice_in_a_language_of_a_concept() -> None:
    assert [(name, one) for name, one, listed in beginnings() if len(set(listed)) < len(listed)] == []


def test_no_beginning_is_shorter_than_three_letters() -> None:
    assert [(n, word) for n, _, listed in beginnings() for word in listed if len(word) < 3] == []


def test_beginnings_are_of_the_letters_of_their_language() -> None:
    wrong = [
        (name, one, word)
        for name, one, listed in beginnings()
        for word in listed
        if not re.fullmatch(rf"=?[{_LETTERS[one]}][{_LETTERS[one]}' -]*", word)
    ]
    assert wrong == []


def test_no_two_concepts_are_of_the_same_words() -> None:
    for one in LANGUAGES:
        same = [tuple(by_language[one]) for by_language in CONCEPTS.values()]
        assert [each for each in set(same) if one == "ru" and same.count(each) > 1] == []


# fmt: off
@pytest.mark.parametrize(
    ("concept", "said"),
    [
        ("tractor", "თბილისში ტრაქტორების"), ("tractor", "տրակտորների հավաքման"), ("tractor", "Traktorlar yig‘ish"),
        ("trolleybus", "24 de troleibuze noi"), ("trolleybus", "жаңы троллейбустар"), ("milk", "сүт өнімдері"), ("milk", "գյուղի կաթնամթերքը"),
        ("cheese", "yeni pendir sexi"), ("flax", "зығыр майы"), ("wine", "ქართული ღვინო"), ("fertiliser", "нуриҳои минералӣ"),
        ("newspaper", "газета таҳририяти"), ("twin-towns", "orașe înfrățite"), ("twin-towns", "oraşe înfrăţite"), ("furniture", "кухонні меблі"),
    ],
)
def test_concept_is_found_in_news(concept: str, said: str) -> None:
    assert _is_found(concept, said)


@pytest.mark.parametrize(
    ("concept", "said"),
    [
        ("milk", "в течение суток"), ("milk", "о самой сути"), ("milk", "широкий круг"), ("cheese", "ყველა ქალაქში"), ("glass", "склонны к этому"),
        ("melons", "дынамаўцы"), ("alcohol", "иш-аракеттер"), ("alcohol", "арақашықтық"), ("exhibition", "көрмеген"), ("railway", "его поездка"),
        ("poultry", "індикатори"), ("flour", "a UN mission"), ("flour", "un oraș"), ("composites", "композитор"), ("investment", "an investigation"),
        ("shop", "a magazine"), ("logistics", "in transition"), ("medicines", "дезинформация"), ("student", "теплотрасса и магистраль"),
        ("salt", "тузилма"), ("education", "вуличне освітлення"), ("engine", "an engineer"), ("cattle", "его племянник"), ("geology", "їх недруг"),
    ],
)
def test_concept_is_not_found_in_another_word(concept: str, said: str) -> None:
    assert not _is_found(concept, said)
# fmt: on
