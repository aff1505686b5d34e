"""The whole way, once: the demo's press is crawled, matched and reported on by the real programs."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from crawlers import codes, registry
from crawlers.errors import DataError
from crawlers.text import fold
from matcher import catalogue, lookup


def mediagap(
    *arguments: str, env: Mapping[str, str] | None = None, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from reports.cli import main; main()", *arguments]
    return subprocess.run(
        command, input=stdin, capture_output=True, text=True, env={**os.environ, **(env or {})}, check=False
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    done = mediagap("demo", "--out", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def on_demo(demo: Path) -> dict[str, str]:
    return {"MEDIAGAP_SOURCES": str(demo / "sources"), "MEDIAGAP_DB": str(demo / "mediagap.db")}


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
        (["check", "Кострома", "--db", "missing.db"], "one of"),
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


def test_real_sources_load() -> None:
    assert len(registry.load()) == 8


def test_old_kazakh_codes_are_read() -> None:
    assert codes.region("KZ-PAV") == "KZ-55"


def test_a_pair_begins_with_belarus() -> None:
    with pytest.raises(DataError, match="Belarusian side"):
        codes.pair("RU-KOS:BY-MA")


def test_folding_keeps_the_length() -> None:
    assert len(fold("İ Ёлка «да»")) == len("İ Ёлка «да»")


def test_a_restricted_outlet_is_named_nowhere(demo: Path, tmp_path: Path) -> None:
    """Its name, headlines and address would put a reader at risk: they stand in no page for the profile."""
    sources = tmp_path / "sources"
    shutil.copytree(demo / "sources", sources)
    path = sources / "ru" / "demo-volzhsky-vestnik.yml"
    restriction = "restrictions: [{jurisdiction: BY, kind: listed, since: 2022, source: 'https://example.org', as_of: 2026}]\n"
    path.write_text(path.read_text(encoding="utf-8") + restriction, encoding="utf-8")
    env = {"MEDIAGAP_SOURCES": str(sources), "MEDIAGAP_DB": str(demo / "mediagap.db")}

    def pages(profile: str) -> str:
        out = tmp_path / profile
        done = mediagap("report", "--out", str(out), env=env | {"MEDIAGAP_PROFILE": profile})
        assert done.returncode == 0, done.stderr
        return "".join(page.read_text(encoding="utf-8") for page in sorted(out.glob("*.html")))

    for profile in ("strictest", "BY"):
        shown = pages(profile)
        assert "Волжский вестник" not in shown
        assert "Могилёв приехал в Кострому" not in shown
        assert "Some sources are not shown here." in shown
    assert "Волжский вестник" in pages("RU")
