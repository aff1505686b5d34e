"""Stories: reprints join the text they repeat, whatever came in first, however often it is asked, once each."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import permutations
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlite_utils import Database

from crawlers import archive, registry, shingles, store, stories
from crawlers.bench import _reprints
from crawlers.dates import Published, Quality
from crawlers.items import Item, Reading
from crawlers.stories import Kind
from tests.crawlers.local_press import at

CASES = Path(__file__).parent / "stories"
TEXT = (
    "Делегация области завершила поездку к соседям и подписала план мероприятий на три года. В плане сорок два"
    " пункта, и отдельный раздел посвящён туризму по рекам. Товарооборот вырос на семнадцать процентов. Следующая"
    " встреча рабочей группы пройдёт в феврале на площадке завода оптических приборов."
)
OTHER = (
    "На трассе у вокзала закончили ремонт моста, который длился семь месяцев. Рабочие поменяли ограду и швы, а"
    " грузовики пустят после испытаний во вторник. Подрядчик обещает пять лет без ям, а жители просят ещё и"
    " остановку, чтобы не ходить к автобусу через поле в темноте."
)


@dataclass(frozen=True)
class Piece:
    """One text that an outlet printed on a day of November."""

    outlet: str
    day: int
    text: str = TEXT
    title: str = "Итоги поездки"


def save(db: Database, *pieces: Piece) -> list[int]:
    ids = []
    with store.writing(db) as connection:
        for one in pieces:
            moment = at(f"2026-11-{one.day:02}T10:00")
            item = Item(
                f"https://{one.outlet}.example/{one.day}/{abs(hash(one.title))}", one.title, one.text,
                Published(moment, None, Quality.FEED), reading=Reading.FULL,
            )  # fmt: skip
            ids.append(archive.save(connection, item, one.outlet, "s", ZoneInfo("UTC"), moment)[0])
    return ids


def told(db: Database, ids: Iterable[int]) -> list[tuple[int, str]]:
    places = stories.places(db)
    return [(places[one].story, places[one].kind.value) for one in ids]


def rows(db: Database) -> list[dict[str, Any]]:
    return [
        row
        for name in ("stories", "story_keys", "story_links")
        for row in store.query(db, f"SELECT * FROM {name}")
    ]


def test_labelled_reprints_are_told() -> None:
    """Floors: lowering one is an explicit act with a reason."""
    found = _reprints.tell_reprints(CASES)
    assert found.f1 >= 0.97
    assert found.true + found.missed >= 40
    assert found.wrong_kinds == ()
    assert found.wrong_agencies == ()


def test_reprint_names_its_origin(db: Database) -> None:
    first, second, third = save(db, Piece("a", 1), Piece("b", 2), Piece("c", 2, f"{TEXT}\nБелТА"))
    stories.group(db, {})
    places = stories.places(db)
    assert [places[one].origin for one in (first, second, third)] == [None, "a", "БелТА"]
    assert [places[one].own for one in (first, second, third)] == [True, False, False]
    assert {places[one].story for one in (first, second, third)} == {first}


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("at_once", [True, False])
def test_order_of_arrival_does_not_matter(db: Database, order: tuple[int, ...], at_once: bool) -> None:
    """The second is linked to both, the third only to the second: fifteen days are too long."""
    pieces = [Piece("a", 1), Piece("b", 8), Piece("c", 16)]
    ids: dict[int, int] = {}
    for number in order:
        (ids[number],) = save(db, pieces[number])
        if not at_once:
            stories.group(db, {})
    stories.group(db, {})
    assert told(db, [ids[0], ids[1], ids[2]]) == [(ids[0], "own"), (ids[0], "same"), (ids[0], "same")]


@pytest.mark.parametrize(("day", "kind"), [(11, "same"), (12, "own")])
def test_window_is_ten_days(db: Database, day: int, kind: str) -> None:
    ids = save(db, Piece("a", 1), Piece("b", day))
    stories.group(db, {})
    assert told(db, ids)[1][1] == kind


def test_outlet_that_repeats_itself_is_one_story_and_stays_what_it_was(db: Database) -> None:
    ids = save(db, Piece("a", 1), Piece("b", 2), Piece("a", 3, title="Ещё раз"))
    stories.group(db, {})
    assert told(db, ids) == [(ids[0], "own"), (ids[0], "same"), (ids[0], "own")]


def test_official_release_of_the_same_day_comes_first(db: Database, official: registry.Outlet) -> None:
    press, release = save(db, Piece("a", 1), Piece("office", 1))
    stories.group(db, {"office": official})
    assert told(db, [press, release]) == [(release, "same"), (release, "own")]
    stories.group(db, {})  # no longer known as official: the order of arrival decides
    assert told(db, [press, release]) == [(press, "own"), (press, "same")]


@pytest.fixture
def official() -> registry.Outlet:
    return registry.Outlet.model_validate(
        {"id": "office", "title": "Облисполком", "family": "office", "homepage": "https://office.example",
         "country": "BY", "region": "BY-HR", "level": "regional", "type": "official", "control": "unknown",
         "languages": ["ru"], "time_zone": "Europe/Minsk", "verified": None,
         "sources": [{"kind": "feed", "url": "https://office.example/feed"}]},
    )  # fmt: skip


def test_article_that_gets_an_outlet_is_compared_anew(db: Database) -> None:
    """One imported before its outlet had a source file; the other copy turns out to be the same outlet's."""
    first, second = save(db, Piece("a", 1), Piece("b", 2))
    stories.group(db, {})
    assert told(db, [first, second])[1] == (first, "same")
    with store.writing(db) as connection:
        connection.execute("UPDATE articles SET outlet = 'a' WHERE id = ?", (second,))
    assert stories.group(db, {}).articles == 1
    assert told(db, [first, second])[1] == (first, "own")


