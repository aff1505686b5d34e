"""Source files: one broken file for each rule, and what the good ones say of an outlet."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from crawlers import registry
from crawlers.errors import DataError
from crawlers.registry import Outlet, Tier
from tests.crawlers.local_press import outlet_data

Put = Callable[..., Path]
FEED = {"kind": "feed", "url": "https://example.by/rss"}
LISTING: dict[str, Any] = {"kind": "listing", "url": "https://example.by/news", "selectors": {"items": "li"}}
LIMIT = {
    "jurisdiction": "BY", "kind": "extremist", "since": "2022-04-01", "source": "https://example.by/l", "as_of": "2026-01-01",
}  # fmt: skip
ABSENT = object()


def without_absent(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: without_absent(value) for key, value in data.items() if value is not ABSENT}
    return [without_absent(one) for one in data] if isinstance(data, list) else data


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Writes a source file that is right but for the keys given."""

    def write(name: str = "gazeta", folder: str = "by", **wrong: Any) -> Path:
        data = without_absent(outlet_data(name, **wrong))
        path = tmp_path / folder / f"{name}.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    ("wrong", "field", "says"),
    [
        pytest.param({"colour": "red"}, "colour", "found 'an unknown key', allowed: control, ", id="unknown key"),
        *[
            pytest.param({key: ABSENT}, key, "found nothing, allowed: this key is required", id=f"no {key}")
            for key in (
                "id", "title", "family", "homepage", "country", "level", "type", "control", "languages",
                "time_zone", "sources", "verified",
            )
        ],
        pytest.param({"id": "Gazeta"}, "id", "found 'Gazeta'", id="capitals in the id"),
        pytest.param({"id": "-gazeta"}, "id", "found '-gazeta'", id="id begins with a dash"),
        pytest.param({"id": "other"}, "id", "allowed: the name of the file, gazeta", id="id is not the file name"),
        pytest.param({"title": ""}, "title", "found ''", id="empty title"),
        pytest.param({"title": None}, "title", "found None, allowed: a valid string", id="null title"),
        pytest.param({"title": ["a"]}, "title", "allowed: a valid string", id="list for a title"),
        pytest.param({"family": ""}, "family", "found ''", id="empty family"),
        pytest.param({"homepage": "example.by"}, "homepage", "an http or https address", id="homepage without scheme"),
        pytest.param({"country": "PL"}, "country", "found 'PL'", id="country that is not watched"),
        pytest.param({"country": "BY-HO"}, "country", "a two-letter country code", id="region for a country"),
        pytest.param({"country": "RU", "region": "RU-KOS"}, "country", "the country of its folder, by", id="folder"),
        pytest.param({"region": "BY-XX"}, "region", "found 'BY-XX'", id="unknown region"),
        pytest.param({"region": "RU-KOS"}, "region", "allowed: a region of BY", id="region of another country"),
        pytest.param({"region": ABSENT}, "region", "a region for regional and district outlets", id="no region"),
        pytest.param({"level": "national"}, "region", "found 'BY-HO'", id="region of a national outlet"),
        pytest.param({"level": "local"}, "level", "found 'local'", id="unknown level"),
        pytest.param({"type": "paper"}, "type", "found 'paper'", id="unknown type"),
        pytest.param({"control": "free"}, "control", "found 'free'", id="unknown control"),
        pytest.param({"control": "state"}, "control_source", "the page that shows control", id="control unproven"),
        pytest.param(
            {"control": "state", "control_source": "imprint"}, "control_source", "an http or https address",
            id="control proven by no address",
        ),
        pytest.param({"languages": []}, "languages", "found []", id="no language"),
        pytest.param({"languages": "ru"}, "languages", "found 'ru'", id="text for languages"),
        pytest.param({"time_zone": "Minsk"}, "time_zone", "such as Europe/Minsk", id="unknown zone"),
        pytest.param({"time_zone": "../zone"}, "time_zone", "such as Europe/Minsk", id="zone outside"),
        pytest.param({"sources": [FEED | {"kind": "telegram"}]}, "sources.0.kind", "found 'telegram'", id="kind"),
        pytest.param({"sources": [FEED | {"url": "/rss"}]}, "sources.0.url", "an http or https", id="source url"),
        pytest.param({"sources": [FEED | {"url": "ftp://a.by"}]}, "sources.0.url", "an http or https", id="ftp"),
        pytest.param({"sources": [FEED | {"content": "half"}]}, "sources.0.content", "found 'half'", id="content"),
        pytest.param({"sources": [FEED | {"primary": "maybe"}]}, "sources.0.primary", "found 'maybe'", id="primary"),
        pytest.param({"sources": [FEED | {"x": "1"}]}, "sources.0.x", "an unknown key", id="key of a source"),
        pytest.param(
            {"sources": [FEED, {"kind": "sitemap", "url": "http://www.example.by/rss/"}]}, "sources",
            "an address not used in", id="one address twice",
        ),
        pytest.param({"restrictions": [LIMIT | {"x": "1"}]}, "restrictions.0.x", "an unknown key", id="restriction"),
        pytest.param(
            {"restrictions": [{k: v for k, v in LIMIT.items() if k != "source"}]}, "restrictions.source",
            "kind: to_verify", id="restriction unproven",
        ),
        pytest.param({"country": "by"}, "country", "found 'by', allowed: capital letters, BY", id="small country"),
        pytest.param({"languages": ["Russian"]}, "languages.0", "a BCP 47 language", id="language in words"),
        pytest.param({"verified": "yesterday"}, "verified", "a day such as 2026-11-24, or null", id="verified"),
        pytest.param(
            {"control_source": "https://example.by/imprint"}, "control", "what the page in control_source shows",
            id="source for unknown control",
        ),
        pytest.param({"on_request": "maybe"}, "on_request", "found 'maybe'", id="on_request"),
        pytest.param({"sources": [LISTING | {"selectors": ABSENT}]}, "sources.selectors", "found nothing", id="listing without selectors"),
        pytest.param({"sources": [FEED | {"selectors": {"items": "li"}}]}, "sources.selectors", "found 'selectors of a feed'", id="selectors of a feed"),
        pytest.param({"sources": [LISTING | {"content": "full"}]}, "sources.content", "a listing holds no texts", id="full texts in a listing"),
        pytest.param({"sources": [LISTING | {"selectors": {}}]}, "sources.0.selectors.items", "this key is required", id="no items"),
        pytest.param({"sources": [LISTING | {"selectors": {"items": "li["}}]}, "sources.0.selectors.items", "a CSS selector", id="broken selector"),
        pytest.param({"sources": [LISTING | {"selectors": {"items": "li", "when": "b"}}]}, "sources.0.selectors.when", "an unknown key", id="key of selectors"),
        pytest.param(
            {"sources": [LISTING | {"selectors": {"items": "li", "date_format": "%d %B"}}]},
            "sources.0.selectors.date_format", "with year, month and day", id="date format without a year",
        ),
        pytest.param({"sources": [FEED | {"expected": {"entries": "few"}}]}, "sources.0.expected.entries", "found 'few'", id="expected entries"),
        pytest.param({"sources": [FEED | {"expected": {"entries": "0"}}]}, "sources.0.expected.entries", "found '0'", id="expects nothing"),
        pytest.param({"sources": [FEED | {"expected": {"x": "1"}}]}, "sources.0.expected.x", "an unknown key", id="key of expected"),
        pytest.param({"restrictions": [LIMIT | {"jurisdiction": "by"}]}, "restrictions.0.jurisdiction", "a country such as BY", id="jurisdiction"),
        pytest.param({"restrictions": [LIMIT | {"since": "2022-13"}]}, "restrictions.0.since", "a day such as", id="since"),
        pytest.param({"restrictions": [LIMIT | {"until": "soon"}]}, "restrictions.0.until", "a day such as", id="until"),
        pytest.param({"restrictions": [LIMIT | {"as_of": "now"}]}, "restrictions.0.as_of", "a day such as", id="as_of"),
        pytest.param({"restrictions": [LIMIT | {"as_of": None}]}, "restrictions.as_of", "kind: to_verify", id="restriction never read"),
        pytest.param({"restrictions": [LIMIT | {"kind": ""}]}, "restrictions.0.kind", "found ''", id="empty kind"),
    ],
)  # fmt: skip
def test_broken_source_file_is_refused(put: Put, wrong: dict[str, Any], field: str, says: str) -> None:
    path = put(**wrong)
    with pytest.raises(DataError) as caught:
        registry.load(path.parent.parent)
    assert str(caught.value).startswith(f"{path}: {field}: found ")
    assert says in str(caught.value)


