"""Where an outlet is withheld: when in doubt, and when the register was read too long ago."""

from datetime import date
from typing import Any

import pytest

from crawlers.choice import to_fetch
from crawlers.errors import DataError
from crawlers.registry import Outlet
from tests.crawlers.local_press import Answer, Press, at, outlet_data, rss

TODAY = date(2026, 11, 24)
NOW = at("2026-11-24T12:00")
LISTED = {
    "jurisdiction": "BY", "kind": "listed", "since": "2022-04", "source": "https://example.by/list", "as_of": "2026-11-20",
}  # fmt: skip
UNREAD = {"jurisdiction": "BY", "kind": "to_verify", "as_of": None}


def outlet(name: str = "gazeta", **more: Any) -> Outlet:
    return Outlet.model_validate(outlet_data(name, **more))


@pytest.mark.parametrize(
    ("restriction", "profile", "withheld"),
    [
        pytest.param(LISTED, "BY", True, id="in force"),
        pytest.param(LISTED, "strictest", True, id="in force somewhere"),
        pytest.param(LISTED, "RU", False, id="in force elsewhere"),
        pytest.param(LISTED, "open", False, id="open"),
        pytest.param(LISTED | {"until": "2026-11-01"}, "BY", False, id="over, by a fresh look"),
        pytest.param(LISTED | {"until": "2026-11-24"}, "BY", True, id="last day"),
        pytest.param(
            LISTED | {"until": "2026-11-01", "as_of": "2026-10-01"}, "BY", True, id="over, by an old look"
        ),
        pytest.param(LISTED | {"until": "2025", "as_of": "2026"}, "BY", True, id="day of the look unknown"),
        pytest.param(UNREAD, "BY", True, id="never verified"),
        pytest.param(UNREAD, "strictest", True, id="never verified, strictest"),
        pytest.param(UNREAD, "RU", False, id="never verified, elsewhere"),
        pytest.param(
            UNREAD | {"until": "2025-01-01", "as_of": "2026-11-23"}, "BY", True, id="to_verify never ends"
        ),
    ],
)
def test_withheld(restriction: dict[str, Any], profile: str, withheld: bool) -> None:
    assert outlet(restrictions=[restriction]).withheld(profile, TODAY) is withheld


def outlets() -> dict[str, Outlet]:
    listed = outlet("listed", restrictions=[UNREAD])
    asked = outlet("asked", on_request=True)
    return {one.id: one for one in (outlet("free"), listed, asked)}


@pytest.mark.parametrize(
    ("named", "profile", "chosen"),
    [
        ((), "strictest", ("free",)),
        ((), "RU", ("free", "listed")),
        (("asked",), "BY", ("asked",)),
        (("listed", "free"), "open", ("listed", "free")),
    ],
)
def test_crawl_asks_only_what_may_be_asked(
    named: tuple[str, ...], profile: str, chosen: tuple[str, ...]
) -> None:
    assert to_fetch(outlets(), named, profile, TODAY) == chosen


@pytest.mark.parametrize("name", ["listed", "nobody"])
def test_naming_a_restricted_outlet_does_not_lift_the_restriction(name: str) -> None:
    with pytest.raises(DataError, match=f"outlet: found '{name}'"):
        to_fetch(outlets(), (name,), "BY", TODAY)


def test_restricted_outlet_and_one_on_request_are_not_fetched(press: Press) -> None:
    for name, more in (("free", {}), ("listed", {"restrictions": [UNREAD]}), ("asked", {"on_request": True})):
        press.outlet(name, **more)["/rss"] = rss()
    told: list[str] = []
    attempts = press.crawl(NOW, on_event=lambda event: told.append(str(event)))
    assert list(attempts) == ["free/feed"]
    assert not press.sites["listed"].asked
    assert not press.sites["asked"].asked
    assert "listed" not in "".join(told)
    assert list(press.crawl(NOW, "asked")) == ["asked/feed"]
    assert list(press.crawl(NOW, "listed", profile="open")) == ["listed/feed"]


def test_robots_txt_is_asked_once_for_all_sources_of_a_host(press: Press) -> None:
    site = press.outlet("gazeta", {"kind": "feed", "url": "/rss"}, {"kind": "sitemap", "url": "/map"})
    site["/robots.txt"] = Answer("down", 503)
    attempts = press.crawl(NOW, retries=2)
    assert [one.outcome for one in attempts.values()] == ["error", "error"]
    assert [one.path for one in site.asked] == ["/robots.txt"]
