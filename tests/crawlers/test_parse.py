"""Feeds as bytes: judged by what they are, never by how well they are made."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from crawlers import parse, stubs, urls
from crawlers.items import Reading

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


def test_entries_under_one_guid_take_no_longer_than_others() -> None:
    """Each entry used to be searched for in all others: 50,000 took minutes."""
    items = "".join(f"<item><title>{n}</title><link>/{n}</link><guid>same</guid></item>" for n in range(2000))
    assert len(read(rss(items)).items) == 2000


RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
    '<channel rdf:about="https://example.org/"><title>Газета</title></channel>'
    '<item rdf:about="https://example.org/a"><title>Новости региона</title><link>https://example.org/a</link></item></rdf:RDF>'
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/news/"><title>Газета</title>'
    '<entry xml:base="2026/"><title>Новости региона</title><link href="../../a"/><id>1</id></entry></feed>'
)


@pytest.mark.parametrize(
    "body",
    [
        '<rss version="0.91"><channel><item><title>Новости региона</title><link>/a</link></item></channel></rss>',
        '<rss version="0.92"><channel><item><title>Новости региона</title><link>/a</link></item></channel></rss>',
        '<rss><channel><item><title>Новости региона</title><link>/a</link></item></channel></rss>',
        RDF,
        ATOM,
        ATOM.replace("../../a", "/a").replace("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#"),
    ],
    ids=["rss 0.91", "rss 0.92", "rss without a version", "rdf", "atom with xml:base", "atom 0.3"],
)  # fmt: skip
def test_kinds_of_feeds(body: str) -> None:
    assert [(item.title, item.url) for item in read(body.encode()).items] == [
        ("Новости региона", "https://example.org/a")
    ]


@pytest.mark.parametrize(
    ("item", "title", "text", "url"),
    [
        ("<title>А &amp;amp; Б &nbsp;&laquo;В&raquo; &bogus; & Г</title>", "А & Б «В» &bogus; & Г", "", None),
        ("<title>А</title><yandex:full-text>Весь текст статьи</yandex:full-text><description>Весь</description>",
         "А", "Весь текст статьи", None),
        ("<title>А</title><link>javascript:alert(1)</link>", "А", "", None),
        ("<description>Только текст</description>", "Только текст", "Только текст", None),
        ("<title><![CDATA[<b>А</b>]]></title><guid isPermaLink='true'>https://example.org/g</guid>", "А", "",
         "https://example.org/g"),
        ("<title>А\x00Б\x0b</title>", "АБ", "", None),
    ],
    ids=["entities", "yandex", "script as a link", "no title", "link in the guid", "control characters"],
)  # fmt: skip
def test_odd_entries(item: str, title: str, text: str, url: str | None) -> None:
    body = (
        f'<rss version="2.0" xmlns:yandex="http://news.yandex.ru"><channel><item>{item}</item></channel></rss>'
    )
    (found,) = read(body.encode()).items
    assert (found.title, found.text, found.url) == (title, text, url)


def test_entries_without_title_and_text_are_none() -> None:
    assert read(rss("<item><link>/a</link></item><item/>" + ITEM.format(date=""))).items[0].url is not None


def test_entities_that_grow_are_not_expanded() -> None:
    grow = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    body = f'<!DOCTYPE rss [<!ENTITY e0 "ha">{grow}]>' + rss("<item><title>А &e9;</title></item>").decode()[38:]
    assert sum(len(item.title) for item in read(body.encode()).items) < 1000


@pytest.mark.parametrize("entity", ['SYSTEM "file:///etc/passwd"', 'SYSTEM "http://127.0.0.1:1/"'])
def test_entities_of_elsewhere_are_not_fetched(entity: str) -> None:
    body = f"<!DOCTYPE rss [<!ENTITY x {entity}>]>" + rss("<item><title>А &x;</title></item>").decode()[38:]
    assert "root" not in "".join(item.title for item in read(body.encode()).items)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Стороны подписали соглашение...", True),
        ("Стороны подписали соглашение… ", True),
        ("Стороны подписали [&hellip;]".replace("&hellip;", "…"), True),
        ("Стороны подписали. Читать далее", True),
        ("Стороны подписали.\nПодробнее →", True),
        ("Стороны подписали соглашение.", False),
        ("Спортсмены, студенты и так далее.", False),
        ("Он сказал: «Ну...» И ушёл.", False),
        ("", False),
    ],
)
def test_text_that_goes_on_elsewhere(text: str, cut: bool) -> None:
    assert stubs.is_cut(text) is cut
    (item,) = read(rss(f"<item><title>А</title><description>{text}</description></item>")).items
    assert (item.reading is Reading.FULL) is (bool(text) and not cut)


def test_offset_of_somewhere_is_utc() -> None:
    (item,) = read(rss(ITEM.format(date="Mon, 23 Nov 2026 10:00:00 -0000"))).items
    assert item.published.moment == datetime(2026, 11, 23, 10, tzinfo=UTC)