def test_changed_text_is_compared_anew(db: Database) -> None:
    first, second = save(db, Piece("a", 1), Piece("b", 2))
    stories.group(db, {})
    save(db, replace(Piece("a", 1), text=OTHER))
    assert first not in stories.places(db)  # until it has been compared again
    stories.group(db, {})
    assert told(db, [first, second]) == [(first, "own"), (second, "own")]


def test_again_changes_nothing(db: Database) -> None:
    save(db, Piece("a", 1), Piece("b", 2), Piece("c", 3, OTHER))
    assert stories.group(db, {}).articles == 3
    before = rows(db)
    assert stories.group(db, {}).articles == 0
    assert rows(db) == before


def test_killed_between_batches_loses_and_doubles_nothing(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stories, "_BATCH", 2)
    ids = save(db, *(Piece(f"o{number}", 1 + number % 9) for number in range(7)))

    def kill(done: int, _total: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stories.group(db, {}, kill)
    assert len(stories.places(db)) == 4
    stories.group(db, {})
    assert {story for story, _ in told(db, ids)} == {ids[0]}
    assert [kind for _, kind in told(db, ids)] == ["own", *["same"] * 6]


def test_undated_article_has_no_place(db: Database) -> None:
    with store.writing(db) as connection:
        item = Item(None, "Итоги", TEXT, reading=Reading.FULL)
        archive.save(connection, item, None, "import:x", ZoneInfo("UTC"), at("2026-11-01T10:00"))
    assert stories.group(db, {}).articles == 0
    assert stories.places(db) == {}


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        pytest.param("Погода на завтра", "Погода на завтра", "same", id="equal headlines"),
        pytest.param("Погода на завтра", "Погода на выходные", "own", id="headlines that share a beginning"),
        pytest.param("План подписан", f"План подписан. {OTHER}", "own", id="headline inside a text"),
        pytest.param(TEXT, f"{TEXT} {OTHER} {OTHER[::-1]}", "derived", id="whole inside a longer one"),
        pytest.param(TEXT, TEXT.upper().replace("Ё", "Е"), "same", id="case and ё"),
        pytest.param(TEXT, OTHER, "own", id="different"),
        pytest.param("", "", "same", id="nothing but equal headlines"),
    ],
)
def test_kind_of_the_later_text(db: Database, one: str, other: str, kind: str) -> None:
    ids = save(db, Piece("a", 1, one), Piece("b", 2, other))
    stories.group(db, {})
    assert told(db, ids)[1][1] == kind


def test_no_text_is_ever_deleted(db: Database) -> None:
    save(db, Piece("a", 1), Piece("b", 2))
    stories.group(db, {})
    assert db.conn.execute("SELECT count(*) FROM texts").fetchone() == (2,)


def test_what_is_stored_goes_with_its_article(db: Database) -> None:
    first, _ = save(db, Piece("a", 1), Piece("b", 2))
    stories.group(db, {})
    with store.writing(db) as connection:
        connection.execute("DELETE FROM articles WHERE id = ?", (first,))
    for table in ("stories", "story_keys", "story_links"):
        found = db.conn.execute(f"SELECT count(*) FROM {table} WHERE article = ?", (first,)).fetchone()
        assert found == (0,)


def test_a_writer_that_fails_leaves_no_half_batch(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    save(db, Piece("a", 1), Piece("b", 2))

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("crawlers.story_links.place", full)
    with pytest.raises(sqlite3.OperationalError):
        stories.group(db, {})
    assert rows(db) == []


def test_sketch_survives_packing() -> None:
    (keys,) = shingles.sketches([shingles.of("Заголовок", TEXT)])
    assert len(set(keys)) == shingles.KEYS
    assert shingles.unpacked(shingles.pack(keys)) == keys


def test_kinds_are_few() -> None:
    assert list(Kind) == ["own", "derived", "same"]
