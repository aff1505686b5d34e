"""Letters survive what sites say about them, and are refused where they cannot."""

import pytest

from crawlers.encoding import Undecodable, decode
from crawlers.parse import NotAFeed, feed
from tests.crawlers.local_press import at, entry, rss
from tests.crawlers.test_parse import NOW, ZONE

TITLE = "Новости Гомельской области: соглашение"
ENTRY = entry("/a", TITLE, at("2026-11-09T10:00"), "Стороны договорились о поставках техники")


def titles(body: bytes, content_type: str = "") -> list[str]:
    headers = {"content-type": content_type} if content_type else {}
    return [item.title for item in feed(body, "https://example.by/rss", headers, ZONE, NOW, full=True).items]


@pytest.mark.parametrize("header", ["", "text/xml", "text/xml; charset=utf-8", "text/xml; charset=windows-1251",
                                    "text/html; charset=ISO-8859-1", "application/xml; charset=nonsense"])  # fmt: skip
@pytest.mark.parametrize("declared", ["utf-8", "windows-1251", "iso-8859-1", "win-1251", "base64"])
@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251"])
def test_letters_are_what_the_bytes_are(encoding: str, declared: str, header: str) -> None:
    assert titles(rss(ENTRY, encoding=encoding, declared=declared), header) == [TITLE]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_wide_letters_are_read_with_and_without_a_mark(encoding: str) -> None:
    assert titles(rss(ENTRY, encoding=encoding, declared="utf-16")) == [TITLE]


@pytest.mark.parametrize(
    ("encoding", "declared", "text"),
    [
        ("koi8-r", "koi8-r", TITLE),
        ("iso-8859-5", "iso-8859-5", TITLE),
        ("windows-1254", "windows-1254", "Türkmenistanla müqavile bağlandı"),
        ("windows-1257", "windows-1257", "Lietuvos ir Baltarusijos sienų apsauga šiąnakt"),
    ],
)
def test_other_encodings_are_believed_where_they_make_words(encoding: str, declared: str, text: str) -> None:
    feed_of_latin = rss(entry("/a", text, None), declared=declared).decode().replace("Газета", "Gazeta")
    assert titles(feed_of_latin.encode(encoding)) == [text]


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(lambda raw: raw.replace("техники".encode(), b"\xd0"), id="half a letter"),
        pytest.param(lambda raw: raw[: raw.index("поставках".encode()) + 1], id="cut inside a letter"),
    ],
)
def test_one_broken_letter_costs_no_feed(harm: object) -> None:
    assert callable(harm)
    assert titles(harm(rss(entry("/b", "Первая", None), ENTRY)))[0] == "Первая"


@pytest.mark.parametrize("encoding", ["koi8-r", "iso-8859-5"])
def test_letters_that_nothing_tells_are_refused(encoding: str) -> None:
    with pytest.raises(Undecodable, match="bytes that are no utf-8"):
        titles(rss(ENTRY, encoding=encoding, declared="utf-8"))


def test_letters_that_the_site_lost_are_refused() -> None:
    with pytest.raises(Undecodable):
        titles(rss(entry("/a", "\ufffd" * 40, at("2026-11-09T10:00"))))


@pytest.mark.parametrize("body", [bytes(range(128, 256)) * 4, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9])
def test_bytes_that_are_no_text_are_no_feed(body: bytes) -> None:
    with pytest.raises(NotAFeed):
        titles(body)


def test_plain_letters_need_no_encoding() -> None:
    assert decode(b"<rss>", "text/xml; charset=utf-16") == "<rss>"
