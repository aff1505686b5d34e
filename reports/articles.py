"""Looking articles up: full-text search and one article with its story, for the profile in force."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlite_utils import Database

from crawlers import archive, search, stories, text, urls
from crawlers.codes import Pair
from crawlers.dates import stamp
from crawlers.errors import DataError
from crawlers.store import query as rows_of
from matcher import decisions
from reports.restricted import Withheld

_AROUND = 120  # characters shown on each side of what was found


def find(
    db: Database, withheld: Withheld, words: str, pair: Pair | None = None, outlet: str | None = None,
    since: date | None = None, limit: int = 20,
) -> list[dict[str, Any]]:  # fmt: skip
    """Articles with all the words, the newest first. `pair`: only those that the matcher found to be on it.

    Raises DataError for a query without a word.
    """
    sql = (
        "SELECT a.id, a.title, a.url, a.outlet, a.source, a.published_day AS day, a.language"
        " FROM articles_fts f JOIN articles a ON a.id = f.rowid WHERE articles_fts MATCH :words"
    )
    if outlet:
        sql += " AND a.outlet = :outlet"
    if since:
        sql += " AND a.published_day >= :since"
    if pair:
        sql += " AND a.id IN (SELECT article FROM pair_matches WHERE pair = :pair)"
    given = {
        "words": search.expression(words), "outlet": outlet, "since": str(since), "pair": str(pair),
    }  # fmt: skip
    cursor = db.conn.execute(sql + " ORDER BY a.published_day DESC, a.id DESC", given)
    names = [column[0] for column in cursor.description]
    found: list[dict[str, Any]] = []
    for values in cursor:
        row = dict(zip(names, values, strict=True))
        if not withheld.may_show(row["outlet"], row["url"]):
            continue
        if len(found) == limit:
            break
        found.append({**row, "excerpt": _excerpt(db, row["id"], words)})
    return found


def show(db: Database, withheld: Withheld, number: int) -> dict[str, Any]:
    """One article whole, with its story and what it matched; raises DataError for one that is not there.

    A withheld article is not there: to say that it is withheld would say that it exists.
    """
    number = number_of(db, withheld, str(number))
    (article,) = archive.articles(db, "a.id = ?", (number,))
    place = stories.places(db, "s.article = ?", (number,)).get(number)
    told: dict[str, Any] | None = None
    if place:
        others = rows_of(
            db,
            "SELECT s.article AS id, a.outlet, a.source, a.url, a.published_day AS day, s.kind FROM stories s"
            " JOIN articles a ON a.id = s.article WHERE s.story = ? AND s.article <> ? ORDER BY s.position",
            (place.story, number),
        )
        told = {
            "kind": place.kind.value, "origin": withheld.origin(place.origin),
            "others": [one for one in others if withheld.may_show(one["outlet"], one["url"])],
        }  # fmt: skip
    decided = [
        {"entry": d.entry, "verdict": d.verdict.value, "author": d.author, "decided": stamp(d.decided),
         "reason": d.reason, "reopened": d.reopened}
        for d in decisions.of_article(db, number)
    ]  # fmt: skip
    matches = rows_of(db, "SELECT entry, grade, score FROM matches WHERE article = ? ORDER BY entry", (number,))
    return {
        "id": number, "title": article.title, "url": article.url, "outlet": article.outlet,
        "source": article.source, "day": str(article.day) if article.day else None,
        "language": article.language, "reading": article.reading.value, "story": told, "matches": matches,
        "decisions": decided,
        "text": article.text,
    }  # fmt: skip


def number_of(db: Database, withheld: Withheld, named: str) -> int:
    """The article that a number or address names; raises DataError where it is not there, or withheld."""
    if not (named.isdecimal() and len(named) < 19):
        row = db.conn.execute("SELECT id FROM articles WHERE key = ?", (urls.canonical(named),)).fetchone()
        if row is None:
            allowed = "the number or address of an article in the archive"
            raise DataError("articles", "", named, allowed, "add it with `mediagap articles add ADDRESS`")
        named = str(row[0])
    article = next(archive.articles(db, "a.id = ?", (int(named),)), None)
    if article is None or not withheld.may_show(article.outlet, article.url):
        raise DataError("articles", "id", named, "the id of an article", "see `mediagap articles search`")
    return article.id


def outlets_of(db: Database, numbers: Sequence[int]) -> dict[int, tuple[str | None, str | None]]:
    """Outlet and address of articles, for what may be shown of them."""
    marks = ",".join("?" * len(numbers))
    rows = rows_of(db, f"SELECT id, outlet, url FROM articles WHERE id IN ({marks})", numbers)
    return {row["id"]: (row["outlet"], row["url"]) for row in rows}


def _excerpt(db: Database, number: int, words: str) -> str:
    (article,) = archive.articles(db, "a.id = ?", (number,))
    begin = max(0, search.found_at(text.fold(article.text), words) - _AROUND)
    return " ".join(article.text[begin : begin + 2 * _AROUND].split())
