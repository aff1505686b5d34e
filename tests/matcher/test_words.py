"""Words that are evidence: beginnings, whole words, groups."""

from pathlib import Path

import pytest

from crawlers.datafile import read_yaml
from crawlers.errors import DataError
from matcher import words
from matcher.entries import Kind
from matcher.profiles import SUBJECT
from matcher.texts import LANGUAGES
from matcher.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("beginnings", "folded", "found"),
    [
        (["соглашени"], "подписано соглашение", ["соглашение"]),
        (["соглашени"], "в соглашениях сказано", ["соглашениях"]),
        (["соглашени"], "несоглашение", []),
        (["=сми"], "сми и смита", ["сми"]),
        (["=сми"], "интерсми", []),
        (["=сми"], "сми-центр", ["сми"]),
        (["=Договор"], "договор", ["договор"]),
        (["ёмкост"], "емкости", ["емкости"]),
        (["план мероприяти"], "план мероприятий", ["план мероприятий"]),
        (["план", "план мероприяти"], "план мероприятий", ["план", "план мероприятий"]),
        (["=план", "планов"], "планов и план", ["планов", "план"]),
        (["a.b"], "axb a.bc", ["a.bc"]),
        (["гол"], "гол, голова", ["гол", "голова"]),
    ],
)
def test_beginnings(beginnings: list[str], folded: str, found: list[str]) -> None:
    listed = sorted(set(Vocabulary(("x", one) for one in beginnings).find(folded)))
    assert [folded[one.start : one.end] for one in listed] == found


@pytest.fixture(scope="module")
def of_groups() -> Vocabulary:
    return Vocabulary((name, one) for name, listed in words.groups().items() for one in listed)


# fmt: off
@pytest.mark.parametrize(
    ("group", "folded"),
    [
        ("agreement", "подписали соглашение"), ("agreement", "падпісалі пагадненне"), ("agreement", "an agreement was signed"),
        ("plan", "утвердили план мероприятий"), ("plan", "дорожную карту"), ("plan", "зацвердзілі план мерапрыемстваў"), ("plan", "a road map"),
        ("twinning", "города-побратимы"), ("twinning", "гарады-пабрацімы"), ("twinning", "twin towns"),
        ("cooperation", "о сотрудничестве"), ("cooperation", "аб супрацоўніцтве"), ("cooperation", "joint projects"),
        ("trade", "открылся магазин"), ("contract", "поставки оборудования"), ("assembly", "сборка тракторов"),
        ("venture", "совместное предприятие"), ("study", "совместных исследований"), ("sport", "хоккейный матч"), ("crime", "задержали мошенника"),
        ("past", "в музее"),
        ("agreement", "შეთანხმება ხელმოწერილია"), ("agreement", "համաձայնագիրը ստորագրվեց"), ("agreement", "saziş imzalanıb"), ("agreement", "битим имзоланди"),
        ("memorandum", "հուշագիր ստորագրվեց"), ("plan", "жол картасын бекітті"), ("plan", "foaia de parcurs"), ("accord", "acord de colaborare"),
        ("twinning", "orașe înfrățite"), ("twinning", "დაძმობილებული ქალაქები"), ("twinning", "міста-побратими"), ("cooperation", "кызматташуу"),
        ("cooperation", "ҳамкориҳои судманд"), ("trade", "мағозаи нав"), ("contract", "жеткізілді"), ("contract", "купили 30 автобусов"),
        ("contract", "поступили новые троллейбусы"), ("contract", "в город прибыли трамваи"), ("study", "თანამშრომლობა უნივერსიტეტებს შორის"),
        ("assembly", "собрали первый трактор"), ("assembly", "tractoare asamblate"), ("venture", "создали сп"), ("venture", "qo'shma korxona"),
        ("production", "өндіріс"), ("sport", "ֆուտբոլիստը"), ("crime", "полицияның хабары"), ("crime", "сотталды"), ("past", "соғыс жылдары"),
    ],
)
def test_group_finds_its_word(of_groups: Vocabulary, group: str, folded: str) -> None:
    assert group in {one.name for one in of_groups.find(folded)}


@pytest.mark.parametrize(
    ("group", "folded"),
    [
        ("agreement", "согласились"), ("plan", "планирует мероприятия"), ("twinning", "братья"),
        ("sport", "голосование и голова города"),
        ("sport", "сборная мебель и сборник статей"),
        ("crime", "судно и судьба"),
        ("crime", "задержался"),
        ("crime", "the courtyard"),
        ("agreement", "договор поставки"), ("agreement", "в угоду моде"), ("agreement", "a fost acordat"), ("agreement", "келісімшарт"),
        ("contract", "президент прибыл в минск"), ("contract", "правящая партия"), ("contract", "поступила жалоба"), ("contract", "comandantul"),
        ("assembly", "общее собрание собралось"), ("trade", "a news magazine"), ("cooperation", "თანამშრომელი"), ("cooperation", "mister cooper"),
        ("sport", "հավաքական անվտանգության"), ("crime", "o furtună"), ("crime", "сотрудничество"), ("past", "բանակցություններ"), ("past", "դարձել է"),
    ],
)
def test_group_does_not_find_another_word(of_groups: Vocabulary, group: str, folded: str) -> None:
    assert group not in {one.name for one in of_groups.find(folded)}
# fmt: on


def test_every_group_has_words_of_every_language() -> None:
    groups = read_yaml(words.WORDS)
    assert {name: set(by_language) for name, by_language in groups.items()} == {
        name: set(LANGUAGES) for name in groups
    }


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_a_subject_of_known_groups(kind: Kind) -> None:
    assert set(SUBJECT[kind]) <= set(words.groups())


def test_file_that_is_a_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "words.yml"
    path.write_text("- a\n- b\n", encoding="utf-8")
    with pytest.raises(DataError, match="groups of word beginnings by language"):
        words.groups(path)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("group: [a, b]\n", id="group_without_languages"),
        pytest.param("group: {ru: text}\n", id="text_for_a_list"),
        pytest.param("group: {}\n", id="empty_group"),
        pytest.param("group: {ru: ['']}\n", id="blank_word"),
        pytest.param("group: {tlh: [nab]}\n", id="unknown_language"),
    ],
)
def test_broken_group_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "words.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=r"found .* allowed:"):
        words.groups(path)
