"""What news report as signed, and no entry is, is proposed as one."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlite_utils import Database

from crawlers import archive, store
from crawlers.dates import Published, Quality
from crawlers.errors import DataError
from crawlers.items import Item, Reading
from crawlers.migrations import migrations as crawlers_migrations
from matcher import catalogue, proposals
from matcher.catalogue import Catalogue
from matcher.entries import Kind
from matcher.keeping import add
from matcher.migrations import migrations as matcher_migrations

MINSK = ZoneInfo("Europe/Minsk")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = store.open_database(tmp_path / "mediagap.db", [crawlers_migrations, matcher_migrations])
    yield opened
    opened.close()


def report(db: Database, title: str, day: int, *pairs: str) -> int:
    """An archived article that the matcher found to be on these pairs and about no entry."""
    now = datetime(2026, 3, day, 9, 0, tzinfo=UTC)
    item = Item(
        f"https://example.by/{title}", title, "", Published(now, None, Quality.FEED), reading=Reading.FULL
    )
    with store.writing(db) as connection:
        article, _ = archive.save(connection, item, "example", "example.feed", MINSK, now)
        connection.executemany("INSERT INTO pair_matches VALUES (?, ?)", [(article, pair) for pair in pairs])
    return article


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Гродно и Псков подписали соглашение о сотрудничестве", Kind.AGREEMENT),
        ("Гродна і Пскоў падпісалі мемарандум", Kind.AGREEMENT),
        ("Орша и Вязьма стали побратимами", Kind.TWINNING),
        ("Гомель и Курск учредили совместное предприятие", Kind.JOINT_VENTURE),
        ("Брест и Тула подписали программу сотрудничества", Kind.PROGRAMME),
        ("Minsk and Tbilisi signed a cooperation agreement", Kind.AGREEMENT),
        ("Гродно и Псков обсудили соглашение о сотрудничестве", None),
        ("Гродно и Псков подписали протокол матча", None),
        ("Соглашение о сотрудничестве обсуждали в Гродно", None),
    ],
)
def test_only_what_is_signed_is_a_document(title: str, kind: Kind | None) -> None:
    assert proposals.document(title, "") is kind


def test_articles_of_a_pair_and_document_are_one_proposal(db: Database, real: Catalogue) -> None:
    later = report(db, "Псков и Гродно подписали новое соглашение", 9, "BY-HR:RU-PSK")
    first = report(db, "Гродно и Псков подписали соглашение о сотрудничестве", 2, "BY-HR:RU-PSK")
    other = report(db, "Гродненский и псковский города стали побратимами", 2, "BY-HR:RU-PSK")
    report(db, "Подписано соглашение трёх регионов", 2, "BY-HR:RU-PSK", "BY-HR:RU-SMO")
    found = {one.kind: one for one in proposals.find(db, real)}
    assert {kind: [a.id for a in one.articles] for kind, one in found.items()} == {
        Kind.AGREEMENT: [first, later], Kind.TWINNING: [other],
    }  # fmt: skip
    assert found[Kind.AGREEMENT].record["signed"] == "2026-03"


def test_article_about_an_entry_is_no_evidence(db: Database, real: Catalogue) -> None:
    article = report(db, "Гродно и Псков подписали соглашение о сотрудничестве", 2, "BY-HR:RU-PSK")
    db.conn.execute("INSERT INTO matches VALUES (?, 'x', 'about', 0.9, '{}')", (article,))
    assert proposals.find(db, real) == []


def test_rejected_is_not_proposed_again_and_numbers_stay(db: Database, real: Catalogue) -> None:
    report(db, "Гродно и Псков подписали соглашение о сотрудничестве", 2, "BY-HR:RU-PSK")
    report(db, "Гомель и Курск учредили совместное предприятие", 2, "BY-HO:RU-KRS")
    first, second = proposals.find(db, real)
    proposals.settle(db, first.number, accepted=False)
    assert [one.number for one in proposals.find(db, real)] == [second.number]
    with pytest.raises(DataError, match="open proposal"):
        proposals.one(db, real, first.number)


@pytest.mark.parametrize(
    "title", ["Гродно и Псков подписали соглашение", "Гродно и Псков учредили совместное предприятие"]
)
def test_accepted_is_an_entry_that_the_loader_takes(
    db: Database, real: Catalogue, tmp_path: Path, title: str
) -> None:
    report(db, title, 2, "BY-HR:RU-PSK")
    (one,) = proposals.find(db, real)
    (day,) = {article.day.replace(day=1) for article in one.articles if article.day}
    assert proposals.find(db, real, since=day) == [one]
    assert proposals.find(db, real, since=day + timedelta(days=31)) == []
    folder = tmp_path / "catalogue"
    shutil.copytree(catalogue.CATALOGUE, folder)
    add.add(folder, one.record, real.gazetteer)
    added = catalogue.load(folder, real.gazetteer).entries[one.record["id"]]
    assert (added.kind, added.pairs, added.book.chapters) == (one.kind, (one.pair,), ())
