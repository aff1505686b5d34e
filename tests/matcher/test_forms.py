"""Inflected forms of names, and that no form stands for two places but for a place and what it lies in."""

from collections import defaultdict

import pytest

from crawlers import text
from matcher.catalogue import Catalogue
from matcher.forms import adjective_forms, forms

# fmt: off
RUSSIAN = [
    # regions
    ("Могилёвская область", "могилевская область"),
    ("Могилёвская область", "могилевской области"),
    ("Могилёвская область", "могилевскую область"),
    ("Могилёвская область", "могилевской областью"),
    ("Костромская область", "костромской областью"),
    ("Республика Беларусь", "республики беларусь"),
    ("Республика Беларусь", "республикой беларусь"),
    ("Российская Федерация", "российской федерации"),
    ("Российская Федерация", "российскую федерацию"),
    # districts
    ("Кологривский район", "кологривского района"),
    ("Кологривский район", "кологривскому району"),
    ("Островский район", "островским районом"),
    ("Сморгонский район", "сморгонском районе"),
    # cities
    ("Кострома", "костромы"), ("Кострома", "костроме"), ("Кострома", "кострому"), ("Кострома", "костромой"),
    ("Могилёв", "могилева"), ("Могилёв", "могилеве"), ("Могилёв", "могилевом"),
    ("Бобруйск", "бобруйску"), ("Бобруйск", "бобруйском"), ("Брест", "бресте"),
    ("Гомель", "гомеля"), ("Орша", "оршей"), ("Сморгонь", "сморгони"), ("Пружаны", "пружанах"), ("Пружаны", "пружан"),
    ("Мантурово", "мантурове"), ("Галич", "галиче"), ("Солигорск", "солигорска"),
    ("Нижний Новгород", "нижнем новгороде"), ("Великий Новгород", "великого новгорода"),
    ("Ростов-на-Дону", "ростове-на-дону"), ("Тверь", "тверью"), ("Гродно", "гродно"),
    pytest.param("Несвиж", "несвижа", marks=pytest.mark.xfail(strict=True, reason="forms.py: the analyser knows the noun as an adverb or a verb, so no noun is declined")),
    # lands and people
    ("Могилёвщина", "могилевщины"), ("Костромщина", "костромщиной"), ("Принёманье", "принеманья"),
    ("костромичи", "костромичей"), ("минчане", "минчан"), ("белорусы", "белорусов"), ("россияне", "россиянами"),
    # bodies of several words: adjectives and the first noun change, what follows stands still
    ("Минский моторный завод", "минского моторного завода"),
    ("Минский моторный завод", "минским моторным заводом"),
    ("Минский моторный завод", "минскому моторному заводу"),
    ("Минский завод колёсных тягачей", "минского завода колесных тягачей"),
    ("Костромской завод автокомпонентов", "костромским заводом автокомпонентов"),
    ("Несвижский завод медицинских препаратов", "несвижскому заводу медицинских препаратов"),
    ("Оршанский льнокомбинат", "оршанскому льнокомбинату"),
    ("Слонимская камвольно-прядильная фабрика", "слонимской камвольно-прядильной фабрике"),
    ("Слонимская камвольно-прядильная фабрика", "слонимскую камвольно-прядильную фабрику"),
    ("Белорусский государственный университет", "белорусского государственного университета"),
    ("Могилёвский государственный университет имени А. А. Кулешова", "могилевским государственным университетом имени а. а. кулешова"),
    ("Торгово-промышленная палата Костромской области", "торгово-промышленной палаты костромской области"),
    pytest.param("Торгово-промышленная палата Костромской области", "торгово-промышленную палату костромской области", marks=pytest.mark.xfail(strict=True, reason="forms.py: an adjective after the head is made to agree even when a noun follows it")),
    ("Брестское отделение БелТПП", "брестским отделением белтпп"),
    ("Министерство информации Республики Беларусь", "министерством информации республики беларусь"),
    ("Научно-практический центр по механизации сельского хозяйства", "научно-практического центра по механизации сельского хозяйства"),
    # firms
    ("Гомсельмаш", "гомсельмаша"), ("Милавица", "милавицы"), ("Нафтан", "нафтану"), ("Моготекс", "моготекса"),
    ("Белорусская обувь", "белорусской обуви"), ("МТЗ", "мтз"), ("Конте Спа", "конте спа"),
    pytest.param("Беларуськалий", "беларуськалия", marks=pytest.mark.xfail(strict=True, reason="forms.py: _as_name takes a noun in -ий for an adjective")),
    pytest.param("Беларуськалий", "беларуськалию", marks=pytest.mark.xfail(strict=True, reason="forms.py: _as_name takes a noun in -ий for an adjective; so stands the title of an entry")),
    pytest.param("Кронохем", "кронохема", marks=pytest.mark.xfail(strict=True, reason="forms.py: the analyser guesses a verb, so nothing is declined")),
    pytest.param("Костромской НИИ сельского хозяйства", "костромского нии сельского хозяйства", marks=pytest.mark.xfail(strict=True, reason="forms.py: the number of an indeclinable head is taken for the plural")),
    pytest.param("Костромская ТПП", "костромской тпп", marks=pytest.mark.xfail(strict=True, reason="forms.py: an abbreviation that the analyser does not know is no head, so its adjective stands still")),
    pytest.param("Костромской НИИСХ", "костромского ниисх", marks=pytest.mark.xfail(strict=True, reason="forms.py: an abbreviation that the analyser does not know is no head, so its adjective stands still")),
    # look-alikes
    ("улица Костромская", "улице костромской"), ("костромской сыр", "костромского сыра"),
    ("Минские соглашения", "минских соглашений"), ("тракторы «Беларус»", 'тракторов "беларус"'),
    ("подводная лодка «Кострома»", 'подводной лодке "кострома"'),
    pytest.param("Могилёв-Подольский", "могилева-подольского", marks=pytest.mark.xfail(strict=True, reason="forms.py: a compound in -ий is taken for one adjective and not declined")),
    pytest.param("Брест-Литовск", "брест-литовске", marks=pytest.mark.xfail(strict=True, reason="forms.py: both parts are declined; the first one stands still")),
]

