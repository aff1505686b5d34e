"""Sitemaps: what they list, what of a broken one is kept, and how far back several together reach."""

import gzip
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crawlers import sitemap
from crawlers.document import Document, NotAFeed
from crawlers.items import Item
from crawlers.outcome import Outcome
from crawlers.sitemap import Index, Part
from tests.crawlers.local_press import Answer, Press, at, page, sitemap_index, urlset

NOW = at("2026-11-24T12:00")
TWO = urlset(("https://example.by/a", "2026-11-23T10:00:00Z"), ("https://example.by/b", "2026-11-21T10:00:00Z"))
NEWS = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://example.by/a</loc>'
    "<lastmod>2026-11-24</lastmod><news:news><news:publication_date>2026-11-20T09:00:00+03:00"
    "</news:publication_date><news:title>Гомель и Брянск</news:title></news:news></url></urlset>"
)


def read(body: bytes | str) -> Document:
    found = parsed(body)
    assert isinstance(found, Document)
    return found


def parsed(body: bytes | str) -> Document | Index:
    body = body.encode() if isinstance(body, str) else body
    return sitemap.read(body, "https://example.by/map.xml", ZoneInfo("Europe/Minsk"), NOW)


def urls_of(document: Document) -> list[str | None]:
    return [item.url for item in document.items]


def test_news_extension_knows_the_date_and_the_headline() -> None:
    (item,) = read(NEWS).items
    assert (item.title, item.published.moment) == ("Гомель и Брянск", at("2026-11-20T06:00"))


@pytest.mark.parametrize("body", [TWO.encode(), gzip.compress(TWO.encode()), b"\n " + TWO.encode(),
                                  gzip.compress(TWO.encode()[:50]) + gzip.compress(TWO.encode()[50:])])  # fmt: skip
def test_whole_one_reaches_back_to_its_oldest(body: bytes) -> None:
    document = read(body)
    assert urls_of(document) == ["https://example.by/a", "https://example.by/b"]
    assert (document.whole, document.reaches_back) == (True, at("2026-11-21T10:00"))


@pytest.mark.parametrize(
    "body",
    [
        TWO.encode()[: TWO.index("</urlset>") - 8],
        gzip.compress(TWO.encode())[:-9],
        TWO.replace("</urlset>", "").encode(),
    ],
    ids=["cut off", "cut gzip", "no end"],
)
def test_one_that_is_cut_off_is_kept_and_vouches_for_nothing(body: bytes) -> None:
    document = read(body)
    assert "https://example.by/a" in urls_of(document)
    assert (document.whole, document.reaches_back) == (False, None)
    assert document.note == "a sitemap that is cut off"


def test_undated_address_makes_the_reach_unknown() -> None:
    body = urlset(("https://example.by/a", "2026-11-23T10:00:00Z"), ("https://example.by/b", None))
    assert read(body).reaches_back is None


@pytest.mark.parametrize(
    "body",
    [b"", b"text", b"<html><body>no</body></html>", b"<a/>", b"\x1f\x8b\x08junk", b"\0\0\0",
     sitemap_index(("https://example.by/a.xml", None)).encode()[:-20]],
)  # fmt: skip
def test_another_document_is_none(body: bytes) -> None:
    with pytest.raises(NotAFeed):
        parsed(body)


def test_gzip_that_grows_beyond_the_limit_is_refused() -> None:
    bomb = gzip.compress(b"<urlset>" + b" " * sitemap.MOST_BYTES)
    with pytest.raises(NotAFeed, match="unpacks to more than 50 MB"):
        parsed(bomb)


