"""An outlet that is restricted where a reader lives is named nowhere for that reader."""

import email
import email.policy
import re
import shutil
from pathlib import Path

import pytest

from tests.program import mediagap

RESTRICTED = "demo-volzhsky-vestnik"
NAME, HEADLINE = "Волжский вестник", "Могилёв приехал в Кострому"


@pytest.fixture
def sources(demo: Path, tmp_path: Path) -> Path:
    """The demo's sources, one of them restricted in Belarus."""
    folder = tmp_path / "sources"
    shutil.copytree(demo / "sources", folder)
    path = folder / "ru" / f"{RESTRICTED}.yml"
    line = "restrictions: [{jurisdiction: BY, kind: listed, since: 2022, source: 'https://example.org', as_of: 2026}]\n"
    path.write_text(path.read_text(encoding="utf-8") + line, encoding="utf-8")
    return folder


@pytest.fixture
def env(demo: Path, sources: Path) -> dict[str, str]:
    return {"MEDIAGAP_SOURCES": str(sources), "MEDIAGAP_DB": str(demo / "mediagap.db")}


def port(sources: Path) -> str:
    found = re.search(r"127\.0\.0\.1:\d+", (sources / "ru" / f"{RESTRICTED}.yml").read_text(encoding="utf-8"))
    assert found
    return found[0]


def pages(env: dict[str, str], out: Path) -> str:
    done = mediagap("report", "--out", str(out), env=env)
    assert done.returncode == 0, done.stderr
    return done.stdout + "".join(page.read_text(encoding="utf-8") for page in sorted(out.glob("*.html")))


@pytest.mark.parametrize("profile", ["strictest", "BY"])
def test_no_page_names_it(env: dict[str, str], sources: Path, tmp_path: Path, profile: str) -> None:
    shown = pages(env | {"MEDIAGAP_PROFILE": profile}, tmp_path / "out")
    for word in (NAME, HEADLINE, RESTRICTED, port(sources)):
        assert word not in shown
    assert "Some sources are not shown here." in shown


def test_where_it_is_not_restricted_it_is_shown(env: dict[str, str], tmp_path: Path) -> None:
    assert NAME in pages(env | {"MEDIAGAP_PROFILE": "RU"}, tmp_path / "out")


@pytest.mark.parametrize("command", [["gaps"], ["check", "mogilev-kostroma-agreement-2006"], ["status"]])
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_no_command_names_it(env: dict[str, str], sources: Path, command: list[str], form: list[str]) -> None:
    done = mediagap(*command, *form, env=env)
    assert done.returncode == 0, done.stderr
    for word in (NAME, HEADLINE, RESTRICTED, port(sources)):
        assert word not in done.stdout + done.stderr


@pytest.mark.parametrize("profile", ["strictest", "BY", "RU"])
def test_no_letter_names_it_to_whom_it_is_restricted(
    env: dict[str, str], sources: Path, tmp_path: Path, profile: str
) -> None:
    settings = tmp_path / "mediagap.toml"
    settings.write_text(
        f'outbox = "{tmp_path / "outbox"}"\nreport = "{tmp_path / "report"}"\n'
        f'[[recipients]]\naddress = "a@example.org"\nregion = "BY-MA"\nprofile = "{profile}"\n',
        encoding="utf-8",
    )
    done = mediagap("letter", "preview", "--config", str(settings), env=env)
    assert done.returncode == 0, done.stderr
    (path,) = (tmp_path / "outbox").glob("*.eml")
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    parts = [str(mail[name]) for name in mail] + [part.get_content() for part in mail.iter_parts()]
    told = "\n".join(parts)
    there = [word for word in (NAME, HEADLINE, RESTRICTED, port(sources)) if word in told]
    assert there == ([] if profile != "RU" else [NAME, HEADLINE, port(sources)])
    assert ("Some sources are not shown here." in told) == (profile != "RU")
