"""The whole way, once: the demo's press is crawled, matched and reported on by the real programs."""

import json
from pathlib import Path

import pytest

from matcher import catalogue, lookup
from tests.program import mediagap


def test_demo_writes_report_and_letter(demo: Path) -> None:
    assert (demo / "report" / "index.html").is_file()
    assert list((demo / "outbox").glob("*.eml"))


@pytest.mark.parametrize(
    ("outlet", "says"),
    [
        ("Двинская правда", "refuses access"),
        ("Гродзенскі дзень", "does not answer"),
        ("Смаргонскі край", "serves something else than a feed"),
    ],
)
def test_failed_outlets_are_not_observed(demo: Path, outlet: str, says: str) -> None:
    page = (demo / "report" / "sources.html").read_text(encoding="utf-8")
    row = page[page.index(outlet) :].split("</tr>")[0]
    assert "not observed" in row
    assert says in row


def test_no_gap_is_claimed_where_the_press_failed(on_demo: dict[str, str]) -> None:
    found = json.loads(mediagap("gaps", "--json", env=on_demo).stdout)
    assert found
    assert not {one["side"] for one in found} & {"BY-HR", "BY-VI"}


def test_the_agreement_of_2006_is_an_event_gap_in_mogilev_only(on_demo: dict[str, str]) -> None:
    found = json.loads(mediagap("check", "mogilev-kostroma-agreement-2006", "--json", env=on_demo).stdout)
    values = {one["side"]: (one["value"], one["gap"]) for one in found}
    assert values == {"BY-MA": ("none_found", "event"), "RU-KOS": ("covered", None)}


def test_same_snapshot_same_bytes(on_demo: dict[str, str], tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert mediagap("report", "--out", str(tmp_path / name), env=on_demo).returncode == 0
    pages = sorted(p.name for p in (tmp_path / "one").iterdir())
    assert [(tmp_path / "one" / n).read_bytes() for n in pages] == [
        (tmp_path / "two" / n).read_bytes() for n in pages
    ]


def test_match_reads_json_lines() -> None:
    article = {"id": "a", "title": "Бобруйск и Кострома: десять лет побратимства", "text": ""}
    done = mediagap("match", "--stdin", stdin=json.dumps(article))
    assert json.loads(done.stdout)["pairs"] == [["BY-MA", "RU-KOS"]]


def test_a_broken_archive_line_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text('{"title": "One", "text": null}\nnot json\n{"title": "Two"}\n', encoding="utf-8")
    first, second = (
        json.loads(mediagap("import", str(path), "--json", "--db", str(tmp_path / "a.db")).stdout)[0]
        for _ in range(2)
    )
    assert (first["added"], len(first["broken"])) == (2, 1)
    assert (second["added"], second["known"]) == (0, 2)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check", "Кострома", "--db", "missing.db"], "words that fit one entry"),
        (["gaps", "--db", "missing.db"], "no such file"),
        (["import", "missing.jsonl"], "no such file"),
        (["report", "--now", "yesterday"], "a day such as"),
    ],
)
def test_user_errors_are_one_line(arguments: list[str], says: str, tmp_path: Path) -> None:
    done = mediagap(*arguments, env={"MEDIAGAP_DB": str(tmp_path / "x.db")})
    assert done.returncode == 2
    assert says in done.stderr.strip().splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_unknown_settings_key_is_refused() -> None:
    done = mediagap("catalogue", "check", env={"MEDIAGAP_DATABASE": "x"})
    assert done.returncode == 2
    assert "MEDIAGAP_DATABASE" in done.stderr


@pytest.mark.parametrize(
    "query", ["Кострома Бобруйск", "kostroma bobruisk", "Кастрама Бабруйск", "Бобруск Кострома"]
)
def test_an_entry_is_found_by_any_spelling(query: str) -> None:
    assert lookup.find(catalogue.load(), query)[0].entry.id == "bobruisk-kostroma-twinning-2012"


def test_an_archive_with_a_broken_line_is_not_complete(demo: Path, tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text('{"title": "One"}\nnot json\n', encoding="utf-8")
    env = {"MEDIAGAP_SOURCES": str(demo / "sources"), "MEDIAGAP_DB": str(tmp_path / "a.db")}
    done = mediagap("import", str(path), "--complete", "demo-krajina", "2026-01-01", "2026-01-31", env=env)
    assert done.returncode == 2
    assert "1 broken lines" in done.stderr
