"""Matching the archive: once per text and version, resumable, with its evidence kept as JSON."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlite_utils import Database

from crawlers import archive, store
from crawlers.dates import Published, Quality
from crawlers.items import Article, Item, Reading
from crawlers.migrations import migrations as crawlers_migrations
from crawlers.registry import Outlet, Source
from matcher.catalogue import Catalogue
from matcher.match import Matcher
from matcher.migrations import migrations as matcher_migrations
from matcher.records import Text
from matcher.store import MatchRun, as_text, match_archive

MINSK = ZoneInfo("Europe/Minsk")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

TWINS = "Кострома и Бобруйск отметили годовщину побратимства"
AGREEMENT = "Могилёвская и Костромская области продлили соглашение о сотрудничестве"
WEATHER = "Завтра в Могилёве дождь"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = store.open_database(tmp_path / "mediagap.db", [crawlers_migrations, matcher_migrations])
    yield opened
    opened.close()


def publish(db: Database, *titles: str, text: str = "", page: str = "") -> list[int]:
    """Archives one article per title; the title, or `page`, makes its address."""
    with store.writing(db) as connection:
        return [
            archive.save(
                connection,
                Item(
                    f"https://example.by/{page or title.replace(' ', '-')}",
                    title,
                    text,
                    Published(NOW, None, Quality.FEED),
                    language="ru",
                    reading=Reading.FULL,
                ),
                "example",
                "example.feed",
                MINSK,
                NOW,
            )[0]
            for title in titles
        ]


def rows(db: Database, sql: str) -> list[tuple[object, ...]]:
    return list(db.conn.execute(sql))


def test_matches_near_misses_and_pairs_are_kept(db: Database, matcher: Matcher) -> None:
    twins, agreement, weather = publish(db, TWINS, AGREEMENT, WEATHER)
    run = match_archive(db, matcher, {})
    assert rows(db, "SELECT article, entry, grade FROM matches ORDER BY article") == [
        (twins, "bobruisk-kostroma-twinning-2012", "about"),
        (agreement, "mogilev-kostroma-agreement-2006", "about"),
    ]
    assert rows(db, "SELECT article, pair FROM pair_matches ORDER BY article") == [
        (twins, "BY-MA:RU-KOS"),
        (agreement, "BY-MA:RU-KOS"),
    ]
    assert rows(db, "SELECT article FROM matched ORDER BY article") == [(twins,), (agreement,), (weather,)]
    assert (run.articles, run.about, run.mentions) == (3, 2, 0)


def test_near_miss_is_kept_apart(db: Database, matcher: Matcher) -> None:
    publish(db, "Минский тракторный завод показал трактор в Костромской области")
    run = match_archive(db, matcher, {})
    assert rows(db, "SELECT entry, grade FROM near_misses") == [("dealer-mtz-kostroma", "near")]
    assert rows(db, "SELECT * FROM matches") == []
    assert (run.about, run.mentions, run.near_misses) == (0, 0, 1)


def test_article_is_matched_once(db: Database, matcher: Matcher) -> None:
    publish(db, TWINS, AGREEMENT)
    match_archive(db, matcher, {})
    before = rows(db, "SELECT * FROM matches ORDER BY article")
    assert match_archive(db, matcher, {}) == MatchRun()
    assert rows(db, "SELECT * FROM matches ORDER BY article") == before


def test_new_article_alone_is_matched(db: Database, matcher: Matcher) -> None:
    publish(db, TWINS)
    match_archive(db, matcher, {})
    publish(db, AGREEMENT)
    assert match_archive(db, matcher, {}).articles == 1
    assert len(rows(db, "SELECT * FROM matches")) == 2


def test_changed_text_is_matched_again_and_replaces_the_answer(db: Database, matcher: Matcher) -> None:
    (article,) = publish(db, TWINS, page="same")
    match_archive(db, matcher, {})
    assert publish(db, AGREEMENT, page="same") == [article]
    assert match_archive(db, matcher, {}).articles == 1
    assert rows(db, "SELECT article, entry FROM matches") == [(article, "mogilev-kostroma-agreement-2006")]
    assert rows(db, "SELECT count(*) FROM matched") == [(1,)]


def test_answer_goes_when_the_text_no_longer_tells(db: Database, matcher: Matcher) -> None:
    publish(db, TWINS, page="same")
    match_archive(db, matcher, {})
    publish(db, WEATHER, page="same")
    match_archive(db, matcher, {})
    for table in ("matches", "near_misses", "pair_matches"):
        assert rows(db, f"SELECT * FROM {table}") == []


def test_spacing_and_case_change_nothing(db: Database, matcher: Matcher) -> None:
    publish(db, TWINS, page="same")
    match_archive(db, matcher, {})
    publish(db, TWINS.upper(), page="same")
    assert match_archive(db, matcher, {}).articles == 0


@pytest.fixture
def changed(real: Catalogue) -> Matcher:
    """The same entries but one, hence another version."""
    entries = {key: one for key, one in real.entries.items() if key != "bobruisk-kostroma-twinning-2012"}
    return Matcher(Catalogue(entries, real.gazetteer, "another"))


def test_what_names_both_sides_is_matched_again_without_an_entry(
    db: Database, matcher: Matcher, changed: Matcher
) -> None:
    publish(db, TWINS, AGREEMENT)
    match_archive(db, matcher, {})
    assert changed.version != matcher.version
    assert match_archive(db, changed, {}).articles == 2
    assert rows(db, "SELECT entry FROM matches") == [("mogilev-kostroma-agreement-2006",)]
    assert set(rows(db, "SELECT version FROM matched")) == {(changed.version,)}


class Stopped(Exception):
    """What a user's Ctrl-C would be."""


