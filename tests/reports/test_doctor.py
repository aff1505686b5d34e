"""The doctor finds what is wrong and says what to do; a sound installation is left in peace."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from crawlers import store
from crawlers.dates import stamp
from reports import backup, doctor, jobs, lease
from reports.config import CrawlSection, Settings
from reports.doctor import Finding, Level
from reports.jobs import Result
from tests.reports.newsstand import CATALOGUE

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    for folder, name, content in (("catalogue", "xx/one.yml", CATALOGUE), ("sources", "by/.keep", "")):
        path = tmp_path / folder / name
        path.parent.mkdir(parents=True)
        path.write_text(content, encoding="utf-8")
    named = {name: tmp_path / name for name in ("catalogue", "sources", "outbox", "report", "backups")}
    return Settings(db=tmp_path / "mediagap.db", crawl=CrawlSection(contact="desk@example.org"), **named)


def bad(settings: Settings, now: datetime = NOW) -> dict[str, Finding]:
    return {one.what: one for one in doctor.examine(settings, now) if one.level is not Level.OK}


def test_sound(settings: Settings, db: Database) -> None:
    lease.take(db, "host:1:00", NOW)
    made = backup.make(settings, NOW)
    later = datetime.fromtimestamp(made.stat().st_mtime, UTC)
    lease.beat(db, "host:1:00", later)
    assert set(bad(settings, later)) == {"mail"}


def article(db: Database) -> None:
    db.conn.execute(
        "INSERT INTO articles (id, key, source, title, published_quality, first_seen, reading, text_hash)"
        " VALUES (1, 'k', 'a/feed', 't', 'none', '2026-01-01T00:00:00Z', 'title', '')"
    )


def broken_reference(db: Database) -> None:
    db.conn.execute("PRAGMA foreign_keys=OFF")
    db.conn.execute("INSERT INTO matched (article, text_hash, version) VALUES (77, '', '')")


def orphaned_story(db: Database) -> None:
    article(db)
    db.conn.execute("INSERT INTO stories VALUES (1, '', '1', '', '', 0, x'', NULL, NULL, 99, 'own', NULL, 0)")


def text_lost(db: Database) -> None:
    article(db)
    db.conn.execute("UPDATE articles SET reading = 'full'")


def clock_set_back(db: Database) -> None:
    jobs.finish(db, jobs.start(db, "match", NOW, NOW + timedelta(days=3)), Result.DONE, "", NOW)


def missed(db: Database) -> None:
    jobs.miss(db, "letters", NOW - timedelta(days=7), "nothing was run for 80.0 hours")


def died(db: Database) -> None:
    jobs.start(db, "match", NOW, NOW)
    jobs.bury(db, NOW)


def uncertain(db: Database) -> None:
    sql = "INSERT INTO deliveries (week, reader, address, state, updated, message_id) VALUES ('2026-W46', 'r', 'a', 'uncertain', '', '')"
    db.conn.execute(sql)


@pytest.mark.parametrize(
    ("harm", "what", "level", "says"),
    [
        (broken_reference, "references", Level.WRONG, "matched"),
        (orphaned_story, "orphans in stories", Level.WRONG, "1 rows"),
        (text_lost, "orphans in texts", Level.WRONG, "1 rows"),
        (clock_set_back, "times", Level.WRONG, stamp(NOW + timedelta(days=3)) or ""),
        (missed, "missed runs", Level.LOOK, "letters of 2026-11-16"),
        (died, "last runs", Level.LOOK, "match"),
        (uncertain, "letters", Level.LOOK, "2026-W46: 1"),
        (article, "matching", Level.LOOK, "1 articles wait"),
    ],
)
def test_harm_is_found_with_a_repair(
    settings: Settings, db: Database, harm: Callable[[Database], None], what: str, level: Level, says: str
) -> None:
    harm(db)
    found = bad(settings)[what]
    assert (found.level, says in found.found) == (level, True)
    assert found.repair


def test_garbage_in_the_file_is_found(settings: Settings, db: Database) -> None:
    db.conn.close()
    content = bytearray(settings.db.read_bytes())
    content[len(content) // 2 :] = b"\xff" * (len(content) - len(content) // 2)
    settings.db.write_bytes(content)
    assert any(one.level is Level.WRONG and "restore" in one.repair for one in bad(settings).values())


@pytest.mark.usefixtures("db")
def test_invalid_catalogue_is_found(settings: Settings) -> None:
    (settings.catalogue / "xx" / "one.yml").write_text("entries: [{}]", encoding="utf-8")
    assert bad(settings)["catalogue"].level is Level.WRONG


@pytest.mark.usefixtures("db")
def test_old_backup_is_told(settings: Settings) -> None:
    made = backup.make(settings, NOW)
    found = bad(settings, datetime.fromtimestamp(made.stat().st_mtime, UTC) + timedelta(days=30))["backup"]
    assert "30 days old" in found.found


def test_no_database(settings: Settings) -> None:
    assert "mediagap init" in bad(settings)["database"].found


def test_of_an_older_version(settings: Settings) -> None:
    with closing(sqlite3.connect(settings.db)) as connection:
        connection.execute("PRAGMA user_version=0")
    store.open_database(settings.db, []).conn.close()
    assert bad(settings)["database"].level is Level.WRONG
