"""The real catalogue is whole, and what is made of a catalogue: lines, pairs, export, version."""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from crawlers import codes
from crawlers.codes import Pair
from crawlers.datafile import read_yaml
from matcher.catalogue import CATALOGUE, Catalogue
from matcher.entries import Kind
from tests.matcher.tiny_catalogue import Tiny

LAST_FOOTNOTE = 446

ONE_MORE = """\
names_checked: null
entries:
  - id: one-more
    kind: forum
    title: {ru: Форум, be: Форум рэгіёнаў, en: Forum}
    parties: [{place: BY}, {place: RU}]
    pairs: ["BY:RU"]
    status: held
    status_as_of: "2017"
    sector: [general]
    book: {chapters: [10]}
"""


def test_real_catalogue_has_the_whole_book(real: Catalogue) -> None:
    assert len(real.entries) >= 790
    named = Counter(chapter for entry in real.entries.values() for chapter in entry.book.chapters)
    assert sorted(named) == list(range(1, 20))
    assert min(named.values()) >= 18


def test_every_entry_stands_under_its_own_id(real: Catalogue) -> None:
    assert [entry.id for entry in real.entries.values()] == list(real.entries)


@pytest.fixture(scope="module")
def uncited() -> dict[str, str]:
    found = read_yaml(CATALOGUE / "uncited.yml")
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("footnote", range(1, LAST_FOOTNOTE + 1))
def test_footnote_is_cited_or_known_to_document_nothing(
    real: Catalogue, uncited: dict[str, str], footnote: int
) -> None:
    cited = [entry.id for entry in real.entries.values() if footnote in entry.book.footnotes]
    reason = uncited.get(str(footnote))
    assert bool(cited) != bool(reason), f"cited by {cited}, reason {reason!r}"


def test_no_footnote_is_cited_that_the_book_has_not(real: Catalogue, uncited: dict[str, str]) -> None:
    cited = {footnote for entry in real.entries.values() for footnote in entry.book.footnotes}
    assert cited | set(map(int, uncited)) == set(range(1, LAST_FOOTNOTE + 1))


@pytest.mark.parametrize(
    ("entry", "kind", "pair", "begins"),
    [
        ("mininform-kostroma-memorandum-2017", Kind.MEDIA, "BY:RU-KOS", "2017-06"),
        ("belarus-kostroma-agreement-2017", Kind.AGREEMENT, "BY:RU-KOS", "2017-02"),
        ("belarus-kostroma-plan-2017-2019", Kind.PLAN, "BY:RU-KOS", "2017-08"),
        ("brest-kostroma-agreement-2003", Kind.AGREEMENT, "BY-BR:RU-KOS", "2003"),
        ("vitebsk-kostroma-agreement-2005", Kind.AGREEMENT, "BY-VI:RU-KOS", "2005"),
        ("mogilev-kostroma-agreement-2006", Kind.AGREEMENT, "BY-MA:RU-KOS", "2006"),
        ("smorgon-kologriv-friendship-2009", Kind.TWINNING, "BY-HR:RU-KOS", "2009"),
        ("bobruisk-kostroma-twinning-2012", Kind.TWINNING, "BY-MA:RU-KOS", "2012"),
        ("forum-of-regions-3", Kind.FORUM, "BY:RU", "2016-06"),
        ("forum-of-regions-4", Kind.FORUM, "BY:RU", "2017-06"),
    ],
)
def test_dated_entry_is_as_the_book_has_it(
    real: Catalogue, entry: str, kind: Kind, pair: str, begins: str
) -> None:
    found = real.entries[entry]
    assert found.kind is kind
    assert [str(one) for one in found.pairs] == [pair]
    assert str(found.signed or found.starts) == begins


def test_the_plan_promises_coverage(real: Catalogue) -> None:
    assert real.entries["belarus-kostroma-plan-2017-2019"].media_clause


def test_plan_is_in_the_line_of_its_agreement(real: Catalogue) -> None:
    line = real.lines["belarus-kostroma-agreement-2017"]
    assert line == ("belarus-kostroma-agreement-2017", "belarus-kostroma-plan-2017-2019")


@pytest.mark.parametrize(
    "project", ["kostroma-electric-buses", "kostroma-passenger-vehicles", "kostroma-machinery-sales-centre"]
)
def test_project_of_the_plan_is_a_line_of_its_own(real: Catalogue, project: str) -> None:
    assert real.entries[project].part_of == "belarus-kostroma-plan-2017-2019"
    assert real.lines[project] == (project,)


