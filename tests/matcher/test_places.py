"""The gazetteer: how places lie in one another, and what its loader refuses."""

from pathlib import Path
from typing import NamedTuple

import pytest

from crawlers import codes
from crawlers.errors import DataError
from matcher import places
from matcher.catalogue import Catalogue
from tests.matcher.tiny_catalogue import Tiny


class Fault(NamedTuple):
    """One passage of the tiny gazetteer made wrong, and what the message must say."""

    old: str
    new: str
    field: str
    found: str
    allowed: str


@pytest.mark.parametrize(
    ("place", "chain"),
    [
        ("BY", ("BY",)),
        ("BY-HM", ("BY-HM", "BY")),
        ("by-mahiliou", ("by-mahiliou", "BY-MA", "BY")),
        ("by-polack", ("by-polack", "by-polack-district", "BY-VI", "BY")),
        ("ru-kologriv", ("ru-kologriv", "ru-kologriv-district", "RU-KOS", "RU")),
    ],
)
def test_chain_ends_with_the_country(real: Catalogue, place: str, chain: tuple[str, ...]) -> None:
    assert real.gazetteer.chain(place) == chain


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("BY", "BY"),
        ("BY-MA", "BY-MA"),
        ("by-mahiliou", "BY-MA"),
        ("by-polack", "BY-VI"),
        ("ru-buj", "RU-KOS"),
        ("RU-MOW", "RU-MOW"),
    ],
)
def test_code_is_of_the_region_or_else_the_country(real: Catalogue, place: str, code: str) -> None:
    assert real.gazetteer.code(place) == code


def test_every_real_place_lies_in_a_country(real: Catalogue) -> None:
    gazetteer = real.gazetteer
    tops = [gazetteer.places[gazetteer.chain(place)[-1]] for place in gazetteer.places]
    assert {top.id for top in tops if top.kind != "country"} == codes.UNIONS


def test_semey_lies_in_abai_region_since_2022(real: Catalogue) -> None:
    semey = real.gazetteer.places["kz-semey"]
    assert (semey.within, str(semey.since), semey.before) == ("KZ-10", "2022-06", "KZ-63")


@pytest.mark.parametrize(
    ("extra", "says"),
    [
        ("since: 2022-06", "since: found '2022-06', allowed: a date with `before`, or neither"),
        (
            "since: 2022-06\n    before: atlantis",
            "by-mahiliou: before: found 'atlantis', allowed: the id of a place",
        ),
    ],
)
def test_where_a_place_lay_before_is_said_whole(tiny: Tiny, extra: str, says: str) -> None:
    tiny.change_places(
        "    within: BY-MA\n    names: {ru: [Могилёв]",
        f"    within: BY-MA\n    {extra}\n    names: {{ru: [Могилёв]",
    )
    with pytest.raises(DataError) as caught:
        tiny.gazetteer()
    assert says in str(caught.value)


def test_every_real_region_lies_in_the_country_of_its_code(real: Catalogue) -> None:
    regions = [place for place in real.gazetteer.places.values() if place.kind == "region"]
    assert [place.id for place in regions if place.within != place.id[:2]] == []


def test_every_belarusian_region_is_there(real: Catalogue) -> None:
    there = {place.id for place in real.gazetteer.places.values() if place.kind == "region"}
    assert {"BY-BR", "BY-VI", "BY-HO", "BY-HR", "BY-MI", "BY-MA", "BY-HM"} <= there


def test_every_real_organisation_lies_in_a_country(real: Catalogue) -> None:
    gazetteer = real.gazetteer
    seats = {codes.country_of(gazetteer.code(one.seat)) for one in gazetteer.organisations.values()}
    assert seats <= codes.COUNTRIES


CITY = "  - id: by-mahiliou\n    kind: city\n    within: BY-MA\n"