BELARUSIAN = [
    ("Магілёўская вобласць", "магілеўская вобласць"),
    ("Магілёўская вобласць", "магілеўскай вобласці"),
    ("Магілёўская вобласць", "магілеўскую вобласць"),
    ("Магілёўская вобласць", "магілеўскай вобласцю"),
    ("Кастрамская вобласць", "кастрамскай вобласцю"),
    ("Смаргонскі раён", "смаргонскага раена"),
    ("Смаргонскі раён", "смаргонскім раене"),
    ("Астроўскі раён", "астроўскаму раену"),
    ("Кастрама", "кастрамы"), ("Кастрама", "кастраме"), ("Кастрама", "кастраму"),
    ("Магілёў", "магілева"), ("Магілёў", "магілеве"), ("Магілёў", "магілевам"),
    ("Бабруйск", "бабруйска"), ("Бабруйск", "бабруйску"), ("Бабруйск", "бабруйскам"),
    ("Брэст", "брэсце"), ("Мінск", "мінску"), ("Калагрыў", "калагрыва"), ("Орша", "оршы"), ("Гродна", "гродне"),
    ("Беларусь", "беларусі"), ("Расія", "расіі"), ("Расія", "расіяй"), ("Магілёўшчына", "магілеўшчыне"),
    ("Мантурава", "мантураве"),
    ("Расійская Федэрацыя", "расійскай федэрацыі"), ("Брэсцкая крэпасць", "брэсцкай крэпасці"),
    pytest.param("Кастрама", "кастрамой", marks=pytest.mark.xfail(strict=True, reason="forms.py: the stressed endings -ой and -оў are not known")),
    pytest.param("кастрамічы", "кастрамічоў", marks=pytest.mark.xfail(strict=True, reason="forms.py: the stressed endings -ой and -оў are not known")),
    pytest.param("Гомель", "гомеля", marks=pytest.mark.xfail(strict=True, reason="forms.py: the class in -ь mixes genders: no -я for the masculine, no doubled consonant for the feminine")),
    pytest.param("Беларусь", "беларуссю", marks=pytest.mark.xfail(strict=True, reason="forms.py: the class in -ь mixes genders: no -я for the masculine, no doubled consonant for the feminine")),
    pytest.param("Смаргонь", "смаргонню", marks=pytest.mark.xfail(strict=True, reason="forms.py: the class in -ь mixes genders: no -я for the masculine, no doubled consonant for the feminine")),
    pytest.param("Нясвіж", "нясвіжа", marks=pytest.mark.xfail(strict=True, reason="forms.py: no class for names in -ж, -ч, -ш, -с, -н, -г")),
    pytest.param("Галіч", "галіча", marks=pytest.mark.xfail(strict=True, reason="forms.py: no class for names in -ж, -ч, -ш, -с, -н, -г")),
    pytest.param("Гомсельмаш", "гомсельмаша", marks=pytest.mark.xfail(strict=True, reason="forms.py: no class for names in -ж, -ч, -ш, -с, -н, -г")),
    pytest.param("Магатэкс", "магатэкса", marks=pytest.mark.xfail(strict=True, reason="forms.py: no class for names in -ж, -ч, -ш, -с, -н, -г")),
    pytest.param("Нафтан", "нафтана", marks=pytest.mark.xfail(strict=True, reason="forms.py: no class for names in -ж, -ч, -ш, -с, -н, -г")),
    pytest.param("Санкт-Пецярбург", "санкт-пецярбургу", marks=pytest.mark.xfail(strict=True, reason="forms.py: no class for names in -ж, -ч, -ш, -с, -н, -г")),
    pytest.param("Масква", "масквы", marks=pytest.mark.xfail(strict=True, reason="forms.py: no class for this name in -а")),
    pytest.param("Масква", "маскве", marks=pytest.mark.xfail(strict=True, reason="forms.py: no class for this name in -а")),
    pytest.param("Мілавіца", "мілавіцы", marks=pytest.mark.xfail(strict=True, reason="forms.py: no class for this name in -а")),
    pytest.param("Пружаны", "пружанах", marks=pytest.mark.xfail(strict=True, reason="forms.py: no class for plurals in -ы and -не")),
    pytest.param("беларусы", "беларусаў", marks=pytest.mark.xfail(strict=True, reason="forms.py: no class for plurals in -ы and -не")),
    pytest.param("мінчане", "мінчан", marks=pytest.mark.xfail(strict=True, reason="forms.py: no class for plurals in -ы and -не")),
    pytest.param("расіяне", "расіян", marks=pytest.mark.xfail(strict=True, reason="forms.py: no class for plurals in -ы and -не")),
    pytest.param("Мінскія пагадненні", "мінскіх пагадненняў", marks=pytest.mark.xfail(strict=True, reason="forms.py: no class for plurals in -ы and -не")),
    pytest.param("Рэспубліка Беларусь", "рэспублікі беларусь", marks=pytest.mark.xfail(strict=True, reason="forms.py: no class for this name in -а")),
    pytest.param("Міністэрства інфармацыі", "міністэрствам інфармацыі", marks=pytest.mark.xfail(strict=True, reason="forms.py: neuters in -ства and -нне are not known")),
    pytest.param("Мінскі маторны завод", "мінскага маторнага завода", marks=pytest.mark.xfail(strict=True, reason="forms.py: of three words and more only the first is declined, the rest stands still")),
    pytest.param("Кастрамскі дзяржаўны ўніверсітэт", "кастрамскага дзяржаўнага ўніверсітэта", marks=pytest.mark.xfail(strict=True, reason="forms.py: of three words and more only the first is declined, the rest stands still")),
    pytest.param("Гандлёва-прамысловая палата Кастрамской вобласці", "гандлева-прамысловай палаты кастрамской вобласці", marks=pytest.mark.xfail(strict=True, reason="forms.py: of three words and more only the first is declined, the rest stands still")),
    pytest.param("Магілёў-Падольскі", "магілева-падольскага", marks=pytest.mark.xfail(strict=True, reason="forms.py: the first part of a compound stands still")),
]
# fmt: on


