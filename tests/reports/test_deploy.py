"""What is deployed starts commands that exist, with settings that exist, and few privileges."""

import configparser
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import typer.main

from reports import cli, config

FOLDER = Path(config.__file__).with_name("deploy")
SERVICES = sorted(FOLDER.glob("*.service"))
CONTAINER = (FOLDER / "Containerfile").read_text(encoding="utf-8")


def started(service: Path) -> list[list[str]]:
    lines = service.read_text(encoding="utf-8").splitlines()
    return [line.removeprefix("ExecStart=").split() for line in lines if line.startswith("ExecStart=")]


def in_container() -> list[list[str]]:
    (entry,), (command,) = (
        re.findall(r"^ENTRYPOINT (.*)", CONTAINER, re.M),
        re.findall(r"^CMD (.*)", CONTAINER, re.M),
    )
    (health,) = re.findall(r"^HEALTHCHECK .*CMD (.*)", CONTAINER, re.M)
    return [[*json.loads(entry), *json.loads(command)], json.loads(health)]


@pytest.mark.parametrize(
    "words", [*(one for path in SERVICES for one in started(path)), *in_container()], ids=" ".join
)
def test_command_exists_with_its_options(words: list[str]) -> None:
    program, name, *options = words
    assert program in ("mediagap", "/opt/mediagap/bin/mediagap")
    command = typer.main.get_command(cli.program()).commands[name]  # type: ignore[attr-defined]
    command.make_context(name, options)  # refuses what the command would refuse


@pytest.mark.parametrize("path", [*SERVICES, FOLDER / "Containerfile"], ids=lambda path: path.name)
def test_variables_exist(path: Path) -> None:
    known = {config.variable(key) for key, _ in config.each_key()}
    found = re.findall(r"MEDIAGAP_\w+", path.read_text(encoding="utf-8"))
    assert set(found) <= known
    assert found or path.name == "mediagap-care.service"


def test_the_schedule_is_not_restarted_for_what_somebody_has_to_mend() -> None:
    unit = (FOLDER / "mediagap.service").read_text(encoding="utf-8")
    assert "\nRestart=on-failure\n" in unit
    assert "\nRestartPreventExitStatus=2\n" in unit


def test_the_timer_starts_the_care() -> None:
    parser = configparser.ConfigParser(strict=False)
    parser.read(FOLDER / "mediagap-care.timer", encoding="utf-8")
    assert parser["Timer"]["Persistent"] == "true"
    assert (FOLDER / "mediagap-care.service").is_file()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze on this machine")
@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_few_privileges(path: Path) -> None:
    """The exposure level of 10 that systemd reckons; 1.2 when this was written."""
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--no-pager", str(path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = re.search(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)
    assert found, done.stderr
    assert float(found[1]) <= 1.5
