"""The benchmarks run: nothing is timed here."""

from pathlib import Path

import pytest

from reports.bench import __main__ as bench
from reports.bench import archive as archives
from reports.bench import times


def test_archive_is_made_and_commands_run_on_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "DAYS", 30)
    db = tmp_path / "some.db"
    assert bench.main(["archive", "--articles", "300", "--matches", "100", "--db", str(db)]) == 0
    assert "300 articles in" in capsys.readouterr().out
    assert times.main(["--db", str(db), "--rounds", "1"]) == 0
    told = capsys.readouterr().out
    assert [line[:16].strip() for line in told.splitlines()[1:]] == [
        "check", "check --json", "gaps", "report", "one letter more",
    ]  # fmt: skip
    with pytest.raises(SystemExit):
        bench.main(["archive", "--db", str(db)])


def test_unknown_subject_lists_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["none"]) == 2
    assert "{archive,desk,faults,times}" in capsys.readouterr().err
