"""Listing pages: what the selectors find, and that a redesigned page is never an empty one."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from crawlers import listing
from crawlers.dates import Quality
from crawlers.document import Document, NotAFeed
from crawlers.encoding import Undecodable
from crawlers.selectors import Selectors
from tests.crawlers.local_press import Answer, Press, Site, at, page

NOW = at("2026-11-24T12:00")
MINSK = ZoneInfo("Europe/Minsk")
HOW = {
    "items": "ul.news li",
    "title": "a",
    "date": "time, .date",
    "date_format": "%d.%m.%Y %H:%M",
    "next": "a.older",
}


def row(number: int, when: str = "", title: str = "") -> str:
    return f'<li><span class="date">{when}</span> <a href="/n/{number}">{title or f"Новость {number}"}</a></li>'


def html(*rows: str, older: str = "") -> str:
    link = f'<a class="older" href="{older}">раньше</a>' if older else ""
    return (
        f'<!doctype html><html><head><meta charset="utf-8"></head><body><nav><a href="/">Дом</a></nav>'
        f'<ul class="news">{"".join(rows)}</ul>{link}</body></html>'
    )


def read(text: str | bytes, **how: Any) -> tuple[Document, str | None]:
    body = text.encode() if isinstance(text, str) else text
    selectors = Selectors.model_validate(HOW | how)
    return listing.read(body, "text/html; charset=utf-8", "https://example.by/news/", selectors, MINSK, NOW)


def test_items_have_address_headline_and_date_of_the_outlets_zone() -> None:
    (item,) = read(html(row(1, "24.11.2026 10:30")))[0].items
    assert (item.url, item.title) == ("https://example.by/n/1", "Новость 1")
    assert (item.published.moment, item.published.quality) == (at("2026-11-24T07:30"), Quality.LISTING)


def test_datetime_attribute_comes_before_words() -> None:
    (item,) = read(html('<li><time datetime="2026-11-23T10:00:00+03:00">вчера</time><a href="/1">А</a></li>'))[
        0
    ].items
    assert item.published.moment == at("2026-11-23T07:00")


@pytest.mark.parametrize("when", ["", "вчера", "24 ноября", "32.11.2026 10:00", "24.11.2027 10:00"])
def test_date_that_cannot_be_read_is_unknown_and_so_is_how_far_back_the_page_reaches(when: str) -> None:
    document, _ = read(html(row(2, "24.11.2026 10:30"), row(1, when)))
    assert document.items[1].published.moment is None
    assert document.reaches_back is None


def test_a_day_without_a_time_is_not_fully_listed() -> None:
    form = {"date_format": "%d.%m.%Y"}
    document, _ = read(html(row(2, "24.11.2026"), row(1, "22.11.2026")), **form)
    assert document.items[1].published.quality is Quality.DAY
    assert document.reaches_back == at("2026-11-22T21:00")  # midnight in Minsk: the 22nd itself may go on


def test_pseudo_elements_name_text_and_attributes() -> None:
    text = html('<li data-at="2026-11-24T09:00:00Z"><a href="/1"><b>Важно</b> Заголовок</a></li>')
    (item,) = read(text, title="a::text", date="*::attr(data-at)", link="a::attr(href)", items="ul.news")[
        0
    ].items
    assert (item.url, item.title, item.published.moment) == (
        "https://example.by/1",
        "Заголовок",
        at("2026-11-24T09:00"),
    )


def test_the_item_may_be_the_link_itself() -> None:
    (item,) = read('<a class="n" href="/1">Заголовок</a>', items="a.n", title=None)[0].items
    assert (item.url, item.title) == ("https://example.by/1", "Заголовок")


def test_item_without_link_or_words_is_left_out_and_each_address_counts_once() -> None:
    text = html(
        row(1),
        "<li>Реклама</li>",
        '<li><a href="/n/9"> </a></li>',
        '<li><a href="javascript:x">Ж</a></li>',
        row(1),
    )
    assert [item.url for item in read(text)[0].items] == ["https://example.by/n/1"]


@pytest.mark.parametrize("text", ["<html><body><p>Новый дизайн</p></body></html>", "{}", "\x00\x01", html()])
def test_page_without_items_is_no_listing(text: str) -> None:
    with pytest.raises(NotAFeed, match="the selectors find no item"):
        read(text)


@pytest.mark.parametrize("declared", ["utf-8", "windows-1251", "iso-8859-1"])
def test_letters_are_told_by_the_bytes(declared: str) -> None:
    page = html(row(1)).replace("utf-8", declared).encode("cp1251")
    assert [item.title for item in read(page)[0].items] == ["Новость 1"]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(html(row(1, title="Новость")).encode("koi8-r"), id="told by nothing"),
        pytest.param(html(row(1, title="\ufffd" * 40)).encode(), id="lost by the site"),
    ],
)
def test_lost_letters_are_refused(body: bytes) -> None:
    with pytest.raises(Undecodable):
        read(body)


def test_page_that_is_too_long_vouches_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    text = html(row(2, "24.11.2026 10:30"), row(1, "24.11.2026 10:00"))
    monkeypatch.setattr(listing, "_MOST_BYTES", len(text.encode()) - 20)
    document, _ = read(text)
    assert [item.url for item in document.items] == ["https://example.by/n/2", "https://example.by/n/1"]
    assert (document.whole, document.reaches_back) == (False, None)


def test_link_to_older_items() -> None:
    assert read(html(row(1), older="?page=2"))[1] == "https://example.by/news/?page=2"
    assert read(html(row(1)))[1] is None
    assert read(html(row(1), older="/2"), next=None)[1] is None


SOURCE = {"kind": "listing", "url": "/news", "selectors": HOW}
FIRST, SECOND = at("2026-11-23T12:00"), at("2026-11-24T12:00")


@pytest.fixture
def site(press: Press) -> Site:
    site = press.outlet("gazeta", SOURCE)
    for number in range(1, 10):
        site[f"/n/{number}"] = page(f"Новость {number}", published=f"2026-11-{14 + number:02}T08:00:00+03:00")
    return site


def rows(*numbers: int) -> list[str]:
    return [row(number, f"{14 + number}.11.2026 08:00") for number in numbers]


def test_first_visit_reads_one_page_and_the_articles(press: Press, site: Site) -> None:
    site["/news"], site["/older"] = html(*rows(6, 5), older="/older"), html(*rows(4, 3))
    attempt = press.crawl(FIRST)["gazeta/listing"]
    assert (attempt.outcome, attempt.entries_seen, attempt.reaches_back) == ("new", 2, at("2026-11-19T05:00"))
    assert site.count("/older") == 0
    assert {a.reading for a in press.articles("gazeta")} == {"page"}


def test_later_visit_reads_on_until_known_items_appear(press: Press, site: Site) -> None:
    site["/news"] = html(*rows(4, 3))
    press.crawl(FIRST)
    site["/news"], site["/p2"], site["/p3"] = (
        html(*rows(8, 7), older="/p2"), html(*rows(6, 5), older="/p3"), html(*rows(4, 3), older="/p4"),
    )  # fmt: skip
    attempt = press.crawl(SECOND)["gazeta/listing"]
    assert (attempt.entries_seen, attempt.entries_new, attempt.overlap) == (6, 4, 2)
    assert attempt.reaches_back == at("2026-11-17T05:00")
    assert site.count("/p4") == 0


def test_back_to_a_day(press: Press, site: Site) -> None:
    site["/news"], site["/p2"], site["/p3"] = (
        html(*rows(6, 5), older="/p2"), html(*rows(4, 3), older="/p3"), html(*rows(2, 1)),
    )  # fmt: skip
    attempt = press.crawl(FIRST, back_to=at("2026-11-18").date())["gazeta/listing"]
    assert (attempt.entries_seen, attempt.reaches_back) == (4, at("2026-11-17T05:00"))


@pytest.mark.parametrize("answer", [Answer("gone", 404), "<html><body>Ошибка</body></html>"])
def test_older_page_that_fails_costs_nothing_of_the_newer(press: Press, site: Site, answer: Any) -> None:
    site["/news"] = html(*rows(2, 1))
    press.crawl(FIRST)
    site["/news"], site["/p2"] = html(*rows(8, 7), older="/p2"), answer
    attempt = press.crawl(SECOND)["gazeta/listing"]
    assert (attempt.outcome, attempt.entries_new, attempt.overlap) == ("new", 2, 0)


def test_circle_of_pages_ends(press: Press, site: Site) -> None:
    site["/news"], site["/p2"] = html(*rows(6, 5), older="/p2"), html(*rows(4, 3), older="/news")
    attempt = press.crawl(FIRST, back_to=at("2020-01-01").date())["gazeta/listing"]
    assert attempt.entries_seen == 4


def test_pages_of_another_host_are_not_followed(press: Press, site: Site) -> None:
    other = press.hidden_site()
    site["/news"] = html(*rows(6, 5), older=f"{other.url}/news")
    press.crawl(FIRST, back_to=at("2020-01-01").date())
    assert not other.asked


def test_redesigned_page_is_no_feed_and_never_empty(press: Press, site: Site) -> None:
    site["/news"] = "<html><body><div class='cards'>Новости</div></body></html>"
    attempt = press.crawl(FIRST)["gazeta/listing"]
    assert attempt.outcome == "not_a_feed"
    assert "selectors find no item" in attempt.message


def test_same_bytes_are_unchanged(press: Press, site: Site) -> None:
    site["/news"] = html(*rows(2, 1))
    press.crawl(FIRST)
    assert press.crawl(SECOND)["gazeta/listing"].outcome == "unchanged"


def test_undated_listing_takes_the_day_of_the_article(press: Press, site: Site) -> None:
    site["/news"] = html(row(3), row(2))
    press.crawl(FIRST)
    assert [str(a.day) for a in press.articles("gazeta")] == ["2026-11-17", "2026-11-16"]
