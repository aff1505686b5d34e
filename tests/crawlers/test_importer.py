"""Archives from files: a broken line costs only itself, and what is declared complete has to be over."""

import gzip
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from crawlers import archive, importer, store
from crawlers.errors import DataError
from crawlers.importer import Imported, declare_complete, import_file
from crawlers.items import Article, Reading
from crawlers.registry import Outlet
from tests.crawlers.local_press import at, outlet_data

NOW = at("2026-11-24T12:00")
KAMCHATKA = {"country": "RU", "region": "RU-KAM", "time_zone": "Asia/Kamchatka"}
OUTLETS = {
    "gazeta": Outlet.model_validate(outlet_data("gazeta")),
    "vestnik": Outlet.model_validate(outlet_data("vestnik", homepage="https://vestnik.ru/", hosts=["vestnik.ru"],
                                                 sources=[{"kind": "feed", "url": "https://vestnik.ru/rss"}], **KAMCHATKA)),
}  # fmt: skip
GOOD = {"url": "https://example.by/a", "title": "Соглашение", "text": "Текст", "date": "2026-11-09T22:30:00Z"}

Import = Callable[..., Imported]


@pytest.fixture
def load(db: Database, tmp_path: Path) -> Import:
    """Imports lines, each given as bytes, text or a record."""

    def load(*lines: bytes | str | dict[str, Any], pack: Callable[[bytes], bytes] = bytes) -> Imported:
        path = tmp_path / "news.jsonl"
        path.write_bytes(pack(b"".join(as_bytes(line) + b"\n" for line in lines)))
        return import_file(db, path, OUTLETS, NOW)

    return load


def as_bytes(line: bytes | str | dict[str, Any]) -> bytes:
    if isinstance(line, bytes):
        return line
    return (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)).encode()


def only(db: Database) -> Article:
    (article,) = archive.articles(db)
    return article


@pytest.mark.parametrize(
    ("line", "says"),
    [
        pytest.param("not json", "no JSON: Expecting value", id="no JSON"),
        pytest.param('{"title": "a"', "no JSON", id="cut off"),
        pytest.param("[" * 100_000, "no JSON", id="too deep"),
        pytest.param("1" * 10_000, "no JSON", id="number too long"),
        pytest.param('["a"]', "found list, allowed: an object with url, title, text", id="list"),
        pytest.param("null", "found NoneType, allowed: an object", id="null"),
        pytest.param(GOOD | {"title": 7}, "title: found int, allowed: text or null", id="number for a title"),
        pytest.param(GOOD | {"text": ["a"]}, "text: found list, allowed: text or null", id="list for a text"),
        pytest.param(GOOD | {"date": 1793602800}, "date: found int, allowed: text or null", id="number for a date"),
        pytest.param(GOOD | {"url": True}, "url: found bool", id="flag for an address"),
        pytest.param({"title": None, "text": None}, "neither a title nor a text", id="nothing but nulls"),
        pytest.param({"title": " \u00ad", "text": "\x00"}, "neither a title nor a text", id="nothing visible"),
        pytest.param(GOOD | {"date": "вчера"}, "date: found 'вчера', allowed: ISO 8601", id="date in words"),
        pytest.param(GOOD | {"date": "2027-01-01"}, "date: found '2027-01-01'", id="date in the future"),
        pytest.param('{"title": "Гомель"}'.encode("windows-1251"), "no UTF-8 at byte 11", id="windows-1251"),
        pytest.param(b'{"title": "\xff"}', "no UTF-8 at byte 11", id="byte that is no letter"),
    ],
)  # fmt: skip
def test_broken_line_costs_only_itself(
    db: Database, load: Import, tmp_path: Path, line: bytes | str | dict[str, Any], says: str
) -> None:
    result = load({"title": "Раз"}, line, {"title": "Два"})
    (broken,) = result.broken
    assert broken.startswith(f"{tmp_path / 'news.jsonl'}:2: ")
    assert says in broken
    assert (result.records, result.added) == (3, 2)
    assert [one.title for one in archive.articles(db)] == ["Раз", "Два"]


def test_line_that_is_too_long_costs_only_itself(
    db: Database, load: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importer, "_LONGEST_LINE", 40)
    result = load({"title": "Раз"}, {"title": "ж" * 100}, {"title": "Два"}, "x" * 200)
    assert [one.partition(".jsonl")[2] for one in result.broken] == [":2: over 40 bytes", ":4: over 40 bytes"]
    assert [one.title for one in archive.articles(db)] == ["Раз", "Два"]


def test_blank_lines_are_no_records_but_count_as_lines(load: Import) -> None:
    result = load({"title": "Раз"}, "", "   ", "x")
    assert (result.records, result.added) == (2, 1)
    assert ":4: " in result.broken[0]


@pytest.mark.parametrize(
    "pack",
    [
        pytest.param(bytes, id="plain"),
        pytest.param(gzip.compress, id="gzip"),
        pytest.param(lambda raw: gzip.compress(raw[:40]) + gzip.compress(raw[40:]), id="gzip in two parts"),
        pytest.param(lambda raw: b"\xef\xbb\xbf" + raw, id="byte order mark"),
        pytest.param(lambda raw: raw.replace(b"\n", b"\r\n"), id="line ends of Windows"),
        pytest.param(lambda raw: raw.rstrip(b"\n"), id="no line end at the end"),
    ],
)
def test_file_is_read_however_it_is_packed(db: Database, load: Import, pack: Callable[[bytes], bytes]) -> None:
    result = load(GOOD, {"title": "Два"}, pack=pack)
    assert (result.added, result.broken) == (2, [])
    assert [one.title for one in archive.articles(db)] == ["Соглашение", "Два"]


