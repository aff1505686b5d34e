"""Finding names: the longest wins, whole words only, places by their capital, positions in the clean text."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawlers import text
from matcher.anchors import Anchors, Hit, Term
from matcher.catalogue import Catalogue
from matcher.forms import adjective_forms, forms

Find = Callable[[str], list[Hit]]


def terms(hits: list[Hit]) -> list[tuple[str, str]]:
    return [(hit.term.id, hit.term.sense) for hit in hits]


# fmt: off
@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("в Костроме", [("ru-kostroma", "name")]),
        ("Могилёвщина", [("BY-MA", "demonym")]),
        ("Могилевщина без точек", [("BY-MA", "demonym")]),
        ("Могилёвская и Костромская области", [("BY-MA", "adjective"), ("RU-KOS", "adjective")]),
        ("костромские аграрии", [("RU-KOS", "adjective")]),
        ("делегация «Гомсельмаша»", [("gomselmash", "organisation")]),
        ("на IV Форуме регионов", [("forum-of-regions-4", "anchor")]),
        ("Бабруйск і Кастрама", [("by-babrujsk", "name"), ("ru-kostroma", "name")]),
        ("Kostroma Region's governor", [("RU-KOS", "name")]),
        ("Kostroma’s mayor", [("ru-kostroma", "name")]),
        ("дорога Могилёв—Бобруйск", [("by-mahiliou", "name"), ("by-babrujsk", "name")]),
        ("(Кострома)", [("ru-kostroma", "name")]),
        ("«Кострома»", [("ru-kostroma", "name")]),
        ("КОСТРОМА", [("ru-kostroma", "name")]),
        ("", []),
    ],
)
def test_name_is_found(find: Find, raw: str, expected: list[tuple[str, str]]) -> None:
    assert terms(find(raw)) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Костромская область", [("RU-KOS", "name")]),
        ("Торгово-промышленная палата Костромской области", [("tpp-kostroma", "organisation")]),
        ("Минского моторного завода", [("mmz", "organisation")]),
        ("Юнимилк Шклов", [("unimilk-shklou", "organisation")]),
        ("Министерство информации Республики Беларусь", [("mininform", "organisation")]),
        ("Могилёвский государственный университет имени А. А. Кулешова", [("mgu-kuleshova", "organisation")]),
        ("Костромской области и Костромы", [("RU-KOS", "name"), ("ru-kostroma", "name")]),
        ("Brest Region", [("BY-BR", "name")]),
        ("визит в Прикамье", [("RU-PER", "name")]),
        ("приехали из Кузбасса", [("RU-KEM", "name")]),
        ("в Башкирии", [("RU-BA", "name")]),
        ("комбайны «Палессе»", [("gomselmash", "organisation")]),
        ("завод «Омск Карбон Могилёв»", [("omsk-carbon-group", "organisation"), ("by-mahiliou", "name")]),
    ],
)
def test_longest_name_wins(find: Find, raw: str, expected: list[tuple[str, str]]) -> None:
    assert terms(find(raw)) == expected


@pytest.mark.parametrize(
    "raw",
    [
        "Минские соглашения", "о Минских договорённостях", "Минской группы ОБСЕ", "Брестский мир", "в Брестской крепости",
        "улица Костромская", "на улице Могилёвской", "у Витебского вокзала", "костромского сыра", "костромской породы",
        "на теплоходе «Кострома»", "атомной подводной лодкой «Кострома»", "тракторы «Беларус»", "Могилёв-Подольский",
        "Островского района Псковской области",
        "Brest, France", "Treaty of Brest-Litovsk", "Minsk agreements", "Belarus tractors",
        "Брэсцкая крэпасць", "Магілёў-Падольскі", "Мінская група АБСЕ",
        "в Могилёве-Подольском",
        "в Брест-Литовске",
        "ул. Костромской, 12",
        "Мінскіх пагадненняў",
        "у Казанского собора", "в башкирском Зауралье", "Западное Поморье",
    ],
)
def test_look_alike_stands_for_no_place(find: Find, raw: str) -> None:
    found = find(raw)
    assert found
    assert {hit.term.sense for hit in found} == {"look_alike"}


@pytest.mark.parametrize(
    "raw",
    [
        "Костромаэнерго", "посткострома", "Брестоград", "Орлан", "Владимирович", "Тулаев", "VIII Форум регионов", "XIV Форум регионов",
        "Кострома1", "минскэнерго",
    ],
)
def test_part_of_a_word_is_no_name(find: Find, raw: str) -> None:
    assert find(raw) == []


CAPITALS = "Так Пишут Заголовки В Газете. "


@pytest.mark.parametrize("raw", ["орёл парил над полем", "сигнальный буй", "курган у дороги", "белгород", "иваново детство"])
def test_name_of_a_place_begins_with_a_capital(find: Find, raw: str) -> None:
    assert find(CAPITALS + raw) == []


@pytest.mark.parametrize(("raw", "place"), [("орёл и решка", "ru-oryol"), ("в костроме прошёл дождь", "ru-kostroma")])
def test_text_without_capitals_is_taken_as_it_is(find: Find, raw: str, place: str) -> None:
    assert terms(find(raw)) == [(place, "name")]


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        ("встретили костромичей", "RU-KOS"),
        ("у белорусов спросили", "BY"),
        ("минчане побывали", "BY-HM"),
        ("кастрамічы прыехалі", "RU-KOS"),
        ("на Костромщине", "RU-KOS"),
        ("в городе на Неве", "RU-SPE"), ("гости Северной столицы", "RU-SPE"), ("на Среднем Урале", "RU-SVE"), ("аграрии Зауралья", "RU-KGN"),
        ("рады омичам", "RU-OMS"), ("туляков не было", "RU-TUL"), ("у смолян", "RU-SMO"), ("в Оренбуржье", "RU-ORE"), ("в донской столице", "ru-rostov"),
        ("в столице Беларуси", "BY-HM"), ("на Полотчине", "by-polack-district"),
        ("брестчанам показали", "BY-BR"), ("на Аршаншчыне", "by-orsha-district"), ("на Смаленшчыне", "RU-SMO"), ("the Belarusian capital", "BY-HM"),
    ],
)
def test_inhabitants_stand_for_their_place(find: Find, raw: str, place: str) -> None:
    assert terms(find(CAPITALS + raw)) == [(place, "demonym")]
# fmt: on


@pytest.mark.parametrize(
    ("raw", "region"),
    [
        ("Минская и Костромская области", "BY-MI"),
        ("в Минской области", "BY-MI"),
        ("минский завод", "BY-HM"),
        ("Минское предприятие", "BY-HM"),
        ("московский театр", "RU-MOW"),
        ("Мінская і Брэсцкая вобласці", "BY-MI"),
    ],
)
def test_what_follows_tells_a_region_from_its_city(find: Find, raw: str, region: str) -> None:
    assert find(CAPITALS + raw)[0].term.id == region


@pytest.mark.parametrize(
    "raw", ["Владимир Домашевский приехал", "В. Путин и Владимир В. Иванов", "депутата Владимира Костромина"]
)
def test_given_name_is_no_city(find: Find, raw: str) -> None:
    assert find(CAPITALS + raw) == []


@pytest.mark.parametrize(
    "raw", ["Бобруйск и Владимир дружат", "во Владимире Петров выступил", "Владимир ждёт гостей"]
)
def test_city_is_no_given_name(find: Find, raw: str) -> None:
    assert ("ru-vladimir", "name") in terms(find(CAPITALS + raw))


@pytest.mark.parametrize("raw", ["Костромские улицы городов области", "площади костромских ферм"])
def test_adjective_beside_a_street_may_be_of_the_region(find: Find, raw: str) -> None:
    assert ("RU-KOS", "adjective") in terms(find(CAPITALS + raw))


def test_adjective_needs_no_capital(find: Find) -> None:
    assert terms(find(CAPITALS + "костромские заводы")) == [("RU-KOS", "adjective")]


def test_form_of_two_places_gives_a_hit_for_each(find: Find) -> None:
    hits = find("Встреча под Витебском")
    assert set(terms(hits)) == {("by-viciebsk", "name"), ("BY-VI", "adjective")}
    assert len({(hit.start, hit.end) for hit in hits}) == 1


def test_hits_come_in_the_order_of_the_text(find: Find) -> None:
    hits = find("Кострома, Бобруйск, Кострома и Гомсельмаш")
    assert [hit.start for hit in hits] == sorted(hit.start for hit in hits)
    assert [hit.term.id for hit in hits] == ["ru-kostroma", "by-babrujsk", "ru-kostroma", "gomselmash"]


def test_number_of_forms_is_told(anchors: Anchors) -> None:
    assert len(anchors) > 3000


@pytest.fixture(scope="module")
def forms_of(real: Catalogue) -> dict[Term, set[str]]:
    """All forms by what they stand for, put together from the data once more."""
    found: dict[Term, set[str]] = {}

    def add(term: Term, names: dict[str, tuple[str, ...]]) -> None:
        listed = [form for lang, ns in names.items() for name in ns for form in forms(text.clean(name), lang)]
        found.setdefault(term, set()).update(listed)

    for place in real.gazetteer.places.values():
        add(Term(place.id, "name"), place.names)
        add(Term(place.id, "demonym"), place.demonyms)
        found[Term(place.id, "adjective")] = {
            form for lang, words in place.adjectives.items() for w in words for form in adjective_forms(w, lang)
        }
    for organisation in real.gazetteer.organisations.values():
        add(Term(organisation.id, "organisation"), organisation.names)
    for look_alike in real.gazetteer.look_alikes:
        add(Term(look_alike.means, "look_alike"), look_alike.phrases)
    for entry in real.entries.values():
        add(Term(entry.id, "anchor"), entry.anchors)
    return found


# fmt: off
PIECES = st.one_of(
    st.sampled_from([
        "Кострома", "Костромской области", "Могилёвская", "МТЗ", "Kostroma", "Кастрамскай вобласці", "IV Форум регионов",
        "Минские соглашения", "тракторов «Беларус»", "Могилёв\u00adская", "Ко\u00adстро\u200bма", "Кострома\u0301", "Могиле\u0308в",
        "İstanbul", "İ", "ǰ", "ß", "ﬃ", "ς", "🚜", "👩‍👩‍👧", "\ufeff", "\u202e", "\x00", " ", "\u00a0", "\r\n", "\n", "\t", "—", "«", "»", "-", "’", "1", "_",
    ]),
    st.text(max_size=6),
)
# fmt: on


@settings(
    max_examples=300, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(raw=st.lists(PIECES, max_size=12).map("".join))
def test_positions_are_those_of_the_clean_text(
    anchors: Anchors, forms_of: dict[Term, set[str]], raw: str
) -> None:
    clean = text.clean(raw)
    folded = text.fold(clean)
    assert len(folded) == len(clean)
    reach = 0
    for hit in anchors.find(clean, folded):
        assert text.fold(clean[hit.start : hit.end]) in forms_of[hit.term]
        assert not clean[hit.start - 1 : hit.start].isalnum()
        assert not clean[hit.end : hit.end + 1].isalnum()
        assert hit.start >= reach or hit.end == reach
        reach = hit.end


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("İİİ в Ко\u00adстро\u00adме", "Костроме"),
        ("🚜🚜 Могиле\u0308вская область", "Могилёвская область"),
        ("«\u200bГомсельмаш»", "Гомсельмаш"),
        ("Костромской\u00a0области", "Костромской области"),
        ("Костромской\nобласти", "Костромской"),
    ],
)
def test_hit_shows_the_text_as_it_stands(find: Find, raw: str, shown: str) -> None:
    hit = find(raw)[0]
    assert text.clean(raw)[hit.start : hit.end] == shown