def test_old_region_code_is_refused_with_the_current_one(put: Put) -> None:
    path = put(folder="kz", country="KZ", region="KZ-PAV", time_zone="Asia/Almaty")
    with pytest.raises(DataError, match="found 'KZ-PAV', allowed: the current code KZ-55"):
        registry.load(path.parent.parent)


def test_id_is_used_once_in_all_folders(put: Put) -> None:
    put()
    path = put(folder="ru", country="RU", region="RU-KOS", time_zone="Europe/Moscow")
    with pytest.raises(DataError, match="an id that no other outlet has"):
        registry.load(path.parent.parent)


def test_address_is_used_once_in_all_files(put: Put) -> None:
    first = put("one")
    path = put("two", sources=[{"kind": "feed", "url": "http://m.example.by/rss?utm_source=a"}])
    with pytest.raises(DataError) as caught:
        registry.load(path.parent.parent)
    assert str(caught.value).startswith(f"{path}: sources: found 'http://m.example.by/rss?utm_source=a'")
    assert str(first) in str(caught.value)


def test_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="found no such folder"):
        registry.load(tmp_path / "gone")


def test_outlets_come_by_id_in_the_order_of_their_files(put: Put) -> None:
    put("b-two", sources=[{"kind": "feed", "url": "https://two.by/rss"}])
    path = put("a-one", sources=[{"kind": "feed", "url": "https://one.by/rss"}])
    assert list(registry.load(path.parent.parent)) == ["a-one", "b-two"]


