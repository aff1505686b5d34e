"""Every command explains itself, gives an example, and prints what it prints as data too."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer.main

from reports.cli import program
from tests.program import mediagap


def commands(group: Any, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Any]]:
    """Every command below a group, with the words that call it."""
    found: list[tuple[tuple[str, ...], Any]] = []
    for name, command in group.commands.items():
        if command.hidden:
            continue  # another name of a command that is listed
        below = hasattr(command, "commands")
        found += commands(command, (*path, name)) if below else [((*path, name), command)]
    return found


ALL = commands(typer.main.get_command(program()))
DATA_ALREADY = {("catalogue", "export"), ("desk",)}  # prints nothing but JSON; serves pages


def test_the_commands_that_scripts_rely_on_are_there() -> None:
    names = {path[0] for path, _ in ALL}
    assert names >= {"demo", "run", "import", "crawl", "match", "gaps", "check", "report", "catalogue"}


@pytest.mark.parametrize(
    ("path", "command"), ALL, ids=lambda one: " ".join(one) if isinstance(one, tuple) else ""
)
def test_help_says_what_it_does_and_gives_an_example(path: tuple[str, ...], command: Any) -> None:
    done = mediagap(*path, "--help", env={"COLUMNS": "200"})
    assert done.returncode == 0
    assert f"Example: mediagap {' '.join(path)}" in " ".join(done.stdout.split())
    for parameter in command.params:
        if parameter.param_type_name == "option":
            assert parameter.help, parameter.name


@pytest.mark.parametrize("path", [path for path, _ in ALL if path not in DATA_ALREADY], ids=" ".join)
def test_what_is_printed_comes_as_json_too(path: tuple[str, ...]) -> None:
    assert "--json" in mediagap(*path, "--help", env={"COLUMNS": "200"}).stdout


def test_report_as_json_names_gaps_and_files(on_demo: dict[str, str], tmp_path: Path) -> None:
    done = mediagap("report", "--json", "--out", str(tmp_path / "report"), env=on_demo)
    data = json.loads(done.stdout)
    assert {one["line"] for one in data["gaps"]} >= {"mogilev-kostroma-agreement-2006"}
    assert all(Path(name).is_file() for name in data["files"])
    assert [one["outlet"] for one in data["outlets"] if not one["read"]] == [
        "demo-hrodzenski-dzen", "demo-smarhonski-kraj", "demo-dvinskaya-pravda",
    ] or len([one for one in data["outlets"] if not one["read"]]) == 3  # fmt: skip


def test_fail_on_gap_is_the_only_way_to_1(on_demo: dict[str, str]) -> None:
    assert mediagap("gaps", env=on_demo).returncode == 0
    assert mediagap("gaps", "--fail-on", "gap", env=on_demo).returncode == 1
    assert mediagap("gaps", "--pair", "BY-VI:RU-KOS", "--fail-on", "gap", env=on_demo).returncode == 0


def test_check_shows_both_sides(on_demo: dict[str, str]) -> None:
    shown = mediagap("check", "mogilev-kostroma-agreement-2006", env=on_demo).stdout
    assert "Mogilev Region (BY-MA:RU-KOS): no texts found after an event" in shown
    assert "Kostroma Region (BY-MA:RU-KOS): reported, own work" in shown
    assert "outlet-days" in shown


@pytest.mark.parametrize("query", ["bobruisk-kostroma-twinning-2012", "Бобруск Кострома", "kostroma bobruisk"])
def test_check_takes_ids_misspellings_and_latin_letters(on_demo: dict[str, str], query: str) -> None:
    shown = json.loads(mediagap("check", query, "--json", env=on_demo).stdout)
    assert {one["entry"] for one in shown} == {"bobruisk-kostroma-twinning-2012"}


def test_check_lists_what_fits_and_says_how_to_choose(on_demo: dict[str, str]) -> None:
    done = mediagap("check", "дилерский центр", env=on_demo)
    assert done.returncode == 2
    assert "add a word or give an id" in done.stderr
    assert "dealer-mtz-kostroma  MTZ dealer centre in Kostroma Region" in done.stdout.splitlines()


def test_check_lists_what_fits_as_data_too(on_demo: dict[str, str]) -> None:
    done = mediagap("check", "дилерский центр", "--json", env=on_demo)
    assert done.returncode == 2
    assert "dealer-mtz-kostroma" in {one["entry"] for one in json.loads(done.stdout)}


def test_check_of_nothing_known_names_the_nearest(on_demo: dict[str, str]) -> None:
    done = mediagap("check", "Владивосток космодром", env=on_demo)
    assert done.returncode == 2
    assert "nearest:" in done.stderr
