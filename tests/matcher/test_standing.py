"""A change of catalogue, outlet or article matches again what it may concern, and the rest stands."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlite_utils import Database

from crawlers import archive, store
from crawlers.dates import Published, Quality
from crawlers.items import Item, Reading
from crawlers.migrations import migrations as crawlers_migrations
from crawlers.registry import Outlet, Source
from matcher import standing
from matcher.match import Matcher
from matcher.migrations import migrations as matcher_migrations
from matcher.store import match_archive
from tests.matcher.tiny_catalogue import Tiny

MINSK = ZoneInfo("Europe/Minsk")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = Published(NOW, None, Quality.FEED)

TITLES = (
    "Могилёвская область и Костромская область продлили соглашение о сотрудничестве",
    "Могилёвская область и Костромская область приняли план мероприятий на 2017–2019 годы",
    "Льнокомбинат открыл магазин льна в Костромской области",
    "Могилёв и Галич обсудили соглашение о сотрудничестве",
    "Могилёвская область и Галич обсудили соглашение о сотрудничестве",
    "Завтра в Могилёве дождь",
    "В Костромской области собран урожай",
    "Новости дня",
)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = store.open_database(tmp_path / "mediagap.db", [crawlers_migrations, matcher_migrations])
    yield opened
    opened.close()


@pytest.fixture
def filled(db: Database, tiny: Tiny) -> Database:
    for title in TITLES:
        publish(db, title)
    run = match_archive(db, Matcher(tiny.load()), {})
    assert (run.articles, run.about) == (len(TITLES), 3)
    return db


def publish(db: Database, title: str, published: Published = DAY, outlet: str | None = "example") -> int:
    item = Item(f"https://example.by/{title}", title, "", published, language="ru", reading=Reading.FULL)
    with store.writing(db) as connection:
        return archive.save(connection, item, outlet, "example.feed", MINSK, NOW)[0]


def answers(db: Database) -> list[list[tuple[object, ...]]]:
    tables = ("matches", "near_misses", "pair_matches", "matched")
    return [list(db.conn.execute(f"SELECT * FROM {table} ORDER BY 1, 2")) for table in tables]


GALICH = """\
  - id: ru-galich
    kind: city
    within: RU-KOS
    names: {ru: [Галич]}
organisations:"""
LOOK_ALIKE = """\
look_alikes:
  - means: a lake
    phrases: {ru: [Костромская область льна, магазин льна]}
organisations:"""


def add_entry(tiny: Tiny) -> None:
    tiny.entries.write_text(
        tiny.entries.read_text(encoding="utf-8")
        + """\
  - id: tiny-plan-2
    kind: plan
    title: {ru: Второй план областей, be: Другі план абласцей, en: Second plan of the regions}
    parties: [{place: BY-MA}, {place: RU-KOS}]
    pairs: ["BY-MA:RU-KOS"]
    starts: "2020"
    status: in_force
    status_as_of: "2017"
    sector: [general]
    book: {chapters: [10]}
""",
        encoding="utf-8",
    )


CHANGES: dict[str, tuple[Callable[[Tiny], None], int]] = {
    # name: (change, how many of the articles it can concern)
    "an entry": (lambda tiny: tiny.change('signed: "2006"', 'signed: "2007"'), 3),
    "another entry": (add_entry, 3),
    "an anchor": (lambda tiny: tiny.change("kind: dealership", "kind: dealership\n    anchors: {ru: [новости]}"), 4),
    "a name less": (lambda tiny: tiny.change_places("names: {ru: [Льнокомбинат]}", "names: {ru: [Фабрика]}"), 3),
    "a place more": (lambda tiny: tiny.change_places("organisations:", GALICH), 2),
    "a look-alike": (lambda tiny: tiny.change_places("organisations:", LOOK_ALIKE), 1),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_answers_are_those_of_matching_all_anew(
    filled: Database, tiny: Tiny, tmp_path: Path, name: str
) -> None:
    change, concerned = CHANGES[name]
    change(tiny)
    matcher = Matcher(tiny.load())
    assert match_archive(filled, matcher, {}).articles == concerned
    fresh = store.open_database(tmp_path / "fresh.db", [crawlers_migrations, matcher_migrations])
    for title in TITLES:
        publish(fresh, title)
    match_archive(fresh, matcher, {})
    assert answers(filled) == answers(fresh)
    fresh.close()


def test_another_program_matches_all_anew(
    filled: Database, tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "VERSION", "another")
    tiny.change('signed: "2006"', 'signed: "2007"')
    assert match_archive(filled, Matcher(tiny.load()), {}).articles == len(TITLES)


def test_what_a_killed_run_left_is_done_by_the_next(filled: Database, tiny: Tiny) -> None:
    tiny.change('signed: "2006"', 'signed: "2007"')
    matcher = Matcher(tiny.load())
    standing.settle(filled, matcher, {})  # and killed before the first batch
    assert match_archive(filled, matcher, {}).articles == 3


def test_all_can_be_asked_for_and_goes_on_where_it_was_stopped(filled: Database, tiny: Tiny) -> None:
    matcher = Matcher(tiny.load())
    assert standing.again(filled)
    filled.conn.execute("UPDATE matched SET version = ? WHERE article < 4", (matcher.version,))
    assert not standing.again(filled)
    assert match_archive(filled, matcher, {}).articles == len(TITLES) - 3
    assert match_archive(filled, matcher, {}).articles == 0


def test_another_day_or_outlet_of_an_article_matches_it_again(db: Database, tiny: Tiny) -> None:
    matcher = Matcher(tiny.load())
    publish(db, TITLES[0], Published(None, None, Quality.FEED), None)
    publish(db, TITLES[1], Published(None, None, Quality.FEED), None)
    assert match_archive(db, matcher, {}).articles == 2
    publish(db, TITLES[0])
    assert match_archive(db, matcher, {}).articles == 1
    assert match_archive(db, matcher, {}).articles == 0


def outlet(region: str) -> dict[str, Outlet]:
    source = Source(kind="feed", url="https://example.by/feed")
    return {
        "example": Outlet(
            id="example", title="Прыклад", family="example", homepage="https://example.by/", country="BY",
            region=region, level="regional", type="press", control="unknown", languages=("ru",),
            time_zone="Europe/Minsk", sources=(source,), verified=None,
        )
    }  # fmt: skip


def test_outlet_that_lies_elsewhere_has_its_articles_matched_again(db: Database, tiny: Tiny) -> None:
    matcher = Matcher(tiny.load())
    publish(db, TITLES[0])
    publish(db, TITLES[1], outlet=None)
    assert match_archive(db, matcher, outlet("BY-MA")).articles == 2
    assert match_archive(db, matcher, outlet("BY-MA")).articles == 0
    assert match_archive(db, matcher, outlet("BY-VI")).articles == 1
    assert match_archive(db, matcher, outlet("BY-VI")).articles == 0


def test_several_processes_say_the_same(filled: Database, tiny: Tiny) -> None:
    before = answers(filled)
    standing.again(filled)
    run = match_archive(filled, Matcher(tiny.load()), {}, processes=2)
    assert run.articles == len(TITLES)
    assert answers(filled) == before