def test_flags_are_read_from_words(put: Put) -> None:
    path = put(sources=[FEED | {"primary": "no", "empty_is_usual": "yes"}], reference="true")
    outlet = registry.load(path.parent.parent)["gazeta"]
    assert (outlet.sources[0].primary, outlet.sources[0].empty_is_usual, outlet.reference) == (
        False,
        True,
        True,
    )


def outlet(**more: Any) -> Outlet:
    return Outlet.model_validate(outlet_data("gazeta", **more))


@pytest.mark.parametrize(
    ("more", "tier", "press"),
    [
        ({"level": "district"}, Tier.LOCAL, True),
        ({"level": "regional"}, Tier.REGIONAL, True),
        ({"level": "national", "region": None}, Tier.NATIONAL, True),
        ({"level": "supranational", "region": None}, Tier.UNION, True),
        ({"type": "agency"}, Tier.REGIONAL, True),
        ({"type": "official"}, Tier.OFFICIAL, False),
        ({"type": "corporate", "level": "national", "region": None}, Tier.OFFICIAL, False),
    ],
)
def test_tier(more: dict[str, Any], tier: Tier, press: bool) -> None:
    assert (outlet(**more).tier, outlet(**more).is_press) == (tier, press)


@pytest.mark.parametrize(
    ("more", "place"), [({}, "BY-HO"), ({"level": "national", "region": None}, "BY")], ids=["region", "country"]
)
def test_place_is_the_side_it_counts_for(more: dict[str, Any], place: str) -> None:
    assert outlet(**more).place == place


def test_source_ids_tell_sources_of_one_kind_apart() -> None:
    listed = [
        FEED,
        {"kind": "sitemap", "url": "https://example.by/map"},
        FEED | {"url": "https://example.by/rss2"},
    ]
    one = outlet(sources=listed)
    assert [one.source_id(source) for source in one.sources] == [
        "gazeta/feed", "gazeta/sitemap", "gazeta/feed-2",
    ]  # fmt: skip


def test_own_hosts_are_home_sources_and_further_ones() -> None:
    one = outlet(
        homepage="https://www.example.by/", sources=[FEED | {"url": "http://feeds.other.by:8080/rss"}],
        hosts=["Пример.бел"],
    )  # fmt: skip
    assert one.own_hosts == {"example.by", "feeds.other.by:8080", "xn--e1afmkfd.xn--90ais"}


@pytest.mark.parametrize("host", ["www.other.by", "m.other.by"])
def test_further_host_may_be_written_as_it_is_seen(host: str) -> None:
    assert "other.by" in outlet(hosts=[host]).own_hosts


def test_outlet_without_a_source_is_known_and_not_observable(put: Put) -> None:
    one = registry.load(put(sources=[]).parent.parent)["gazeta"]
    assert (one.sources, one.observable) == ((), False)


def test_outlet_of_a_rubric_is_not_observable() -> None:
    assert not outlet(sources=[FEED | {"primary": False}]).observable
    assert outlet(sources=[FEED]).observable


def test_days_of_a_weekly() -> None:
    assert Outlet.model_validate(outlet_data("gazeta", days=["thursday", "monday"])).weekdays == {0, 3}
    assert Outlet.model_validate(outlet_data("gazeta")).weekdays == frozenset()
    with pytest.raises(ValidationError):
        Outlet.model_validate(outlet_data("gazeta", days=["Thursday"]))