@pytest.mark.parametrize(("name", "form"), RUSSIAN)
def test_russian_form(name: str, form: str) -> None:
    assert form in forms(name, "ru")


@pytest.mark.parametrize(("name", "form"), BELARUSIAN)
def test_belarusian_form(name: str, form: str) -> None:
    assert form in forms(name, "be")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Kostroma Region", {"kostroma region", "kostroma region's"}), ("Bobruisk", {"bobruisk", "bobruisk's"})],
)
def test_english_has_the_name_and_its_genitive(name: str, expected: set[str]) -> None:
    assert forms(name, "en") == expected


@pytest.mark.parametrize("language", ["uk", "kk", "ro", "uz-Cyrl"])
def test_other_languages_have_the_name_alone(language: str) -> None:
    assert forms("Кострома", language) == {"кострома"}


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("костромской", "костромские"), ("костромской", "костромскими"), ("костромской", "костромского"),
        ("костромской", "костромской"), ("могилёвский", "могилевских"), ("могилёвский", "могилевская"),
        ("белорусский", "белорусскому"), ("бобруйский", "бобруйскую"), ("брестский", "брестское"),
    ],
)  # fmt: skip
def test_russian_adjective(word: str, form: str) -> None:
    assert form in adjective_forms(word, "ru")


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("кастрамскі", "кастрамскія"), ("кастрамскі", "кастрамскімі"), ("кастрамскі", "кастрамская"),
        ("магілёўскі", "магілеўскай"), ("брэсцкі", "брэсцкіх"), ("беларускі", "беларускага"),
    ],
)  # fmt: skip
def test_belarusian_adjective(word: str, form: str) -> None:
    assert form in adjective_forms(word, "be")


