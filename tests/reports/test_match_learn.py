"""`mediagap match learn`: what it prints, writes and refuses."""

import json
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import matcher
import reports
from crawlers.errors import DataError
from matcher import learned
from matcher.labelled import Case
from matcher.learn import Line, Outcome
from matcher.model import Model
from matcher.records import Text
from reports import cli, learning, work
from reports.config import Settings
from reports.learning import Learning

CASE = Case("decided-1", Text("1", "Заголовок", ""), frozenset(), frozenset(), None, "", frozenset({"one"}))
LINE = Line("be", False, 30, {"precision": 0.95}, {"precision": 0.90}, {"precision": 0.93})
LOWER = Learning([CASE], Outcome(Model(-1.0, {"subject": 2.0}), (LINE,), 7))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MEDIAGAP_DB", str(tmp_path / "mediagap.db"))
    monkeypatch.setenv("MEDIAGAP_LEARNED", str(tmp_path / "learned"))
    monkeypatch.setattr(learning, "learn", lambda *_: LOWER)
    return tmp_path / "learned"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.program(), ["match", "learn", *arguments])


def test_lower_floor_is_refused_in_one_line_and_nothing_written(folder: Path) -> None:
    done = run()
    assert isinstance(done.exception, DataError)
    assert "be precision 0.900 (floor 0.930, before 0.950)" in str(done.exception)
    assert "--accept-lower" in str(done.exception)
    assert "\n" not in str(done.exception)
    assert not folder.exists()


def test_lower_floor_is_accepted_with_a_reason(folder: Path) -> None:
    done = run("--accept-lower", "names have changed", "--by", "anna", "--json")
    assert done.exit_code == 0, done.exception
    told = json.loads(done.stdout)
    assert (told["written"], told["decisions"], told["background"]) == (True, 1, 7)
    assert told["lines"][0]["lowered"] == ["precision"]
    assert learned.floors(folder) == {"be": {"precision": 0.9}}
    assert "names have changed" in (folder / learned.FLOORS).read_text(encoding="utf-8")
    assert learned.weights(folder) is not None
    assert "--accept-lower" in str(run("--accept-lower", " ").exception)


def test_without_a_fall_it_is_written_and_dry_run_writes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    better = replace(LOWER, outcome=replace(LOWER.outcome, lines=(replace(LINE, floor={"precision": 0.9}),)))
    monkeypatch.setattr(learning, "learn", lambda *_: better)
    done = run("--dry-run")
    assert "0.950 > 0.900 (0.900)" in done.stdout
    assert not folder.exists()
    assert run().exit_code == 0
    assert {path.name for path in folder.iterdir()} == {learned.CASES, learned.WEIGHTS}


def test_without_decisions_there_is_nothing_to_learn(tmp_path: Path) -> None:
    settings = Settings(db=tmp_path / "mediagap.db")
    work.open_for(settings).conn.close()
    with pytest.raises(DataError, match="at least one yes or no"):
        learning.learn(settings, lambda _: None, datetime.now(UTC))


def test_without_scikit_learn_it_says_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for package, name in ((reports, "learning"), (matcher, "learn"), (matcher, "fit")):
        monkeypatch.delattr(package, name)
        monkeypatch.delitem(sys.modules, f"{package.__name__}.{name}")
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)
    assert "pip install 'mediagap[fit]'" in str(run().exception)
    assert not folder.exists()