def test_every_entry_is_in_one_line(real: Catalogue) -> None:
    members = [entry for line in real.lines.values() for entry in line]
    assert sorted(members) == sorted(real.entries)


def test_line_bears_the_id_of_its_oldest(tiny: Tiny) -> None:
    tiny.change("part_of: tiny-agreement", "succeeds: [tiny-agreement]")
    assert tiny.load().lines == {
        "tiny-agreement": ("tiny-agreement", "tiny-plan"),
        "tiny-shop": ("tiny-shop",),
    }


def test_successor_joins_the_line_whatever_its_kind(tiny: Tiny) -> None:
    tiny.change("part_of: tiny-plan", "succeeds: [tiny-plan]")
    assert tiny.load().lines == {"tiny-agreement": ("tiny-agreement", "tiny-plan", "tiny-shop")}


def test_pairs_are_sorted_and_stand_once(real: Catalogue) -> None:
    pairs = real.pairs()
    assert pairs == sorted(set(pairs))
    assert {Pair("BY", "RU"), Pair("BY", "RU-KOS"), Pair("BY-MA", "RU-KOS")} <= set(pairs)
    assert {pair.belarus for pair in pairs} == {
        "BY",
        "BY-BR",
        "BY-VI",
        "BY-HO",
        "BY-HR",
        "BY-MI",
        "BY-MA",
        "BY-HM",
    }
    assert {codes.country_of(pair.partner) for pair in pairs} == {
        "RU", "UA", "MD", "KZ", "GE", "AM", "KG", "TJ", "UZ", "AZ", "TM", "CIS", "EAEU",
    }  # fmt: skip


@pytest.mark.parametrize(
    "key", ["id", "kind", "title", "parties", "pairs", "signed", "ends", "status", "sector", "book"]
)
def test_every_record_of_the_export_has_the_documented_key(real: Catalogue, key: str) -> None:
    assert [record.get("id") for record in real.export() if key not in record] == []


def test_export_is_json(real: Catalogue) -> None:
    records = list(real.export())
    assert json.loads(json.dumps(records, ensure_ascii=False)) == records
    assert [record["id"] for record in records] == list(real.entries)


def test_export_resolves_parties_and_writes_dates_as_the_file_does(tiny: Tiny) -> None:
    records = {record["id"]: record for record in tiny.load().export()}
    assert records["tiny-shop"]["parties"] == [
        {"id": "linen-mill", "name": {"ru": "Льнокомбинат"}, "region": "BY-MA"},
        {"id": "RU-KOS", "name": {"ru": "Костромская область", "en": "Kostroma Region"}, "region": "RU-KOS"},
    ]
    assert records["tiny-agreement"]["pairs"] == ["BY-MA:RU-KOS"]
    assert records["tiny-agreement"]["signed"] == "2006"
    assert records["tiny-plan"]["ends"] == "2019"
    assert records["tiny-plan"]["part_of"] == "tiny-agreement"


def test_version_is_the_same_for_the_same_files(tiny: Tiny) -> None:
    assert tiny.load().version == tiny.load().version


def test_version_changes_with_an_entry(tiny: Tiny) -> None:
    before = tiny.load().version
    tiny.change("ru: Магазин льна", "ru: Лавка льна")
    assert tiny.load().version != before


def test_version_changes_with_a_new_file(tiny: Tiny) -> None:
    before = tiny.load().version
    tiny.entries.with_name("one.yml").write_text(ONE_MORE, encoding="utf-8")
    found = tiny.load()
    assert list(found.entries) == ["one-more", "tiny-agreement", "tiny-plan", "tiny-shop"]
    assert found.version != before


def test_version_changes_with_the_gazetteer_that_was_read(tiny: Tiny) -> None:
    before = tiny.load().version
    tiny.change_places("ru: [Льнокомбинат]", "ru: [Льнокомбинат, Льнозавод]")
    assert tiny.load().version != before


@pytest.mark.parametrize(
    "changed",
    [
        "catalogue/ru/kostroma.yml",
        "places/by.yml",
        "words/words.yml",
    ],
)
def test_version_changes_with_each_data_file_of_the_package(
    real: Catalogue, tmp_path: Path, changed: str
) -> None:
    copy = shutil.copytree(CATALOGUE.parent, tmp_path / "matcher", ignore=shutil.ignore_patterns("__pycache__"))
    with (copy / changed).open("a", encoding="utf-8") as file:
        file.write("# one more line\n")
    code = (
        "import matcher.catalogue; print(matcher.catalogue.__file__); print(matcher.catalogue.load().version)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    module, version = done.stdout.split()
    assert Path(module).is_relative_to(tmp_path)
    assert version != real.version
