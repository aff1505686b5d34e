"""Tables, differences, statistics and adding of entries, on a catalogue of three."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from crawlers.errors import DataError
from matcher import catalogue
from matcher.keeping import add as adding
from matcher.keeping import diff as differences
from matcher.keeping import tables
from matcher.keeping.stats import stats
from tests.matcher.tiny_catalogue import Tiny

NEW: dict[str, Any] = {
    "id": "mogilev-kostroma-route",
    "kind": "route",
    "title": {
        "ru": "Автобус Могилёв — Кострома",
        "be": "Аўтобус Магілёў — Кастрама",
        "en": "Bus Mogilev: Kostroma",
    },
    "parties": [{"place": "by-mahiliou"}, {"place": "RU-KOS"}],
    "pairs": ["BY-MA:RU-KOS"],
    "signed": "2018-05",
    "status": "planned",
    "status_as_of": "2018",
    "sector": ["transport"],
    "anchors": {"ru": ["рейс «Могилёв — Кострома»"]},
    "topics": {"ru": ["автобус", "=рейс"]},
    "book": {"chapters": ["10"], "footnotes": ["201"], "urls": ["https://example.org/a?b=c#d"]},
}


@pytest.fixture
def folder(tiny: Tiny) -> Path:
    return tiny.entries.parent.parent


def test_added_entry_is_read_back_and_nothing_else_moves(tiny: Tiny, folder: Path) -> None:
    tiny.change("  - id: tiny-plan", "  # a comment   that must stay\n  - id: tiny-plan")
    before = tiny.entries.read_text(encoding="utf-8")
    path = adding.add(folder, NEW, tiny.gazetteer())
    assert path == tiny.entries
    assert path.read_text(encoding="utf-8").startswith(
        before.rstrip("\n") + "\n\n  - id: mogilev-kostroma-route\n"
    )
    entry = tiny.load().entries["mogilev-kostroma-route"]
    assert entry.title == NEW["title"]
    assert str(entry.signed) == "2018-05"
    assert entry.anchors["ru"] == ("рейс «Могилёв — Кострома»",)
    assert entry.book.urls == ("https://example.org/a?b=c#d",)


def test_first_entry_of_a_partner_makes_its_file(tiny: Tiny, folder: Path) -> None:
    record = {
        **NEW,
        "id": "belarus-russia-route",
        "parties": [{"place": "BY"}, {"place": "RU"}],
        "pairs": ["BY:RU"],
    }
    assert adding.add(folder, record, tiny.gazetteer()) == folder / "ru" / "_country.yml"
    assert "belarus-russia-route" in tiny.load().entries


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("id", "tiny-plan", "id"),
        ("id", "One", "lower-case words"),
        ("ends", "2017", "ends"),
        ("parties", [{"place": "by-mahiliou"}, {"place": "nowhere"}], "nowhere"),
        ("title", NEW["title"] | {"en": "Linen shop"}, "Linen shop"),
    ],
)
def test_entry_with_a_fault_changes_nothing(
    tiny: Tiny, folder: Path, field: str, value: Any, says: str
) -> None:
    before = tiny.entries.read_bytes()
    with pytest.raises(DataError, match=says):
        adding.add(folder, {**NEW, field: value}, tiny.gazetteer())
    assert tiny.entries.read_bytes() == before
    assert [path.name for path in folder.rglob("*") if path.is_file()] == ["tiny.yml"]


def test_csv_has_a_row_for_each_entry_and_opens_in_excel(tiny: Tiny) -> None:
    content = tables.as_csv(tables.rows(tiny.load().export()))
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["id"] for row in rows] == ["tiny-agreement", "tiny-plan", "tiny-shop"]
    assert rows[0]["parties"] == "BY-MA; RU-KOS"
    assert rows[1]["part_of"] == "tiny-agreement"
    assert rows[2]["title_be"] == "Крама лёну"
    assert rows[2]["chapters"] == "10"


def test_xlsx_is_a_workbook_whose_cells_are_text(tiny: Tiny) -> None:
    tiny.change("ru: Магазин льна", 'ru: "=HYPERLINK(\\"https://example.org\\")"')
    with zipfile.ZipFile(io.BytesIO(tables.as_xlsx(tables.rows(tiny.load().export())))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        texts = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "=HYPERLINK" in texts


def test_stats_count_by_chapter_kind_and_language(tiny: Tiny) -> None:
    found = stats(tiny.load())
    assert (found.entries, found.lines, found.pairs) == (3, 2, 1)
    assert found.by_chapter[10] == 3
    assert found.by_chapter[1] == 0
    assert found.by_kind == {"agreement": 1, "dealership": 1, "plan": 1}
    assert found.languages == {"be": 3, "en": 3, "ru": 3}


def test_diff_names_what_was_added_removed_and_changed(tiny: Tiny, tmp_path: Path) -> None:
    def exported(name: str) -> Path:
        path = tmp_path / name
        path.write_text("".join(json.dumps(one) + "\n" for one in tiny.load().export()), encoding="utf-8")
        return path

    old = exported("old.jsonl")
    tiny.change('signed: "2006"', 'signed: "2007"')
    tiny.change("id: tiny-shop", "id: tiny-store")
    changes = differences.diff(differences.read_export(old), differences.read_export(exported("new.jsonl")))
    assert [(one.id, one.what) for one in changes] == [
        ("tiny-agreement", "changed"), ("tiny-shop", "removed"), ("tiny-store", "added"),
    ]  # fmt: skip
    assert changes[0].fields == {"signed": ("2006", "2007")}


@pytest.mark.parametrize("content", ["not json\n", '{"title": 1}\n', "[]\n"])
def test_diff_refuses_what_is_no_export(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match="a JSON object with an id"):
        differences.read_export(path)


def test_the_whole_catalogue_goes_through_every_table() -> None:
    known = catalogue.load()
    table = tables.rows(known.export())
    assert len(table) == len(known.entries)
    assert len(tables.as_csv(table).splitlines()) >= len(table)
    assert tables.as_xlsx(table)[:2] == b"PK"
