"""A question is answered without importing what only passes need."""

import subprocess
import sys

import pytest
import typer.core
import typer.main

from reports import cli

FOR_PASSES = {
    "scrapy", "twisted", "trafilatura", "feedparser", "lxml", "pymorphy3", "ahocorasick_rs", "apscheduler", "starlette",
    "uvicorn", "jinja2", "argon2", "smtplib", "numpy", "matcher.match", "reports.work", "reports.site", "reports.mailing",
}  # fmt: skip


@pytest.fixture(scope="module")
def imported() -> set[str]:
    asked = (
        "import sys; from reports.cli import program; program('check'); program('gaps'); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    return set(done.stdout.split())


def test_questions_import_nothing_of_the_passes(imported: set[str]) -> None:
    assert {"reports.commands.answers", "reports.commands.lists"} <= imported
    assert not imported & FOR_PASSES


def test_program_of_one_command_is_still_called_by_its_name() -> None:
    assert [one.name for one in cli.program("check").registered_commands] == ["check"]
    assert [one.name for one in cli.program("sources").registered_groups] == ["sources"]
    assert isinstance(typer.main.get_command(cli.program("check")), typer.core.TyperGroup)


def test_unknown_command_is_looked_for_among_all() -> None:
    assert len(cli.program("chek").registered_commands) == len(cli.program().registered_commands) > 10
