"""JSON Feed: told from other JSON by its version, and read like any feed."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from crawlers import parse
from crawlers.document import Document
from crawlers.items import Reading

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
VERSION = "https://jsonfeed.org/version/1.1"


def read(*items: object, full: bool = True, version: str = VERSION) -> Document:
    body = json.dumps({"version": version, "title": "Газета", "items": items}).encode()
    return parse.feed(body, "https://example.org/feed.json", {}, ZoneInfo("Europe/Minsk"), NOW, full)


def test_items_are_read() -> None:
    (item,) = read(
        {"id": "7", "url": "/a", "title": "Гомель и Брянск", "content_html": "<p>Текст</p><p>Ещё</p>",
         "date_published": "2026-11-23T10:00:00+03:00"},
    ).items  # fmt: skip
    assert (item.url, item.title, item.text, item.guid, item.reading) == (
        "https://example.org/a", "Гомель и Брянск", "Текст\nЕщё", "7", Reading.FULL,
    )  # fmt: skip
    assert item.published.moment == datetime(2026, 11, 23, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("entry", "reading"),
    [
        ({"title": "А", "content_text": "Весь текст"}, Reading.FULL),
        ({"title": "А", "content_text": "Начало..."}, Reading.SUMMARY),
        ({"title": "А", "summary": "Коротко"}, Reading.SUMMARY),
        ({"title": "А"}, Reading.TITLE),
    ],
)
def test_depth_of_an_entry(entry: object, reading: Reading) -> None:
    assert [item.reading for item in read(entry).items] == [reading]


def test_entry_without_a_title_has_its_first_words() -> None:
    assert [item.title for item in read({"content_text": "Первые слова"}).items] == ["Первые слова"]


def test_odd_entries_cost_no_others() -> None:
    odd = (None, 5, "текст", [], {}, {"title": 7, "url": {}, "date_published": []}, {"title": None})
    assert [item.title for item in read(*odd, {"title": "Новость"}).items] == ["Новость"]


@pytest.mark.parametrize("body", [b"{}", b"{", b'{"items": []}', b'{"version": 2, "items": []}', b"[" * 9, b"{" * 200_000,
                                  b'{"version": "https://jsonfeed.org/version/1", "items": {}}'])  # fmt: skip
def test_other_json_is_no_feed(body: bytes) -> None:
    with pytest.raises(parse.NotAFeed):
        parse.feed(body, "https://example.org/", {}, ZoneInfo("UTC"), NOW, full=True)


@pytest.mark.parametrize("start", [b"\xef\xbb\xbf", b"\n\n"])
def test_marks_before_it_do_not_matter(start: bytes) -> None:
    body = start + json.dumps({"version": VERSION, "items": [{"title": "А"}]}).encode()
    assert len(parse.feed(body, "https://example.org/", {}, ZoneInfo("UTC"), NOW, full=True).items) == 1


def test_one_guid_for_several_items_is_no_identity() -> None:
    items = [{"id": guid, "content_text": f"Текст {n}"} for n, guid in enumerate(["same", "same", "own"])]
    assert [item.guid for item in read(*items).items] == [None, None, "own"]
