"""An archive of a size to measure on: invented articles of the real outlets, matched to the real catalogue."""

import argparse
import json
import random
import time
from collections import defaultdict
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from sqlite3 import Connection
from typing import NamedTuple

from crawlers import archive, ledger, registry, shingles, store, stories
from crawlers.codes import country_of
from crawlers.credits import Credits
from crawlers.dates import Published, Quality
from crawlers.items import Attempt, Item, Reading
from crawlers.outcome import Outcome
from crawlers.registry import Outlet, Tier
from matcher import catalogue, frequencies
from matcher.catalogue import Catalogue
from matcher.match import version_of
from matcher.records import Evidence, Grade, Match
from reports.terminal import Percent, say
from reports.work import TABLES

LAST = date(2026, 11, 22)
"""The last day of the archive: the Sunday before the letter of 2026-W47."""
DAYS = 3 * 365
ABOUT, NEAR = 0.7, 0.25
"""Share of matches that are `about`, and near misses for each match."""
REPRINTS = 0.3
PARAGRAPHS, PARAGRAPH = 5, 40
"""Paragraphs of a text, and words of one."""
FAILING = 0.04
"""Share of fetches that fail; one outlet in 25 has been away for a year."""

_WEIGHTS = {Tier.NATIONAL: 6, Tier.REGIONAL: 2, Tier.LOCAL: 1, Tier.OFFICIAL: 2, Tier.UNION: 3}


class Planned(NamedTuple):
    """A match that is to be: its article is made on its day."""

    outlet: Outlet
    entry: str
    near: bool


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m reports.bench archive", description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--matches", type=int, default=20_000)
    parser.add_argument("--fetches", type=int, default=1, help="of each source on each day")
    parser.add_argument("--db", type=Path, required=True, help="a file that is not there yet")
    told = parser.parse_args(arguments)
    if told.db.exists():
        parser.error(f"--db: {told.db} is there already; name another file or remove it")
    begun = time.perf_counter()
    make(told.db, told.articles, told.matches, told.fetches)
    size = told.db.stat().st_size / 1e9
    print(f"{told.articles} articles in {time.perf_counter() - begun:.0f} s, {size:.2f} GB")
    return 0


