"""Filters, counts, order and search of the list, and its forms for other programs."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from matcher.lookup import Lookup
from reports import gap_table
from reports.coverage import Value
from reports.desk.gaplist import SORTS, VALUES, GapList, Wanted
from reports.desk.guard import Guard
from reports.desk.visit import Desk
from reports.view import View
from tests.reports.made_up import ago, entry, snapshot, text, view


@pytest.fixture(scope="module")
def shared(desk: Guard) -> Desk:
    found: Desk = desk.app.state.desk
    return found


@pytest.fixture(scope="module")
def seen(shared: Desk) -> View:
    return shared.board.view("en")


def listed(shared: Desk, seen: View, query: Mapping[str, str]) -> GapList:
    return GapList(seen, shared.board.lookup, Wanted.of(query))


def test_without_a_wish_it_lists_the_gaps(shared: Desk, seen: View) -> None:
    assert {id(one) for one in listed(shared, seen, {}).rows} == {id(one) for one in seen.gaps}


@pytest.mark.parametrize("name", list(VALUES))
def test_each_count_is_what_choosing_it_shows(shared: Desk, seen: View, name: str) -> None:
    others = {"value": "all", "kind": "agreement"} if name != "kind" else {"value": "all", "sector": "culture"}
    counts = listed(shared, seen, others).counts[name]
    assert counts
    for value, number in counts.items():
        assert len(listed(shared, seen, others | {name: value}).rows) == number, value


@pytest.mark.parametrize(
    "typed", ["Бобруйск Кострома", "bobruisk kostroma", "бабруйск кастрама", "бобруск костром", "bobruysk kost"]
)
def test_titles_are_found_in_any_spelling(shared: Desk, seen: View, typed: str) -> None:
    rows = listed(shared, seen, {"q": typed, "value": "all"}).rows
    assert "bobruisk-kostroma-twinning-2012" in [one.line for one in rows]
    assert len(rows) < 40


@pytest.mark.parametrize("sort", list(SORTS))
def test_an_order_changes_only_the_order(shared: Desk, seen: View, sort: str) -> None:
    rows = listed(shared, seen, {"value": "all", "sort": sort}).rows
    assert len(rows) == len(seen.lines)
    keys = [SORTS[sort](seen, one) for one in rows]
    assert keys == sorted(keys)


@pytest.mark.parametrize(
    "query",
    [{}, {"q": "гомель & <b>", "side": "BY-MA", "sort": "title", "page": "3"}, {"value": "all", "times": "2"}],
)
def test_the_address_says_all(query: dict[str, str]) -> None:
    assert Wanted.of(query).query() == query


@pytest.mark.parametrize("query", [{"page": "-1"}, {"page": "x"}, {"page": "9" * 30}, {"sort": "__class__"}])
def test_odd_pages_and_orders_are_the_first(query: dict[str, str]) -> None:
    assert Wanted.of(query) == Wanted()


@pytest.mark.parametrize("name", [name for name in VALUES if name != "value"])
def test_an_unknown_value_finds_nothing_and_can_be_undone(client: TestClient, name: str) -> None:
    page = client.get("/gaps", params={name: "<script>"}).text
    assert "Nothing fits" in page
    assert "<script>" not in page
    assert "&lt;script&gt; (0)" in page


def test_exports_hold_the_very_list(client: TestClient) -> None:
    query = {"side": "BY-MA", "value": "all", "sort": "title"}
    rows = list(csv.DictReader(io.StringIO(client.get("/gaps.csv", params=query).content.decode("utf-8-sig"))))
    data = json.loads(client.get("/gaps.json", params=query).content)["rows"]
    feed = ElementTree.fromstring(client.get("/gaps.atom", params=query).content)
    sheet = zipfile.ZipFile(io.BytesIO(client.get("/gaps.xlsx", params=query).content)).read(
        "xl/worksheets/sheet1.xml"
    )
    assert len(rows) > 50  # more than a page shows
    assert [row["line"] for row in rows] == [one["line"] for one in data]
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == len(rows) == sheet.count(b"<row ") - 1
    assert {row["side"] for row in rows} == {"BY-MA"}
    ids = [one.text for one in feed.iterfind("{*}entry/{*}id")]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("title", ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", " =1"])
def test_no_cell_is_a_formula(title: str) -> None:
    near = [
        text(1, "deal-one", ago(40), "volga", title=title, url="javascript:alert(1)"),
        text(2, "deal-one", ago(20), "drut"),
    ]
    made = view(snapshot([entry("deal-one")], near))
    rows = [one for one in made.lines if one.event]
    assert rows
    table = gap_table.as_csv(made, rows).decode("utf-8-sig")
    cells = next(iter(csv.DictReader(io.StringIO(table))))
    assert not cells["event_title"].startswith(tuple("=+-@\t"))
    assert cells["event_url"] == ""
    sheet = zipfile.ZipFile(io.BytesIO(gap_table.as_xlsx(made, rows))).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet


def test_silence_and_share_filter_by_steps() -> None:
    made = view(
        snapshot(
            [entry("deal-one")], [text(1, "deal-one", ago(390), "drut"), text(2, "deal-one", ago(20), "volga")]
        )
    )
    lookup = Lookup(made.snapshot.catalogue)
    here = next(one for one in made.lines if one.side == "BY-MA")
    assert here.value is Value.NONE_FOUND
    assert here.silence == 390
    found = GapList(made, lookup, Wanted.of({"times": "2", "share": "90"}))
    assert found.rows == [here]
    assert found.counts["times"] == {"1": 1, "2": 1}
    assert GapList(made, lookup, Wanted.of({"times": "4"})).rows == []
