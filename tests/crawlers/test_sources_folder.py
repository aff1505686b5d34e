"""The outlets that come with the program: all load, and each says what is not known of it."""

from collections import Counter

import pytest

from crawlers import codes, registry
from crawlers.registry import SOURCES, Outlet

OUTLETS = registry.load()
PUT_AT_RISK = ("by-flagshtok", "by-nashaniva", "by-hrodnalife", "by-mediapolesye", "by-intexpress")


def test_every_file_of_the_folder_is_an_outlet() -> None:
    files = Counter(path.parent.name for path in SOURCES.glob("**/*.y*ml"))
    assert files == Counter(outlet.country.lower() for outlet in OUTLETS.values())
    assert len(OUTLETS) >= 397


def test_readme_states_the_counts_that_the_folder_has() -> None:
    readme = (SOURCES / "README.md").read_text(encoding="utf-8")
    kinds = Counter(source.kind for outlet in OUTLETS.values() for source in outlet.sources)
    without = sum(not outlet.sources for outlet in OUTLETS.values())
    types = Counter(outlet.type for outlet in OUTLETS.values())
    countries = Counter(outlet.country for outlet in OUTLETS.values())
    for number, name in [(len(OUTLETS), "outlets"), (without, "without a source")]:
        assert f"{number} {name}" in readme
    for counts in (kinds, types, countries):
        for name, number in counts.items():
            assert f"{name} {number}" in readme


@pytest.mark.parametrize("name", PUT_AT_RISK)
def test_outlets_that_put_a_reader_at_risk_are_withheld(name: str) -> None:
    outlet = OUTLETS[name]
    restriction = outlet.restrictions[0]
    assert (restriction.jurisdiction, restriction.kind, restriction.as_of) == ("BY", "to_verify", None)


@pytest.mark.parametrize("outlet", OUTLETS.values(), ids=lambda outlet: outlet.id)
def test_nothing_is_claimed_that_nobody_has_seen(outlet: Outlet) -> None:
    assert outlet.notes
    if outlet.verified is None:
        assert all(source.expected is None for source in outlet.sources)
        assert not outlet.reference


def test_ukrainian_outlets_are_read_on_request_only() -> None:
    assert all(outlet.on_request for outlet in OUTLETS.values() if outlet.country == "UA")


def test_regions_are_current_codes() -> None:
    regions = {outlet.region for outlet in OUTLETS.values() if outlet.region}
    assert regions == {codes.region(one) for one in regions}
    assert "KZ-55" in regions


def test_outlets_of_one_publisher_share_a_family() -> None:
    for family, hosts in {
        "kp": ("kp.ru",), "aif": ("aif.ru",), "provintsiya": ("province.ru",), "rossiya-segodnya": ("sputnik", "ria.ru"),
    }.items():  # fmt: skip
        of_host = [o for o in OUTLETS.values() if any(host in one for host in hosts for one in o.own_hosts)]
        assert len(of_host) > 1
        assert {outlet.family for outlet in of_host} == {family}