def make(path: Path, articles: int, matches: int, fetches: int = 1) -> None:
    """Fills a new database, the same for the same data files; progress goes to standard error.

    Sketches of texts are left out (`stories.sketch` holds zeros): only the comparing of new texts reads them.
    """
    chance = random.Random(1)
    outlets = {o.id: o for o in registry.load().values() if o.sources and not o.on_request}
    known = catalogue.load()
    planned = _planned(chance, known, outlets, matches)
    press = list(outlets.values())
    weights = list(accumulate(_WEIGHTS[one.tier] for one in press))
    words = _Words(chance)
    version = f"{stories.VERSION}-{shingles.VERSION}-{Credits(registry.load().values()).version}"
    with closing((db := store.open_database(path, TABLES)).conn) as connection:
        connection.execute("PRAGMA cache_size=-262144")
        connection.execute("PRAGMA synchronous=OFF")  # a file that a broken run leaves is made anew
        say("observations")
        for outlet in press:
            with store.writing(db):
                _observe(connection, chance, outlet, fetches)
        say("articles")
        progress = Percent(DAYS)
        for n in range(DAYS):
            progress(n)
            day = LAST - timedelta(days=DAYS - 1 - n)
            special = planned.get(day, [])
            plain = max(0, articles * (n + 1) // DAYS - articles * n // DAYS - len(special))
            by = [*(one.outlet for one in special), *chance.choices(press, cum_weights=weights, k=plain)]
            with store.writing(db):
                for place, outlet in enumerate(by):
                    number = _article(connection, chance, words, outlet, day, version)
                    if place < len(special):
                        _match(connection, chance, words, number, special[place], known)
        with store.writing(db):
            connection.execute(
                "INSERT INTO matched (article, text_hash, version) SELECT id, text_hash, ? FROM articles",
                (version_of(known),),
            )
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class _Words:
    """Texts of words as common as they are in news, put together from a stock of paragraphs."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        rows = [line.split("\t") for line in frequencies.TABLE.read_text(encoding="utf-8").splitlines()[1:]]
        self._all = [word for word, _ in rows]
        self._cumulated = list(accumulate(int(count) for _, count in rows))
        self._stock = [self.some(PARAGRAPH) + "." for _ in range(20_000)]

    def some(self, number: int) -> str:
        return " ".join(self._chance.choices(self._all, cum_weights=self._cumulated, k=number)).capitalize()

    def text(self) -> str:
        return "\n".join(self._chance.choices(self._stock, k=PARAGRAPHS))


def _planned(
    chance: random.Random, known: Catalogue, outlets: dict[str, Outlet], matches: int
) -> dict[date, list[Planned]]:
    """Matches and near misses by day: of every entry whose sides have press, more of some than of others."""
    by_place: defaultdict[str, list[Outlet]] = defaultdict(list)
    for outlet in outlets.values():
        by_place[outlet.place].append(outlet)
    heard = {
        entry.id: [o for pair in entry.pairs for side in pair for o in by_place[side] or by_place[country_of(side)]]
        for entry in known.entries.values()
    }  # fmt: skip
    entries = [entry for entry, by in heard.items() if by]
    weights = list(accumulate(1 / (1 + place) ** 0.5 for place in range(len(entries))))
    found: defaultdict[date, list[Planned]] = defaultdict(list)
    for number in range(round(matches * (1 + NEAR))):
        (entry,) = chance.choices(entries, cum_weights=weights)
        day = LAST - timedelta(days=chance.randrange(DAYS))
        found[day].append(Planned(chance.choice(heard[entry]), entry, number >= matches))
    return found


def _observe(connection: Connection, chance: random.Random, outlet: Outlet, fetches: int) -> None:
    """A fetch of each source some hours after the day's end, or several over the day; most are read."""
    away = chance.random() < 0.04
    for source in outlet.sources:
        name = outlet.source_id(source)
        for n in range(DAYS * fetches):
            hours = 3 + 24 * n // fetches
            moment = datetime(LAST.year, LAST.month, LAST.day, tzinfo=UTC)
            moment += timedelta(hours=hours) - timedelta(days=DAYS - 1)
            if away and n > (DAYS - 365) * fetches:
                attempt = Attempt(name, outlet.id, moment, Outcome.GONE, 404, message="address is gone")
            elif chance.random() < FAILING:
                failure = chance.choice((Outcome.TIMEOUT, Outcome.BLOCKED, Outcome.ERROR))
                attempt = Attempt(name, outlet.id, moment, failure, duration_ms=30_000, message=failure.value)
            else:
                new = chance.randrange(12)
                attempt = Attempt(
                    name, outlet.id, moment, Outcome.NEW if new else Outcome.UNCHANGED, 200, 40_000, 30, new,
                    30 - new, moment - timedelta(hours=60), chance.randrange(100, 2000),
                )  # fmt: skip
            ledger.record(connection, attempt)


def _article(
    connection: Connection, chance: random.Random, words: _Words, outlet: Outlet, day: date, version: str
) -> int:
    moment = datetime(day.year, day.month, day.day, 6, tzinfo=UTC) + timedelta(minutes=chance.randrange(720))
    source = outlet.sources[0]
    whole = source.content == "full"
    item = Item(
        f"{outlet.homepage.rstrip('/')}/news/{chance.getrandbits(60):x}.html", words.some(9), words.text(),
        Published(moment, None, Quality.FEED), None, outlet.languages[0], Reading.FULL if whole else Reading.PAGE,
    )  # fmt: skip
    seen = moment + timedelta(hours=3)
    name = outlet.source_id(source)
    number, _ = archive.save(connection, item, outlet.id, name, outlet.zone, seen)
    if not whole:
        connection.execute(
            "INSERT INTO pages (url, source, outlet, state, tries, outcome, wanted, day, address, published)"
            " SELECT key, source, outlet, 'read', 1, 'new', first_seen, published_day, url, published"
            " FROM articles WHERE id = ?",
            (number,),
        )
    reprint = number > 200 and chance.random() < REPRINTS
    first = chance.randrange(number - 200, number) if reprint else number
    connection.execute(
        "INSERT INTO stories SELECT a.id, a.text_hash, ?, a.published_day || ? || a.published"
        " || printf(' %012d', a.id), ?, 196, zeroblob(192), NULL, NULL, coalesce(r.story, a.id), ?, r.article, ?"
        " FROM articles a LEFT JOIN stories r ON r.article = ? WHERE a.id = ?",
        (version, " 0 " if outlet.type in ("official", "agency") else " 1 ", outlet.id,
         stories.Kind.SAME if reprint else stories.Kind.OWN, 0.9 if reprint else 0.0,
         first if reprint else None, number),
    )  # fmt: skip
    return number


def _match(
    connection: Connection,
    chance: random.Random,
    words: _Words,
    number: int,
    planned: Planned,
    known: Catalogue,
) -> None:
    grade = Grade.NEAR if planned.near else Grade.ABOUT if chance.random() < ABOUT else Grade.MENTION
    evidence = tuple(Evidence(f, 1.0, tuple(words.some(3).split()), 1) for f in ("parties", "subject", "topic"))
    match = Match(planned.entry, grade, round(0.6 + chance.random() * 0.4, 3), evidence, words.some(40))
    connection.execute(
        f"INSERT INTO {'near_misses' if planned.near else 'matches'} VALUES (?,?,?,?,?)",
        (number, match.entry, grade.value, match.score, json.dumps(match.plain(), ensure_ascii=False)),
    )
    pairs = known.entries[planned.entry].pairs
    connection.executemany("INSERT INTO pair_matches VALUES (?,?)", [(number, str(pair)) for pair in pairs])
