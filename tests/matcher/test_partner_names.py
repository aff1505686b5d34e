"""What the partners' press calls entries and places, in its own languages."""

from collections.abc import Callable

import pytest

from crawlers import text
from matcher.anchors import Anchors
from matcher.match import Matcher
from matcher.records import Grade, Text
from matcher.suffixed import language_of
from matcher.terms import Hit

Find = Callable[[str], list[Hit]]

# fmt: off
TOLD = {
    "belarus-uzbekistan-commission": (
        "Toshkentda hukumatlararo komissiya yigʻilishi boʻlib oʻtdi",
        "Oʻzbekiston va Belarus hukumatlararo komissiyasining navbatdagi yigʻilishida savdo-iqtisodiy hamkorlik masalalari "
        "muhokama qilindi. Komissiya hamraislari bayonnomani imzoladi.",
    ),
    "stadler-trains-tbilisi-batumi": (
        "ორსართულიანი მატარებელი თბილისი-ბათუმის რეისზე",
        "საქართველოს რკინიგზა ბელარუსიდან შტადლერის ორსართულიან მატარებლებს მიიღებს. კონტრაქტი მინსკში გაფორმდა. "
        "მატარებლები თბილისსა და ბათუმს შორის ივლის.",
    ),
    "belarus-moldova-business-forum-2014": (
        "Forumul de afaceri moldo-belarus s-a desfășurat la Chișinău",
        "La forum au participat companii din Republica Moldova și Republica Belarus. Au fost semnate contracte.",
    ),
    "belarusian-sugar-moldova-2012": (
        "Молдова увеличила импорт белорусского сахара",
        "Беларусь увеличила экспорт сахара в Молдову. Контракт на поставку сахара-песка подписан в Кишинёве. "
        "Сахарный рынок Молдовы ждёт поставок из Беларуси.",
    ),
    "belgee-cars-moldova": (
        "В Молдове начали продавать Geely из Беларуси",
        "Автомобили Geely, которые выпускает завод «БелДжи», поставлены в Молдову по контракту.",
    ),
}
OF_NO_ENTRY = [
    ("Молдова и Беларусь обсудили сотрудничество", "Министры Молдовы и Беларуси обсудили торговлю. Стороны подписали соглашение."),
    ("Oʻzbekiston va Belarus hamkorligi", "Toshkentda Oʻzbekiston va Belarus oʻrtasidagi savdo-iqtisodiy hamkorlik muhokama qilindi. "
     "Tomonlar kelishuv imzoladi."),
]
BOTH = [
    ("საქართველო-ბელარუსის ურთიერთობები", {"GE", "BY"}), ("ქართულ-ბელარუსულმა პროექტმა", {"GE", "BY"}),
    ("relațiile moldo-belaruse și bănești", {"MD", "BY"}), ("proiecte moldo-bieloruse în județ, și în țară", {"MD", "BY"}),
    ("українсько-білоруської співпраці її Україні", {"UA", "BY"}), ("Հայ-բելառուսական հարաբերություններ", {"AM", "BY"}),
    ("Қазақ-беларусь қарым-қатынасы", {"KZ", "BY"}), ("Кыргыз-беларусь өнөктөштүгү", {"KG", "BY"}),
    ("Oʻzbek-belarus munosabatlari toʻgʻrisida oʻqing", {"UZ", "BY"}),
]
# fmt: on


@pytest.mark.parametrize("entry", TOLD)
def test_entry_is_told_by_the_names_of_its_press(matcher: Matcher, entry: str) -> None:
    matches = matcher.match(Text("1", *TOLD[entry])).matches
    assert [(m.entry, m.grade) for m in matches] == [(entry, Grade.ABOUT)]


@pytest.mark.parametrize(("title", "body"), OF_NO_ENTRY)
def test_talk_of_two_countries_tells_of_no_entry(matcher: Matcher, title: str, body: str) -> None:
    assert not matcher.match(Text("1", title, body)).matches


@pytest.mark.parametrize(("raw", "sides"), BOTH)
def test_adjective_of_two_countries_names_both(anchors: Anchors, raw: str, sides: set[str]) -> None:
    clean = text.clean(raw)
    folded = text.fold(clean)
    assert {hit.term.id for hit in anchors.find(clean, folded, language_of(folded, None))} >= sides


@pytest.mark.parametrize(
    ("raw", "place"),
    [("у Сакартвеле", "GE"), ("волыняне", "UA-07"), ("Криворожье", "ua-kryvyi-rih"), ("в Ходженте", "tj-khujand"),
     ("бишкекчане", "KG-GB"), ("кустанайских полей", "KZ-39"), ("бельчане", "MD-BA")],
)  # fmt: skip
def test_place_is_found_by_its_other_names(find: Find, raw: str, place: str) -> None:
    assert place in {hit.term.id for hit in find(raw)}