def test_bomb_in_several_members_is_refused_too() -> None:
    with pytest.raises(NotAFeed, match="unpacks to more than 50 MB"):
        parsed(gzip.compress(b" " * (sitemap.MOST_BYTES // 4)) * 5)


def test_entities_are_not_expanded() -> None:
    grow = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    body = f'<!DOCTYPE urlset [<!ENTITY e0 "ha">{grow}]>' + TWO[TWO.index("<urlset") :].replace(
        "example.by/b", "example.by/&e9;"
    )
    assert urls_of(read(body))[0] == "https://example.by/a"


def day(number: int) -> datetime:
    return datetime(2026, 11, number, tzinfo=UTC)


def part(*days: int, whole: bool = True) -> Document:
    items = [Item(f"https://example.by/{number}", "") for number in days]
    return Document(items, day(min(days)) if days else None, whole)


@pytest.mark.parametrize(
    ("parts", "unread", "reach"),
    [
        ([part(20, 22), part(10, 12)], [], 10),
        ([part(20, 22), part()], [], 20),
        ([part(20, 22)], [day(12)], 20),
        ([part(10, 12)], [day(20)], 20),
        ([part(10, 12)], [day(8), None], None),
        ([part(10, 12), Document([Item("https://example.by/x", "")], None)], [], None),
        ([], [day(8)], None),
    ],
    ids=["all read", "an empty one", "an older one unread", "a newer one unread", "nobody knows which one unread",
         "an undated one", "none read"],
)  # fmt: skip
def test_several_reach_no_further_than_what_was_not_read(
    parts: list[Document], unread: list[datetime | None], reach: int | None
) -> None:
    joined = sitemap.joined(parts, [Part("https://example.by/p.xml", changed) for changed in unread])
    assert joined.reaches_back == (day(reach) if reach else None)
    assert joined.whole is not bool(unread)


def test_index_whose_parts_fail_in_all_ways(press: Press) -> None:
    """The parts that can be read are, the window leaves out the old one, and the reach says so."""
    site = press.outlet("gazeta", {"kind": "sitemap", "url": "/map.xml"})
    bad = press.outlet("all-fail", {"kind": "sitemap", "url": "/map.xml"})
    answers = {
        "html": Answer("<html>"), "gone": Answer("", 404), "nested": Answer(sitemap_index(("http://a.by/", None))),
        "empty": Answer(""), "hang": Answer("", hangs=True), "304": Answer("", 304),
    }  # fmt: skip
    for one in (site, bad):
        for name, answer in answers.items():
            one[f"/{name}.xml"] = answer
    site["/good.xml.gz"] = gzip.compress(urlset((f"{site.url}/1", "2026-11-10T10:00:00Z")).encode())
    site["/1"] = page("Первая")
    when = {name: f"2026-11-{12 + number}T00:00:00Z" for number, name in enumerate(answers)}
    listed = [(f"{site.url}/{name}.xml", stated) for name, stated in when.items()]
    site["/map.xml"] = sitemap_index(
        *listed, (f"{site.url}/good.xml.gz", None), (f"{site.url}/old.xml", "2026-01-01")
    )
    bad["/map.xml"] = sitemap_index(*((f"{bad.url}/{name}.xml", None) for name in answers))
    found = press.crawl(NOW, timeout=3)
    one = found["gazeta/sitemap"]
    assert (one.outcome, one.entries_seen, one.entries_new) == (Outcome.NEW, 1, 1)
    assert one.reaches_back == at("2026-11-17T00:00")
    assert "1 of 8 parts left out" in one.message
    assert [article.title for article in press.articles("gazeta")] == ["Первая"]
    assert (found["all-fail/sitemap"].outcome, found["all-fail/sitemap"].reaches_back) == (Outcome.ERROR, None)
    assert site.count("/old.xml") == 0


def test_part_that_changed_on_a_day_may_have_done_so_at_its_end() -> None:
    found = parsed(sitemap_index(("https://example.by/a.xml", "2026-11-20")))
    assert isinstance(found, Index)
    assert found.parts[0].changed == at("2026-11-20T21:00")  # midnight in Minsk


def test_parts_are_read_back_to_the_day_that_is_asked_for(press: Press) -> None:
    site = press.outlet("gazeta", {"kind": "sitemap", "url": "/map.xml"})
    changed = {"new": "2026-11-20", "old": "2026-08-10", "older": "2026-05-01"}
    site["/map.xml"] = sitemap_index(*((f"{site.url}/{name}.xml", stated) for name, stated in changed.items()))
    for name, stated in changed.items():
        site[f"/{name}.xml"] = urlset((f"{site.url}/{name}", stated))
        site[f"/{name}"] = page(f"Статья {name}")
    (one,) = press.crawl(NOW, back_to=(NOW - timedelta(days=120)).date()).values()
    assert sorted(article.title for article in press.articles("gazeta")) == ["Статья new", "Статья old"]
    assert one.reaches_back == at("2026-08-10T09:00")  # noon in Minsk; what is older was not read
