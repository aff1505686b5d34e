"""A reprint names its origin, except to those who may not be led to it."""

from dataclasses import replace
from datetime import date

import pytest

from crawlers.registry import Outlet
from matcher import catalogue
from reports import restricted
from reports.snapshot import Publication, Snapshot
from tests.crawlers.local_press import at

REPRINT = Publication(
    1, "entry", "about", 0.9, None, "Итоги", date(2026, 11, 1), "paper", "paper/feed", None, None, False,
    "exile", 1, False,
)  # fmt: skip


def outlet(name: str, title: str, **more: object) -> Outlet:
    return Outlet.model_validate(
        {"id": name, "title": title, "family": name, "homepage": f"https://{name}.example", "country": "BY",
         "region": "BY-HR", "level": "regional", "type": "press", "control": "unknown", "languages": ["ru"],
         "time_zone": "Europe/Minsk", "verified": None,
         "sources": [{"kind": "feed", "url": f"https://{name}.example/feed"}], **more},
    )  # fmt: skip


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    listed = {
        "jurisdiction": "BY",
        "kind": "listed",
        "since": "2022",
        "source": "https://x.example",
        "as_of": "2026",
    }
    outlets = {
        "paper": outlet("paper", "Газета"),
        "exile": outlet("exile", "Вольный край", restrictions=[listed]),
    }
    return Snapshot(
        at("2026-11-24T00:00"),
        catalogue.load(),
        outlets,
        {"entry": (REPRINT,)},
        {},
        {},
        {},
        {},
        None,
        lambda: "1",
    )


@pytest.mark.parametrize("origin", ["exile", "exile.example", "Вольный край", "сообщает сайт «Вольный край»"])
@pytest.mark.parametrize(("profile", "named"), [("BY", False), ("strictest", False), ("RU", True)])
def test_origin_is_named_only_where_the_outlet_is(
    snapshot: Snapshot, origin: str, profile: str, named: bool
) -> None:
    printed = replace(snapshot, publications={"entry": (replace(REPRINT, origin=origin),)})
    seen, _ = restricted.for_reader(printed, profile)
    (one,) = seen.publications["entry"]
    assert one.origin == (origin if named else None)
    assert one.own is False
