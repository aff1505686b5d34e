"""Codes of places and pairs: current ones pass, old ones are translated, others are refused by name."""

import pytest

from crawlers import codes
from crawlers.codes import Pair
from crawlers.errors import DataError


@pytest.mark.parametrize(
    ("typed", "code"),
    [("BY-HO", "BY-HO"), (" ru-kos ", "RU-KOS"), ("ge", "GE"), ("BY", "BY"), ("kz-pav", "KZ-55"), ("LT", "LT")],
)
def test_region_is_read_in_canonical_form(typed: str, code: str) -> None:
    assert codes.region(typed) == code


@pytest.mark.parametrize(("old", "new"), sorted(codes.ALIASES.items()))
def test_each_old_kazakh_code_leads_to_a_current_one(old: str, new: str) -> None:
    assert codes.region(old) == codes.region(new) == new


@pytest.mark.parametrize(
    "typed", ["", "-", "BY-", "BY-XX", "BYHO", "BY-HO-1", "PL", "PL-MZ", "US-CA", "Гомель", "RU_KOS"]
)
def test_unknown_region_is_refused(typed: str) -> None:
    with pytest.raises(DataError):
        codes.region(typed)


def test_refusal_names_place_field_value_and_repair() -> None:
    with pytest.raises(DataError) as caught:
        codes.region("BY-XX", "by/a.yml", "region")
    assert str(caught.value) == (
        "by/a.yml: region: found 'BY-XX', allowed: an ISO 3166-2 region such as BY-HO or RU-KOS,"
        " a country such as GE, CIS or EAEU"
    )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("BY-HO:RU-BRY", Pair("BY-HO", "RU-BRY")),
        ("by-ma:ru-kos", Pair("BY-MA", "RU-KOS")),
        ("BY-HO:KZ-PAV", Pair("BY-HO", "KZ-55")),
        ("BY:GE", Pair("BY", "GE")),
        ("BY:RU-KOS", Pair("BY", "RU-KOS")),
    ],
)
def test_pair_is_read(typed: str, expected: Pair) -> None:
    assert codes.pair(typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("", id="empty"),
        pytest.param("BY-HO", id="one side"),
        pytest.param("BY-HO:RU-BRY:RU-SMO", id="three sides"),
        pytest.param("RU-BRY:BY-HO", id="partner first"),
        pytest.param("BY-HO:BY-BR", id="both Belarusian"),
        pytest.param("RU-BRY:UA-74", id="none Belarusian"),
        pytest.param("BY-HO:XX", id="unknown partner"),
        pytest.param("BY-HO-RU-BRY", id="no colon"),
    ],
)
def test_pair_of_other_sides_is_refused(typed: str) -> None:
    with pytest.raises(DataError, match="allowed: "):
        codes.pair(typed)


@pytest.mark.parametrize("typed", ["BY-HO:RU-BRY", "BY:GE"])
def test_pair_is_written_as_it_is_read(typed: str) -> None:
    assert str(codes.pair(typed)) == typed


@pytest.mark.parametrize(
    ("pair", "place", "side"),
    [
        ("BY-HO:RU-BRY", "BY-HO", "BY-HO"),
        ("BY-HO:RU-BRY", "RU-BRY", "RU-BRY"),
        ("BY-HO:RU-BRY", "RU-SMO", None),
        ("BY-HO:RU-BRY", "RU", None),
        ("BY:RU", "RU-KOS", "RU"),
        ("BY:RU", "BY", "BY"),
        ("BY:RU", "UA-74", None),
        ("BY:RU-KOS", "BY-HO", "BY"),
    ],
)
def test_side_contains_its_places(pair: str, place: str, side: str | None) -> None:
    assert codes.pair(pair).side_of(place) == side


@pytest.mark.parametrize(("code", "country", "whole"), [("KZ-55", "KZ", False), ("GE", "GE", True)])
def test_country_of_a_code(code: str, country: str, whole: bool) -> None:
    assert (codes.country_of(code), codes.is_country(code)) == (country, whole)
