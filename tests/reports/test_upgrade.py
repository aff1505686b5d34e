"""A database of any earlier version opens, keeps what it holds, and ends up as a new one; readers say what to do."""

from pathlib import Path

import pytest
from sqlite_utils import Database

from crawlers import store
from crawlers.errors import DataError
from reports.work import TABLES

STATES = [
    (number, name)
    for number, tables in enumerate(TABLES)
    for name in [*(one.name for one in tables._migrations), None]
]
"""Before each migration of each package: those of the packages before it are complete, of those after it none."""


def made_by(path: Path, number: int, name: str | None) -> None:
    db = store.open_database(path, TABLES[:number])
    with store.writing(db):
        TABLES[number].apply(db, stop_before=name)
    if "attempts" in db.table_names():
        db.conn.execute(
            "INSERT INTO attempts (source, outlet, fetched, outcome) VALUES ('a/feed', 'a', '2026', 'new')"
        )
    if "articles" in db.table_names():
        db.conn.execute(
            "INSERT INTO articles (key, source, title, published_quality, first_seen, reading, text_hash)"
            " VALUES ('k', 'a/feed', 'Договор', 'none', '2026', 'title', '')"
        )
    db.conn.close()


def schema(db: Database) -> set[tuple[str, str]]:
    return set(db.conn.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall())


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    db = store.open_database(tmp_path_factory.mktemp("fresh") / "a.db", TABLES)
    found = schema(db)
    db.conn.close()
    return found


@pytest.mark.parametrize(("number", "name"), STATES, ids=lambda one: str(one))
def test_state(tmp_path: Path, fresh: set[tuple[str, str]], number: int, name: str | None) -> None:
    path = tmp_path / "a.db"
    made_by(path, number, name)
    complete = number == len(TABLES) - 1 and name is None
    if not complete:
        with pytest.raises(DataError, match="`mediagap init` brings an older one up"):
            store.open_database(path, TABLES, "read")
    db = store.open_database(path, TABLES)
    assert schema(db) == fresh
    for table in ("attempts", "articles"):
        expected = 0 if number == 0 and name in _BEFORE[table] else 1
        assert db.conn.execute(f"SELECT count(*) FROM {table}").fetchone() == (expected,)
    assert db.conn.execute("PRAGMA foreign_key_check").fetchall() == []
    db.conn.close()
    store.open_database(path, TABLES, "read").conn.close()


_BEFORE = {"attempts": ["m001_ledger"], "articles": ["m001_ledger", "m002_articles"]}


@pytest.mark.parametrize("mode", ["read", "write"])
def test_a_newer_one_is_refused_in_one_line(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "a.db"
    db = store.open_database(path, TABLES)
    db.conn.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('reports', 'm900', '')"
    )
    db.conn.close()
    with pytest.raises(DataError) as caught:
        store.open_database(path, TABLES, mode)  # type: ignore[arg-type]
    assert "reports.m900" in str(caught.value)
    assert "upgrade mediagap" in str(caught.value)
    assert "\n" not in str(caught.value)