def _by_form(catalogue: Catalogue) -> dict[tuple[str, str], set[str]]:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for place in catalogue.gazetteer.places.values():
        for names in (place.names, place.demonyms):
            for language, listed in names.items():
                for name in listed:
                    for form in forms(text.clean(name), language):
                        owners[language, form].add(place.id)
        for language, listed in place.adjectives.items():
            for word in listed:
                for form in adjective_forms(word, language):
                    owners[language, form].add(place.id)
    return owners


def test_every_form_is_folded_and_not_blank(real: Catalogue) -> None:
    odd = [form for _, form in _by_form(real) if form != text.fold(form) or form != form.strip() or not form]
    assert odd == []


def test_form_stands_for_one_place_or_for_a_town_and_its_region(real: Catalogue) -> None:
    """«в Витебском районе» and «Витебском» of the city: the adjective is declared to mean either."""
    chain = real.gazetteer.chain
    strangers = {
        key: places
        for key, places in _by_form(real).items()
        if any(one not in chain(other) and other not in chain(one) for one in places for other in places)
    }
    assert strangers == {}


def test_forms_shared_by_town_and_region_are_the_known_ones(real: Catalogue) -> None:
    """The instrumental of a city in -ск is the locative of the adjective of its region."""
    shared = {
        form for (language, form), places in _by_form(real).items() if language == "ru" and len(places) > 1
    }
    assert shared == {
        "витебском", "брянском", "иркутском", "курском", "липецком", "мурманском", "новосибирском", "омском",
        "смоленском", "томском", "ульяновском", "челябинском",
    }  # fmt: skip


def test_no_form_of_an_organisation_is_one_of_another(real: Catalogue) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for one in real.gazetteer.organisations.values():
        for language, names in one.names.items():
            for name in names:
                for form in forms(text.clean(name), language):
                    owners[form].add(one.id)
    assert {form: ids for form, ids in owners.items() if len(ids) > 1} == {}


def test_no_organisation_is_called_as_a_place_is(real: Catalogue) -> None:
    places = {form for _, form in _by_form(real)}
    named = {
        form
        for one in real.gazetteer.organisations.values()
        for language, names in one.names.items()
        for name in names
        for form in forms(text.clean(name), language)
    }
    assert named & places == set()