def test_stopped_run_is_resumed_where_it_stopped(db: Database, matcher: Matcher) -> None:
    total = 1100
    publish(db, *(f"{WEATHER}, день {number}" for number in range(total - 1)), TWINS)
    seen: list[tuple[int, int]] = []

    def stop(done: int, of: int) -> None:
        seen.append((done, of))
        raise Stopped

    with pytest.raises(Stopped):
        match_archive(db, matcher, {}, stop)
    ((done, of),) = seen
    assert of == total
    assert 0 < done < total
    assert rows(db, "SELECT count(*) FROM matched") == [(done,)]
    assert rows(db, "SELECT * FROM matches") == []

    run = match_archive(db, matcher, {}, lambda done, of: seen.append((done, of)))
    assert run.articles == total - done
    assert run.about == 1
    assert seen[-1] == (total - done, total - done)
    assert rows(db, "SELECT count(*) FROM matched") == [(total,)]


def test_progress_counts_up_to_all(db: Database, matcher: Matcher) -> None:
    publish(db, *(f"{WEATHER}, день {number}" for number in range(600)))
    seen: list[tuple[int, int]] = []
    match_archive(db, matcher, {}, lambda done, of: seen.append((done, of)))
    assert [of for _, of in seen] == [600] * len(seen)
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})
    assert seen[-1] == (600, 600)


def test_empty_archive_is_no_work(db: Database, matcher: Matcher) -> None:
    assert match_archive(db, matcher, {}) == MatchRun()


def test_evidence_is_kept_as_the_matcher_gave_it(db: Database, matcher: Matcher) -> None:
    publish(db, TWINS, text="Города-побратимы дружат с 2012 года.")
    match_archive(db, matcher, {})
    ((entry, grade, score, evidence),) = db.conn.execute("SELECT entry, grade, score, evidence FROM matches")
    (match,) = matcher.match(Text("1", TWINS, "Города-побратимы дружат с 2012 года.")).matches
    kept = json.loads(evidence)
    assert kept == match.plain()
    assert (entry, grade, score) == (kept["entry"], kept["grade"], kept["score"])
    assert "побратимства" in evidence  # readable in the file, not escaped
    assert {"feature", "value", "words", "sentence"} == set(kept["evidence"][0])


def test_matches_go_with_their_article(db: Database, matcher: Matcher) -> None:
    publish(db, TWINS)
    match_archive(db, matcher, {})
    with store.writing(db) as connection:
        connection.execute("DELETE FROM articles")
    for table in ("matched", "matches", "near_misses", "pair_matches"):
        assert rows(db, f"SELECT * FROM {table}") == []


def decide(db: Database, article: int) -> None:
    with store.writing(db) as connection:
        connection.execute(
            "INSERT INTO decisions (article, entry, verdict, author, decided, text_hash) VALUES (?,?,?,?,?,?)",
            (article, "bobruisk-kostroma-twinning-2012", "yes", "editor-1", "2026-03-02T09:00:00Z", "abc"),
        )


def test_decisions_have_their_table(db: Database) -> None:
    (article,) = publish(db, TWINS)
    decide(db, article)
    assert rows(db, "SELECT id, verdict FROM decisions") == [(1, "yes")]


def test_decisions_outlive_another_version(db: Database, matcher: Matcher, changed: Matcher) -> None:
    (article,) = publish(db, TWINS)
    match_archive(db, matcher, {})
    decide(db, article)
    match_archive(db, changed, {})
    assert rows(db, "SELECT article, verdict FROM decisions") == [(article, "yes")]


def test_tables_are_made_once(tmp_path: Path) -> None:
    path = tmp_path / "mediagap.db"
    for _ in range(2):
        opened = store.open_database(path, [crawlers_migrations, matcher_migrations])
        names = set(opened.table_names())
        opened.close()
        assert {"matched", "matches", "near_misses", "pair_matches", "decisions"} <= names


OUTLET = Outlet(
    id="example",
    title="Прыклад",
    family="example",
    homepage="https://example.by/",
    country="BY",
    region="BY-MA",
    level="regional",
    type="press",
    control="unknown",
    languages=("ru",),
    time_zone="Europe/Minsk",
    sources=(Source(kind="feed", url="https://example.by/feed"),),
    verified=None,
)


def article_of(outlet: str | None) -> Article:
    return Article(7, None, outlet, "s", "Заголовок", "Текст", NOW, NOW.date(), "ru", Reading.FULL, "h")


def test_text_knows_its_outlet() -> None:
    text = as_text(article_of("example"), {"example": OUTLET})
    assert text == Text("7", "Заголовок", "Текст", "ru", NOW.date(), "BY", "BY-MA")


@pytest.mark.parametrize("outlet", [None, "gone"])
def test_text_of_an_unknown_outlet_has_no_place(outlet: str | None) -> None:
    text = as_text(article_of(outlet), {})
    assert (text.outlet_country, text.outlet_region) == (None, None)
