"""Who is credited: agencies by any of their names, in any wording of the file; and who is not."""

from pathlib import Path

import pytest

from crawlers.credits import FILE, Credits
from crawlers.errors import DataError


@pytest.fixture(scope="module")
def credits() -> Credits:
    return Credits()


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("Соглашение подписано, сообщает БелТА.", "БелТА"),
        ("Соглашение подписано, передает корреспондент БЕЛТА.", "БелТА"),
        ("БелТА сообщает о подписании соглашения.", "БелТА"),
        ("Об этом сообщили БелТА в посольстве.", "БелТА"),
        ("5 ноября, Минск /БЕЛТА/. Соглашение подписано.", "БелТА"),
        ("МИНСК, 5 ноября. /ТАСС/. Соглашение подписано.", "ТАСС"),
        ("МИНСК, 5 ноя — Sputnik. Соглашение подписано.", "Sputnik"),
        ("Соглашение подписано.\nБелТА", "БелТА"),
        ("Соглашение подписано.\nИсточник: РИА Новости", "РИА Новости"),
        ("По сообщению агентства «Интерфакс-Запад», соглашение подписано.", "Интерфакс"),
        ("Пагадненне падпісана, паведамляе БелТА.", "БелТА"),
        ("Паводле паведамлення агенцтва Sputnik, пагадненне падпісана.", "Sputnik"),
        ("За повідомленням Укрінформу, угоду підписано.", "Укрінформ"),
        ("Угоду підписано, передає Укрінформ.", "Укрінформ"),
        ("Келісімге қол қойылды, деп хабарлайды Kazinform.", "Kazinform"),
        ("Келісімге қол қойылды, деп хабарлайды ҚазАқпарат.", "Kazinform"),
        ("Acordul a fost semnat, transmite MOLDPRES.", "MOLDPRES"),
        ("The agreement was signed, BelTA has learned.", "БелТА"),
        ("The agreement was signed, reports Interfax.", "Интерфакс"),
        ("Համաձայնագիրը ստորագրվել է, հայտնում է Արմենպրեսը։", "Арменпресс"),
        ("Saziş imzalanıb, AZƏRTAC xəbər verir.", "AZƏRTAC"),
        ("Келишимге кол коюлду, деп билдирет Кабар.", "Кабар"),
    ],
)
def test_agency(credits: Credits, text: str, agency: str) -> None:
    assert credits.find(text) == (agency, True)


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("Об этом сообщает пресс-служба облисполкома.", "сообщает пресс-служба облисполкома"),
        ("По информации администрации области, линия готова.", "По информации администрации области"),
        ("Паведамляе прэс-служба райвыканкама.", "Паведамляе прэс-служба райвыканкама"),
        ("За даними пресслужби ОДА, роботи завершено.", "За даними пресслужби ОДА"),
        ("Линия готова.\nИсточник: kostroma.gov", "Источник: kostroma"),
    ],
)
def test_other_credit_is_given_as_printed(credits: Credits, text: str, credit: str) -> None:
    assert credits.find(text) == (credit, False)


@pytest.mark.parametrize(
    "text",
    [
        "Соглашение подписано.",
        "Как рассказал нашему корреспонденту директор, линия готова.",
        "Сообщили корреспонденту «Костромских вестей» на заводе.",
        "Спутник связи запущен, рассказал инженер.",
        "Завод «Регнумхим» открыл линию.",
        "В Костроме побывал генеральный директор БелТА.",
        "Кабар шаары, 5-ноябрь.",
        "The tractor plant reports higher output.",
    ],
)
def test_no_credit(credits: Credits, text: str) -> None:
    assert credits.find(text) is None


@pytest.mark.parametrize(("host", "title"), [("belta.by", ""), ("rus.belta.by", ""), ("", "Агентство «БелТА»")])
def test_agency_does_not_credit_itself(credits: Credits, host: str, title: str) -> None:
    assert credits.find("Соглашение подписано, передает корреспондент БелТА.", host, title) is None


def test_credit_deep_inside_a_long_text_is_of_a_quotation(credits: Credits) -> None:
    filler = "Работа идёт своим чередом, линия растёт. " * 40
    assert credits.find(f"{filler}Рост, сообщает БелТА, составил два процента. {filler}") is None
    assert credits.find(f"{filler}Рост, сообщает БелТА, составил два процента.") == ("БелТА", True)


def test_file_is_read_strictly(tmp_path: Path) -> None:
    path = tmp_path / "credits.yml"
    path.write_text(FILE.read_text(encoding="utf-8").replace("told:", "tolt:"), encoding="utf-8")
    with pytest.raises(DataError, match=r"languages\.ru\.tolt: found 'an unknown key'"):
        Credits(path=path)
