"""Feeds as bytes: judged by what they are, never by how well they are made."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from crawlers import parse, urls

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Moscow")
ITEM = "<item><title>Новости региона</title><link>/a</link><pubDate>{date}</pubDate><description>Текст</description></item>"


def read(body: bytes) -> parse.Document:
    return parse.feed(body, "https://example.org/feed", {}, ZONE, NOW, full=True)


def rss(items: str, encoding: str = "utf-8") -> bytes:
    return f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel>{items}</channel></rss>'.encode(
        encoding
    )


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "koi8-r", "utf-16"])
def test_letters_survive_every_encoding(encoding: str) -> None:
    (item,) = read(rss(ITEM.format(date="Mon, 23 Nov 2026 10:00:00 +0300"), encoding)).items
    assert (item.title, item.url) == ("Новости региона", "https://example.org/a")


@pytest.mark.parametrize(
    "body", [b"<!doctype html><html><body>Just a moment</body></html>", b"not found", b"{}"]
)
def test_another_document_is_no_feed(body: bytes) -> None:
    with pytest.raises(parse.NotAFeed):
        read(body)


def test_one_guid_for_all_items_is_no_identity() -> None:
    items = "".join(f"<item><title>{n}</title><link>/{n}</link><guid>same</guid></item>" for n in range(3))
    assert [item.guid for item in read(rss(items)).items] == [None, None, None]


def test_a_date_without_zone_is_the_outlets() -> None:
    (item,) = read(rss(ITEM.format(date="2026-11-23T10:00:00"))).items
    assert item.published.moment == datetime(2026, 11, 23, 7, tzinfo=UTC)


def test_a_date_in_the_future_is_no_date() -> None:
    (item,) = read(rss(ITEM.format(date="2027-11-23T10:00:00"))).items
    assert item.published.moment is None


def test_a_pinned_old_entry_does_not_lengthen_the_reach() -> None:
    dates = ["2025-01-01", "2026-11-23", "2026-11-22", "2026-11-21"]
    items = "".join(
        f"<item><title>{n}</title><link>/{n}</link><pubDate>{day}T08:00:00Z</pubDate></item>"
        for n, day in enumerate(dates)
    )
    assert read(rss(items)).reaches_back == datetime(2026, 11, 21, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    "other",
    [
        "http://www.example.org/a/",
        "https://example.org/a?utm_source=x",
        "https://m.example.org/a#top",
        "HTTPS://EXAMPLE.org:443/a",
    ],
)
def test_variants_of_an_address_are_one(other: str) -> None:
    assert urls.canonical(other) == urls.canonical("https://example.org/a")


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.1", "169.254.1.1", "localhost", "[::1]"])
def test_private_hosts_are_known(host: str) -> None:
    assert urls.is_private(host)


@pytest.mark.parametrize(
    ("cut", "left"), [("Текст", ["a", "b"]), ("</item><item>", ["a"]), ("<link>/b", ["a"])]
)
def test_a_document_that_is_cut_off_vouches_for_nothing(cut: str, left: list[str]) -> None:
    day = "Mon, 23 Nov 2026 10:00:00 +0300"
    items = "".join(ITEM.format(date=day).replace("/a", f"/{name}") for name in "abc")
    whole = rss(items)
    document = read(whole[: whole.rindex(cut.encode())])
    assert not document.whole
    assert document.reaches_back is None
    assert [item.url for item in document.items] == [f"https://example.org/{name}" for name in left]


@pytest.mark.parametrize(
    "end", ["</channel></rss>", "</channel></rss>\n<!-- cached -->", "</channel>", "</CHANNEL></RSS>"]
)
def test_a_document_that_ends_is_whole(end: str) -> None:
    body = rss(ITEM.format(date="Mon, 23 Nov 2026 10:00:00 +0300"))
    assert read(body.replace(b"</channel></rss>", end.encode())).whole


@pytest.mark.parametrize(
    "empty",
    ["0000-00-00T00:00:00Z", "0000-00-00 00:00:00", "-001-11-30T00:00:00+00:00", "Wed, 30 Nov -0001 00:00:00 +0000",
     "10000-01-01"],
)  # fmt: skip
def test_a_date_that_is_empty_costs_no_feed_and_stretches_none(empty: str) -> None:
    document = read(
        rss(ITEM.format(date="Mon, 23 Nov 2026 10:00:00 +0300") + ITEM.replace("/a", "/b").format(date=empty))
    )
    assert [item.published.moment is None for item in document.items] == [False, True]
    assert document.reaches_back is None


def test_a_date_in_another_spelling_is_read() -> None:
    (item,) = read(rss(ITEM.format(date="Mon Nov 23 10:00:00 GMT 2026"))).items
    assert item.published.moment == datetime(2026, 11, 23, 10, tzinfo=UTC)
