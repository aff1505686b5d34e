"""The archive: one article for all its sightings, the best reading of it, and its text as it was."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlite_utils import Database

from crawlers import archive, store
from crawlers.dates import Published, Quality
from crawlers.items import Article, Item, Reading
from tests.crawlers.local_press import at

MINSK = ZoneInfo("Europe/Minsk")
NOW = at("2026-11-24T12:00")


def dated(moment: str) -> Published:
    return Published(at(moment), moment, Quality.FEED)


DATED = dated("2026-11-09T22:30")
ITEM = Item("https://example.by/a", "Соглашение", "Текст", DATED, reading=Reading.SUMMARY)


def save(
    db: Database, item: Item, outlet: str | None = "gazeta", source: str = "gazeta/feed", now: datetime = NOW
) -> tuple[int, bool]:
    with store.writing(db) as connection:
        return archive.save(connection, item, outlet, source, MINSK, now)


def only(db: Database) -> Article:
    (article,) = archive.articles(db)
    return article


def revisions(db: Database) -> list[str]:
    return [row["title"] for row in store.query(db, "SELECT title FROM revisions ORDER BY seen")]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(
            replace(ITEM, url="http://www.example.by/a/?utm_source=rss#top"), id="variant of the address"
        ),
        pytest.param(replace(ITEM, title="Другой заголовок", text="Другое"), id="edited"),
        pytest.param(replace(ITEM, guid="7", published=Published(None, None, Quality.UNKNOWN)), id="guid"),
    ],
)
def test_address_makes_two_sightings_one_article(db: Database, other: Item) -> None:
    assert save(db, ITEM) == (1, True)
    assert save(db, other, source="gazeta/sitemap") == (1, False)
    assert only(db).source == "gazeta/feed"


@pytest.mark.parametrize(
    ("other", "outlet", "same"),
    [
        pytest.param({"text": "Другое"}, "gazeta", True, id="text differs"),
        pytest.param({"title": "СОГЛАШЕНИЕ"}, "gazeta", True, id="capitals"),
        pytest.param({"url": "mailto:a@example.by"}, "gazeta", True, id="no address of the web"),
        pytest.param({"published": dated("2026-11-10T10:00")}, "gazeta", True, id="hour differs"),
        pytest.param({"published": dated("2026-11-11T10:00")}, "gazeta", False, id="day differs"),
        pytest.param({"title": "Договор"}, "gazeta", False, id="title differs"),
        pytest.param({}, "vestnik", False, id="outlet differs"),
    ],
)
def test_without_address_outlet_title_and_day_do(
    db: Database, other: dict[str, object], outlet: str, same: bool
) -> None:
    bare = replace(ITEM, url=None)
    save(db, bare)
    assert save(db, replace(bare, **other), outlet)[1] is not same


@pytest.mark.parametrize(
    ("other", "outlet", "same"),
    [
        pytest.param({"title": "Другой заголовок", "text": "Другое"}, "gazeta", True, id="edited"),
        pytest.param({"guid": "8"}, "gazeta", False, id="guid differs"),
        pytest.param({"guid": None}, "gazeta", False, id="without a guid"),
        pytest.param({"published": dated("2026-11-11T10:00")}, "gazeta", False, id="day differs"),
        pytest.param({}, "vestnik", False, id="outlet differs"),
    ],
)
def test_without_address_a_guid_makes_two_sightings_one_article(
    db: Database, other: dict[str, object], outlet: str, same: bool
) -> None:
    bare = replace(ITEM, url=None, guid="7")
    save(db, bare)
    assert save(db, replace(bare, **other), outlet)[1] is not same
    assert revisions(db) == ([ITEM.title] if same else [])


def test_undated_items_without_address_are_told_apart_by_their_text(db: Database) -> None:
    bare = Item(None, "Коротко", "Раз", reading=Reading.FULL)
    assert [save(db, item)[1] for item in (bare, replace(bare, text="Два"), bare)] == [True, True, False]


def test_article_is_read_back_as_it_was_saved(db: Database) -> None:
    text = "Ў Магілёве — «пагадненне».\nДругі абзац 😀\n" + "ж" * 10_000
    save(db, replace(ITEM, text=text, language="be"))
    article = only(db)
    assert (article.title, article.text, article.language) == ("Соглашение", text, "be")
    assert (article.url, article.outlet, article.source) == (ITEM.url, "gazeta", "gazeta/feed")
    assert (article.published, article.reading) == (DATED.moment, Reading.SUMMARY)
    assert article.text_hash == archive.text_hash("Соглашение", text)


def test_day_is_that_of_the_outlets_zone(db: Database) -> None:
    save(db, ITEM)
    assert only(db).day == date(2026, 11, 10)


def test_undated_item_of_an_outlet_counts_as_first_seen(db: Database) -> None:
    save(db, replace(ITEM, published=Published(None, "вчера", Quality.UNKNOWN)))
    (row,) = store.query(db, "SELECT published, published_raw, published_quality FROM articles")
    assert row == {
        "published": "2026-11-24T12:00:00Z", "published_raw": "вчера", "published_quality": "first_seen",
    }  # fmt: skip


def test_undated_item_of_no_outlet_stays_undated(db: Database) -> None:
    save(db, replace(ITEM, published=Published(None, None, Quality.UNKNOWN)), outlet=None)
    assert (only(db).published, only(db).day) == (None, None)


@pytest.mark.parametrize(
    ("poorer", "better"),
    [
        (Reading.TITLE, Reading.SUMMARY),
        (Reading.TITLE, Reading.PAGE),
        (Reading.SUMMARY, Reading.PAGE),
        (Reading.SUMMARY, Reading.FULL),
    ],
)
def test_better_reading_replaces_a_poorer_one_and_never_the_reverse(
    db: Database, poorer: Reading, better: Reading
) -> None:
    short = replace(ITEM, text="Коротко", reading=poorer)
    long = replace(ITEM, text="Весь текст", title="Полный заголовок", reading=better)
    save(db, short)
    save(db, long)
    assert (only(db).text, only(db).title, only(db).reading) == ("Весь текст", "Полный заголовок", better)
    save(db, short)
    assert (only(db).text, only(db).title, only(db).reading) == ("Весь текст", "Полный заголовок", better)


def test_better_reading_with_the_same_words_counts(db: Database) -> None:
    save(db, ITEM)
    save(db, replace(ITEM, reading=Reading.PAGE))
    assert only(db).reading is Reading.PAGE


def test_date_of_the_page_replaces_the_day_of_first_sight(db: Database) -> None:
    save(db, replace(ITEM, published=Published(None, None, Quality.UNKNOWN)))
    save(db, replace(ITEM, text="Весь текст", reading=Reading.PAGE))
    assert only(db).published == DATED.moment


@pytest.mark.parametrize("edited", [{"title": "Исправлено"}, {"text": "Исправлено"}], ids=["title", "text"])
@pytest.mark.parametrize("reading", [Reading.SUMMARY, Reading.PAGE, Reading.FULL])
def test_edit_leaves_a_revision(db: Database, reading: Reading, edited: dict[str, str]) -> None:
    first = replace(ITEM, reading=reading)
    save(db, first)
    save(db, replace(first, **edited), now=at("2026-11-25T12:00"))
    (row,) = store.query(db, "SELECT * FROM revisions")
    assert row == {
        "article": 1, "seen": "2026-11-25T12:00:00Z", "title": "Соглашение",
        "text_hash": archive.text_hash("Соглашение", "Текст"),
    }  # fmt: skip
    article = only(db)
    assert "Исправлено" in (article.title, article.text)


@pytest.mark.parametrize("text", ["Текст", "ТЕКСТ ", "\n Текст"])
def test_same_words_leave_no_revision(db: Database, text: str) -> None:
    save(db, ITEM)
    save(db, replace(ITEM, text=text))
    assert revisions(db) == []
    assert only(db).text == "Текст"


def test_language_is_looked_for_only_in_what_is_stored(db: Database) -> None:
    asked: list[str] = []

    def sighted(item: Item) -> None:
        with store.writing(db) as connection:
            archive.save(
                connection, item, "gazeta", "gazeta/feed", MINSK, NOW, lambda one: asked.append(one.text)
            )

    sighted(ITEM)
    sighted(replace(ITEM, published=dated("2026-11-09T23:00")))  # known, and nothing to store
    sighted(replace(ITEM, text="Новый текст"))
    assert asked == ["Текст", "Новый текст"]


def test_language_once_known_is_kept(db: Database) -> None:
    save(db, replace(ITEM, language="be"))
    save(db, replace(ITEM, text="Новы тэкст", language=None))
    assert only(db).language == "be"


def test_stated_date_is_not_replaced_by_a_later_one(db: Database) -> None:
    save(db, ITEM)
    save(db, replace(ITEM, published=dated("2026-11-20T10:00")))
    assert only(db).published == DATED.moment


def test_article_imported_for_no_outlet_becomes_its_outlets(db: Database) -> None:
    """It would stay no proof of coverage for ever, since the crawl finds it known."""
    save(db, ITEM, outlet=None, source="import:archive")
    assert save(db, ITEM) == (1, False)
    assert (only(db).outlet, only(db).day) == ("gazeta", date(2026, 11, 10))
    save(db, ITEM, outlet="vestnik")
    assert only(db).outlet == "gazeta"


def test_day_alone_is_the_same_day_for_the_outlet(db: Database) -> None:
    day = Published(at("2026-11-09T22:30"), "2026-11-09", Quality.DAY)
    with store.writing(db) as connection:
        archive.save(connection, replace(ITEM, published=day), None, "import:archive", ZoneInfo("UTC"), NOW)
    save(db, ITEM)
    assert (only(db).outlet, only(db).day) == ("gazeta", date(2026, 11, 9))


def test_half_a_character_is_stored_as_a_mark_of_its_loss(db: Database) -> None:
    raw = Published(None, "\ud83d", Quality.UNKNOWN)
    save(
        db, Item("https://example.by/\ud83d", "Смайл \ud83d", "\ud83d", raw, language="\ud83d"), source="\ud83d"
    )
    assert (only(db).title, only(db).text) == ("Смайл \ufffd", "\ufffd")


def test_articles_come_in_order_and_by_condition(db: Database) -> None:
    for number in (3, 1, 2):
        save(db, replace(ITEM, url=f"https://example.by/{number}"), outlet="ab"[number % 2])
    assert [one.url for one in archive.articles(db)] == [
        "https://example.by/3", "https://example.by/1", "https://example.by/2",
    ]  # fmt: skip
    assert [one.id for one in archive.articles(db, "a.outlet = ?", ("b",))] == [1, 2]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Заголовок", "Текст"), ("ЗАГОЛОВОК", " текст\n"), True),
        (("Ещё", "«а»"), ("еще", '"А"'), True),
        (("Заголовок", "Текст"), ("Заголовок", "Тексты"), False),
        (("Заголовок", "Текст"), ("Текст", "Заголовок"), False),
    ],
)
def test_text_hash(one: tuple[str, str], other: tuple[str, str], same: bool) -> None:
    assert (archive.text_hash(*one) == archive.text_hash(*other)) is same
