"""Matching the archive: each article once, and again when its answer may be another; results with their evidence."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from sqlite3 import Connection

from sqlite_utils import Database

from crawlers import archive, store
from crawlers.errors import DataError
from crawlers.items import Article
from crawlers.registry import Outlet
from matcher import pool, standing
from matcher.match import Matcher
from matcher.records import Grade, Match, Result, Text

_BATCH = 500  # articles per transaction: the writer's lock is held for a fraction of a second
_WORTH_PROCESSES = 5_000  # articles: to start processes takes as long as to match a thousand


@dataclass
class MatchRun:
    """What one run over the archive did."""

    articles: int = 0
    about: int = 0
    mentions: int = 0
    near_misses: int = 0


def match_archive(
    db: Database,
    matcher: Matcher,
    outlets: dict[str, Outlet],
    on_progress: Callable[[int, int], object] = max,
    processes: int | None = None,
) -> MatchRun:
    """Matches the articles that are new, changed, or that a change of matcher or catalogue may concern.

    `on_progress` gets how many are done, and how many there are to do. `processes`: by default as many as
    there are processors, where that many articles wait. May be stopped at any moment: what was committed is
    not done again.
    """
    standing.settle(db, matcher, outlets)
    total = standing.waiting(db, matcher.version)
    if processes is None:
        processes = pool.usable() if total >= _WORTH_PROCESSES else 1
    run = MatchRun()
    batches = _batches(db, matcher.version, outlets)
    with closing(pool.answers(matcher, batches, processes)) as answered:
        for articles, results in answered:
            with store.writing(db) as connection:
                for article, result in zip(articles, results, strict=True):
                    _keep(connection, article, result, matcher.version)
            run.articles += len(articles)
            for result in results:
                run.about += sum(match.grade is Grade.ABOUT for match in result.matches)
                run.mentions += sum(match.grade is Grade.MENTION for match in result.matches)
                run.near_misses += len(result.near_misses)
            on_progress(run.articles, total)
    return run


def match_one(db: Database, matcher: Matcher, outlets: dict[str, Outlet], number: int) -> Result:
    """Matches one article, whatever else waits, and keeps the result; raises DataError where it is not there."""
    article = next(archive.articles(db, "a.id = ?", (number,)), None)
    if article is None:
        raise DataError("articles", "id", number, "the number of an article in the archive")
    result = matcher.match(as_text(article, outlets))
    with store.writing(db) as connection:
        _keep(connection, article, result, matcher.version)
    return result


def _batches(
    db: Database, version: str, outlets: dict[str, Outlet]
) -> Iterator[tuple[list[Article], list[Text]]]:
    last = 0
    # a query for each batch: none stays open while another writes
    while batch := list(
        islice(archive.articles(db, f"{standing.STALE} AND a.id > ?", (version, last)), _BATCH)
    ):
        last = batch[-1].id
        yield batch, [as_text(article, outlets) for article in batch]


def as_text(article: Article, outlets: dict[str, Outlet]) -> Text:
    outlet = outlets.get(article.outlet or "")
    return Text(
        str(article.id), article.title, article.text, article.language, article.day,
        outlet.country if outlet else None, outlet.region if outlet else None,
    )  # fmt: skip


def _keep(connection: Connection, article: Article, result: Result, version: str) -> None:
    for table in ("matches", "near_misses", "pair_matches"):
        connection.execute(f"DELETE FROM {table} WHERE article = ?", (article.id,))
    for table, found in (("matches", result.matches), ("near_misses", result.near_misses)):
        connection.executemany(f"INSERT INTO {table} VALUES (?,?,?,?,?)", [_row(article.id, m) for m in found])
    connection.executemany(
        "INSERT INTO pair_matches VALUES (?,?)", [(article.id, str(p)) for p in result.pairs]
    )
    day = str(article.day) if article.day else None
    connection.execute(
        "INSERT OR REPLACE INTO matched VALUES (?,?,?,?,?,?)",
        (article.id, article.text_hash, version, article.outlet, day, article.language),
    )


def _row(article: int, match: Match) -> tuple[int, str, str, float, str]:
    return article, match.entry, match.grade.value, match.score, json.dumps(match.plain(), ensure_ascii=False)