# fmt: off
FAULTS = [
    pytest.param(Fault(CITY, CITY.replace("BY-MA", "BY-MG"), "by-mahiliou: within", "BY-MG", "id of a place"), id="unknown_within"),
    pytest.param(Fault(CITY, CITY.replace("BY-MA", "linen-mill"), "by-mahiliou: within", "linen-mill", "id of a place"), id="within_an_organisation"),
    pytest.param(Fault(CITY, CITY.replace("    within: BY-MA\n", ""), "within", "nothing", "the place that it lies in"), id="city_in_nothing"),
    pytest.param(Fault(CITY, CITY.replace("    within: BY-MA\n", ""), "by-mahiliou", "nothing", "the place that it lies in"), id="city_in_nothing_by_name"),
    pytest.param(Fault(CITY, CITY.replace("city", "town"), "kind", "town", "'city'"), id="unknown_kind"),
    pytest.param(Fault(CITY, CITY.replace("city", "town"), "by-mahiliou", "town", "'city'"), id="unknown_kind_by_name"),
    pytest.param(Fault(CITY, CITY + "    colour: red\n", "colour", "unknown key", ""), id="unknown_key"),
    pytest.param(Fault(CITY, CITY + "    kind: city\n", "line 13", "kind (also on line 11)", "once"), id="duplicate_key"),
    pytest.param(Fault("seat: by-mahiliou", "seat: by-atlantis", "linen-mill: seat", "by-atlantis", "id of a place"), id="unknown_seat"),
    pytest.param(Fault("- id: linen-mill", "- id: by-mahiliou", "id", "by-mahiliou", "stands once"), id="duplicate_id"),
    pytest.param(Fault("- id: linen-mill", "- id: Linen Mill", "id", "Linen Mill", "pattern"), id="malformed_id"),
    pytest.param(Fault("- id: RU-KOS", "- id: RU-KSM", "id", "RU-KSM", "ISO 3166-2"), id="wrong_code"),
    pytest.param(Fault("- id: RU-KOS", "- id: ru-kos", "id", "ru-kos", "RU-KOS"), id="code_in_small_letters"),
    pytest.param(Fault("- id: RU-KOS", "- id: KZ-VOS", "id", "KZ-VOS", "the current code KZ-63"), id="old_kazakh_code"),
    pytest.param(Fault("- id: RU-KOS", "- id: KZ-YUZ", "id", "KZ-YUZ", "the current code KZ-61"), id="old_code_of_a_renamed_region"),
    pytest.param(Fault("id: RU-KOS\n    kind: region\n    within: RU\n", "id: RU-KOS\n    kind: region\n", "within", "nothing", ""), id="region_in_nothing"),
    pytest.param(Fault("id: RU-KOS\n    kind: region\n    within: RU\n", "id: RU-KOS\n    kind: region\n    within: BY\n", "within", "BY", "RU"), id="region_in_another_country"),
    pytest.param(Fault("{ru: [Льнокомбинат]}", "{}", "names", "", ""), id="no_name"),
    pytest.param(Fault("{ru: [Льнокомбинат]}", '{ru: [" "]}', "names", "", ""), id="blank_name"),
    pytest.param(Fault("{ru: [Льнокомбинат]}", "{tlh: [nab]}", "names", "tlh", "uz-Cyrl"), id="name_in_unknown_language"),
]
# fmt: on


@pytest.mark.parametrize("fault", FAULTS)
def test_broken_place_is_named_in_one_line(tiny: Tiny, fault: Fault) -> None:
    tiny.change_places(fault.old, fault.new)
    with pytest.raises(DataError) as caught:
        tiny.gazetteer()
    message = str(caught.value)
    assert "\n" not in message
    where, said = message.split(": found ", 1)
    found, allowed = said.split(", allowed: ", 1)
    assert where.startswith(f"{tiny.places}: ")
    assert fault.field in where
    assert fault.found in found
    assert fault.allowed in allowed


# fmt: off
CIRCLES = [
    pytest.param("kind: region\n    within: BY\n", "kind: region\n    within: BY-MA\n", id="itself"),
    pytest.param("kind: region\n    within: BY\n", "kind: region\n    within: by-mahiliou\n", id="two_places"),
    pytest.param("- id: BY\n    kind: country\n", "- id: BY\n    kind: country\n    within: by-mahiliou\n", id="three_places"),
]
# fmt: on


@pytest.mark.parametrize(("old", "new"), CIRCLES)
def test_circle_is_found_when_the_chain_is_walked(tiny: Tiny, old: str, new: str) -> None:
    tiny.change_places(old, new)
    with pytest.raises(DataError, match=r"within: found '.*', allowed: a place that does not lie in itself"):
        tiny.load()


@pytest.mark.parametrize(("old", "new"), CIRCLES)
def test_circle_is_refused_on_loading(tiny: Tiny, old: str, new: str) -> None:
    tiny.change_places(old, new)
    with pytest.raises(DataError, match="a place that does not lie in itself"):
        tiny.gazetteer()


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "found nothing"), (b"- id: BY\n", "dictionary"), (b"\xff", "UTF-8 text")]
)
def test_broken_file_is_refused(tiny: Tiny, content: bytes, said: str) -> None:
    tiny.places.write_bytes(content)
    with pytest.raises(DataError) as caught:
        tiny.gazetteer()
    assert str(caught.value).startswith(str(tiny.places))
    assert said in str(caught.value)


def test_folder_without_places_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="found no file, allowed: a folder of places"):
        places.load(tmp_path)


def test_id_used_in_another_file_is_refused(tiny: Tiny) -> None:
    copy = tiny.places.with_name("twin.yml")
    copy.write_bytes(tiny.places.read_bytes())
    with pytest.raises(DataError) as caught:
        tiny.gazetteer()
    assert str(caught.value) == f"{copy}: id: found 'BY', allowed: an id that stands once"


def test_place_may_lie_in_one_of_another_file(tiny: Tiny) -> None:
    other = tiny.places.with_name("another.yml")
    other.write_text(
        "places: [{id: by-shklou, kind: city, within: BY-MA, names: {ru: [Шклов]}}]\n", encoding="utf-8"
    )
    assert tiny.gazetteer().chain("by-shklou") == ("by-shklou", "BY-MA", "BY")


@pytest.mark.parametrize(
    "place",
    [
        "BY-MI",
        "BY-MA",
        "BY-VI",
        "BY-BR",
        "BY-HO",
        "BY-HR",
        "RU-KOS",
    ],
)
def test_region_has_the_adjective_of_its_name(real: Catalogue, place: str) -> None:
    """Without it «Минская и Костромская области» cannot be understood."""
    region = real.gazetteer.places[place]
    assert region.names["ru"][0].split()[0][:-2].lower() in {
        word[:-2] for word in region.adjectives.get("ru", ())
    }