@pytest.mark.parametrize(
    "cut",
    [
        pytest.param(lambda raw: raw[:-20], id="truncated"),
        pytest.param(lambda raw: raw[:-1], id="without the last byte"),
        pytest.param(lambda raw: raw[:30] + b"\xff\xff\xff\xff" + raw[34:], id="damaged"),
        pytest.param(lambda raw: raw + b"garbage", id="garbage behind"),
    ],
)
def test_broken_gzip_is_refused_whole(db: Database, load: Import, cut: Callable[[bytes], bytes]) -> None:
    """Which lines are missing cannot be told, so none is kept as if the file had been read."""
    with pytest.raises(DataError, match="a readable file of JSON Lines, plain or gzip"):
        load(*({"title": f"Заголовок {n}"} for n in range(500)), pack=lambda raw: cut(gzip.compress(raw)))
    assert list(archive.articles(db)) == []
    assert store.query(db, "SELECT * FROM imports") == []


@pytest.mark.parametrize(("name", "says"), [("gone.jsonl", "no such file"), (".", "a readable file")])
def test_what_is_no_file_is_named(db: Database, tmp_path: Path, name: str, says: str) -> None:
    with pytest.raises(DataError, match=says):
        import_file(db, tmp_path / name, OUTLETS, NOW)


def test_same_file_twice_adds_nothing(db: Database, load: Import) -> None:
    lines = [GOOD, {"title": "Без адреса", "date": "2026-11-09"}, {"title": "Без даты", "text": "Текст"}]
    assert (load(*lines).added, load(*lines).added) == (3, 0)
    again = load(*lines)
    assert (again.records, again.known, again.broken) == (3, 3, [])
    assert len(list(archive.articles(db))) == 3
    assert store.query(db, "SELECT * FROM revisions") == []
    rows = store.query(db, "SELECT sha256, added, known FROM imports ORDER BY id")
    assert [(row["added"], row["known"]) for row in rows] == [(3, 0), (0, 3), (0, 3)]
    assert len({row["sha256"] for row in rows}) == 1


def test_empty_file_has_no_records(load: Import) -> None:
    assert load(pack=lambda raw: raw[:0]).records == 0


def test_record_is_the_article_of_the_outlet_on_whose_host_it_stands(db: Database, load: Import) -> None:
    load(GOOD | {"url": "http://www.example.by/a/?utm_source=b", "language": "ru", "source": "собрание"})
    article = only(db)
    assert (article.outlet, article.source, article.language) == ("gazeta", "import:собрание", "ru")
    assert (article.reading, article.day) == (Reading.FULL, date(2026, 11, 10))


@pytest.mark.parametrize(
    "url", [None, "", "https://other.by/a", "javascript:alert(1)", "http://[::1", "\ud83d"]
)
def test_record_of_no_known_host_belongs_to_no_outlet(db: Database, load: Import, url: str | None) -> None:
    load(json.dumps(GOOD | {"url": url}))
    assert only(db).outlet is None


def test_nulls_and_missing_fields_are_nothing(db: Database, load: Import) -> None:
    load(dict.fromkeys(("url", "text", "date", "published", "language", "source")) | {"title": "17"})
    article = only(db)
    assert (article.url, article.text, article.day, article.language) == (None, "", None, None)
    assert (article.reading, article.source) == (Reading.TITLE, "import:archive")


def test_half_a_character_is_no_broken_line(db: Database, load: Import) -> None:
    assert load(r'{"title": "Смайл \ud83d", "source": "\ud83d"}').broken == []
    assert only(db).title == "Смайл \ufffd"


@pytest.mark.parametrize("when", [{}, {"date": None}, {"date": "2016"}, {"date": "2016-05"}])
def test_undated_record_is_not_of_the_day_of_the_import(
    db: Database, load: Import, when: dict[str, str | None]
) -> None:
    load({"url": GOOD["url"], "title": "Соглашение"} | when)
    assert (only(db).outlet, only(db).published, only(db).day) == ("gazeta", None, None)


@pytest.mark.parametrize(
    "when", [{"date": "2026-11-09"}, {"date": "2026-11-09T23:00:00"}, {"published": "2026-11-09T01:00:00"}]
)
def test_date_without_an_offset_is_in_the_outlets_zone(
    db: Database, load: Import, when: dict[str, str]
) -> None:
    load({"url": "https://vestnik.ru/a", "title": "Соглашение"} | when)
    assert only(db).day == date(2026, 11, 9)


def test_days_declared_complete_are_kept(db: Database) -> None:
    for _ in range(2):
        declare_complete(db, "gazeta", date(2026, 11, 1), date(2026, 11, 23), NOW)
    (row,) = store.query(db, "SELECT outlet, first_day, last_day FROM complete_spans")
    assert row == {"outlet": "gazeta", "first_day": "2026-11-01", "last_day": "2026-11-23"}


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        (date(2026, 11, 2), date(2026, 11, 1), "a first day not after the last"),
        (date(2026, 11, 2), date(2026, 11, 24), "a last day that is over"),
        (date(2026, 11, 2), date(2027, 11, 1), "a last day that is over"),
    ],
)
def test_days_that_nobody_can_know_are_not_complete(db: Database, first: date, last: date, says: str) -> None:
    with pytest.raises(DataError, match=says):
        declare_complete(db, "gazeta", first, last, NOW)
    assert store.query(db, "SELECT * FROM complete_spans") == []
