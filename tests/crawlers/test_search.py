"""Full-text search: any inflection, the folding of the texts, and an index that never says what is no more."""

import zlib
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from sqlite_utils import Database

from crawlers import archive, search, store
from crawlers.dates import Published, Quality
from crawlers.errors import DataError
from crawlers.items import Item, Reading
from tests.crawlers.local_press import at

NOW = at("2026-11-24T12:00")
ITEM = Item(
    "https://example.by/a", "Соглашение с Костромой",
    "Ещё в Могилёве подписано соглашение о льне. У Магілёўскай вобласці падпісана пагадненне.",
    Published(NOW, None, Quality.FEED), reading=Reading.SUMMARY,
)  # fmt: skip


def save(db: Database, item: Item = ITEM) -> int:
    with store.writing(db) as connection:
        return archive.save(connection, item, "gazeta", "gazeta/feed", ZoneInfo("UTC"), NOW)[0]


def found(db: Database, query: str) -> list[int]:
    sql = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? ORDER BY rowid"
    return [row[0] for row in db.conn.execute(sql, (search.expression(query),))]


@pytest.mark.parametrize(
    "query",
    [
        "соглашение", "соглашения", "соглашений", "СОГЛАШЕНИЯМИ", "Кострома", "костромой Могилёв", "еще", "Ещё",
        "могилевом", "льна", "согл*", '"подписано соглашение"', "пагадненне", "пагаднення", "Магілёўская",
        "вобласць", "соглашение, льну",
    ],
)  # fmt: skip
def test_found_in_any_inflection(db: Database, query: str) -> None:
    number = save(db)
    assert found(db, query) == [number]


@pytest.mark.xfail(strict=True, reason="a vowel that comes and goes inside the word is beyond endings")
def test_found_where_a_vowel_goes(db: Database) -> None:
    number = save(db)
    assert found(db, "лён") == [number]


@pytest.mark.parametrize(
    "query", ["договор", '"соглашение подписано"', "Кострома Брест", "оглашение", "льняной"]
)
def test_not_found(db: Database, query: str) -> None:
    save(db)
    assert found(db, query) == []


@pytest.mark.parametrize("query", ["OR", "NEAR(", "title:лён", '"', "a-b", "^x", "кот AND", "* пёс"])
def test_what_the_engine_would_take_for_syntax_is_words(db: Database, query: str) -> None:
    save(db)
    if any(char.isalpha() for char in query):
        assert found(db, query) == []


@pytest.mark.parametrize("query", ["", " ", '"', "* -", "!!!"])
def test_query_without_a_word_is_refused(query: str) -> None:
    with pytest.raises(DataError, match="at least one word"):
        search.expression(query)


def test_index_follows_an_edit(db: Database) -> None:
    number = save(db)
    save(db, replace(ITEM, title="Договор с Брестом", text="Другой текст"))
    assert found(db, "Кострома") == []
    assert found(db, "подписано") == []
    assert found(db, "договор текст") == [number]


def test_index_is_undone_with_the_transaction(db: Database) -> None:
    def fail_halfway() -> None:
        with store.writing(db) as connection:
            archive.save(connection, ITEM, "gazeta", "gazeta/feed", ZoneInfo("UTC"), NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_halfway()
    assert found(db, "соглашение") == []


def test_articles_of_an_older_database_are_indexed_by_its_migration(db: Database) -> None:
    number = save(db)
    with store.writing(db) as connection:
        connection.execute("DROP TABLE articles_fts")
        search.create(connection)
    assert found(db, "соглашений") == [number]


def test_index_holds_no_texts(db: Database) -> None:
    save(db)
    assert db.conn.execute("SELECT body FROM articles_fts").fetchone() == (None,)
    (packed,) = db.conn.execute("SELECT body FROM texts").fetchone()
    assert zlib.decompress(packed).decode() == ITEM.text


@pytest.mark.parametrize(
    ("word", "beginning"),
    [
        ("кострома", "костром"),
        ("гомельская", "гомельск"),
        ("завод", "завод"),
        ("лида", "лид"),
        ("брест", "брест"),
    ],
)
def test_stem(word: str, beginning: str) -> None:
    assert search.stem(word) == beginning
