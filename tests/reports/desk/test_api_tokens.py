"""Tokens: shown once, kept as hashes, ended by their day, by hand and with their editor."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database
from typer.testing import CliRunner

from crawlers.errors import DataError
from reports import cli, editors, work
from reports.config import Settings
from reports.desk import tokens
from reports.sessions import OF_ADDRESS, WITHIN, TooOften
from tests.reports.desk.browsing import PASSWORD

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with closing((found := work.open_for(Settings(db=tmp_path / "mediagap.db"))).conn):
        editors.add(found, "Anna", "editor", [], PASSWORD)
        yield found


def test_a_token_is_its_editors_until_its_day(db: Database) -> None:
    token = tokens.add(db, "anna", "sheet", 30, NOW)
    assert tokens.whose(db, token, NOW) == (editors.find(db, "Anna"), None)
    assert tokens.whose(db, token + "x", NOW) is None
    assert tokens.whose(db, token, NOW + timedelta(days=30)) is None
    assert token != tokens.add(db, "Anna", "other", 30, NOW)


def test_the_file_does_not_hold_it(db: Database) -> None:
    token = tokens.add(db, "Anna", "sheet", 30, NOW)
    assert token.removeprefix(tokens.PREFIX) not in "\n".join(db.conn.iterdump())


def test_its_last_day_of_use_is_kept(db: Database) -> None:
    token = tokens.add(db, "Anna", "sheet", 30, NOW)
    tokens.used(db, token, date(2026, 11, 24))
    (one,) = tokens.listed(db)
    assert (one.used, one.made, one.until) == (date(2026, 11, 24), NOW, NOW + timedelta(days=30))


def test_revoked_it_opens_nothing(db: Database) -> None:
    token, kept = (tokens.add(db, "Anna", name, 30, NOW) for name in ("sheet", "kept"))
    tokens.revoke(db, "anna", "sheet")
    assert tokens.whose(db, token, NOW) is None
    assert tokens.whose(db, kept, NOW) is not None
    with pytest.raises(DataError, match="the name of a token of Anna"):
        tokens.revoke(db, "Anna", "sheet")


def test_it_ends_with_its_editor_and_does_not_come_back(db: Database) -> None:
    token = tokens.add(db, "Anna", "sheet", 30, NOW)
    editors.disable(db, "Anna")
    assert tokens.whose(db, token, NOW) is None
    with pytest.raises(DataError, match="not disabled"):
        tokens.add(db, "Anna", "other", 30, NOW)
    editors.reset(db, "Anna", PASSWORD)
    assert tokens.whose(db, token, NOW) is None


@pytest.mark.parametrize(("name", "days"), [("", 30), ("a\nb", 30), ("x" * 41, 30), ("sheet", 0), ("sheet", 367), ("taken", 30)])  # fmt: skip
def test_odd_ones_are_not_made(db: Database, name: str, days: int) -> None:
    tokens.add(db, "Anna", "taken", 30, NOW)
    with pytest.raises(DataError, match="editors tokens add"):
        tokens.add(db, "Anna", name, days, NOW)
    assert len(tokens.listed(db)) == 1


def test_wrong_ones_are_throttled_by_address(db: Database) -> None:
    for _ in range(OF_ADDRESS):
        tokens.wrong(db, "192.0.2.1", NOW)
    with pytest.raises(TooOften):
        tokens.wrong(db, "192.0.2.1", NOW)
    tokens.wrong(db, "192.0.2.2", NOW)
    tokens.wrong(db, "192.0.2.1", NOW + WITHIN + timedelta(seconds=1))


def test_the_command_shows_it_once(tmp_path: Path, db: Database) -> None:
    def run(*words: str) -> str:
        done = CliRunner().invoke(
            cli.program(), ["editors", "tokens", *words, "--db", str(tmp_path / "mediagap.db")]
        )
        assert done.exit_code == 0, done.output
        return done.output

    token = run("add", "anna", "weekly sheet", "--days", "7").split()[-1]
    assert tokens.whose(db, token, datetime.now(UTC)) is not None
    assert token not in run("list")
    (one,) = json.loads(run("list", "--json"))
    assert (one["editor"], one["name"], one["expired"], one["used"]) == ("Anna", "weekly sheet", False, None)
    assert "revoked" in run("revoke", "Anna", "weekly sheet")
    assert run("list") == "None.\n"
