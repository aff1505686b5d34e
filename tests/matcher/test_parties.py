"""How strongly a name stands for a party: the very name most, a town less, the wrong place not at all."""

import pytest

from matcher.catalogue import Catalogue
from matcher.entries import Party
from matcher.parties import Parties
from matcher.terms import Hit, Sense, Term


@pytest.fixture(scope="module")
def parties(real: Catalogue) -> Parties:
    return Parties(real)


def hit(term: str, sense: Sense) -> Hit:
    return Hit(0, 1, Term(term, sense))


REGION, CITY, COUNTRY, PLANT = (
    Party(place="RU-KOS"),
    Party(place="ru-kostroma"),
    Party(place="BY"),
    Party(organisation="mmz"),
)


@pytest.mark.parametrize(
    ("party", "term", "sense"),
    [
        (REGION, "RU-KOS", "name"),
        (REGION, "RU-KOS", "demonym"),
        (CITY, "ru-kostroma", "name"),
        (COUNTRY, "BY", "name"),
        (PLANT, "mmz", "organisation"),
    ],
)
def test_very_name_is_sure(parties: Parties, party: Party, term: str, sense: Sense) -> None:
    assert parties.strength(party, hit(term, sense)) == 1


@pytest.mark.parametrize(
    ("party", "term", "sense"),
    [
        (REGION, "RU-KOS", "adjective"),
        (REGION, "ru-kostroma", "name"),
        (REGION, "ru-kologriv", "name"),
        (REGION, "kza", "organisation"),
        (CITY, "RU-KOS", "adjective"),
        (Party(place="by-smarhon-district"), "by-smarhon", "name"),
        (Party(organisation="mininform"), "mininform", "organisation"),
    ],
)
def test_kindred_name_is_less_sure_and_still_enough(
    parties: Parties, party: Party, term: str, sense: Sense
) -> None:
    assert 0.5 < parties.strength(party, hit(term, sense)) < 1


@pytest.mark.parametrize(
    ("party", "term", "sense"),
    [(COUNTRY, "by-mahiliou", "name"), (COUNTRY, "BY-MA", "name"), (COUNTRY, "mmz", "organisation")],
)
def test_town_says_little_of_its_country(parties: Parties, party: Party, term: str, sense: Sense) -> None:
    assert 0 < parties.strength(party, hit(term, sense)) <= 0.5


@pytest.mark.parametrize("term", ["BY-HM", "BY"])
def test_region_or_country_of_a_firm_barely_stands_for_it(parties: Parties, term: str) -> None:
    assert 0.5 < parties.strength(PLANT, hit(term, "name")) < 0.55


@pytest.mark.parametrize(
    ("party", "term", "sense"),
    [
        (REGION, "RU-YAR", "name"),
        (REGION, "RU", "name"),
        (CITY, "RU-KOS", "name"),
        (CITY, "ru-galich", "name"),
        (COUNTRY, "RU", "name"),
        (PLANT, "mtz", "organisation"),
        (PLANT, "BY-MA", "name"),
        (REGION, "means nothing", "look_alike"),
        (REGION, "forum-of-regions-4", "anchor"),
        (Party(place="by-smarhon-district"), "BY-HR", "name"),
    ],
)
def test_other_name_says_nothing(parties: Parties, party: Party, term: str, sense: Sense) -> None:
    assert parties.strength(party, hit(term, sense)) == 0


@pytest.mark.parametrize(
    ("party", "side"),
    [
        (REGION, "RU-KOS"),
        (CITY, "RU-KOS"),
        (COUNTRY, "BY"),
        (PLANT, "BY-HM"),
        (Party(organisation="kza"), "RU-KOS"),
    ],
)
def test_side_is_the_region_or_the_country(parties: Parties, party: Party, side: str) -> None:
    assert parties.side(party) == side


@pytest.mark.parametrize(
    ("term", "sense", "region"),
    [
        ("ru-kologriv", "name", "RU-KOS"),
        ("RU-KOS", "adjective", "RU-KOS"),
        ("kza", "organisation", "RU-KOS"),
        ("BY", "demonym", "BY"),
        ("forum-of-regions-4", "anchor", None),
        ("a river", "look_alike", None),
        ("ru-buj", "name", None),
    ],
)
def test_region_of_a_hit(parties: Parties, term: str, sense: Sense, region: str | None) -> None:
    assert parties.region_of(hit(term, sense)) == region


def test_ambiguous_town_counts_for_its_region(parties: Parties) -> None:
    assert parties.strength(REGION, hit("ru-buj", "name")) > 0
