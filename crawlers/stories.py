"""Who printed it first: texts that repeat each other are one story with an origin. Nothing is deleted.

Texts are compared with those of the ten days before and after them. How alike two are is kept as a link that
does not depend on which came in first; where a text stands follows from its links and from the order in which
the texts came out. So the result is the same however the archive was filled.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any

from sqlite_utils import Database

from crawlers import archive, shingles, store, story_links
from crawlers.credits import Credit, Credits
from crawlers.items import Article
from crawlers.registry import Outlet
from crawlers.story_links import DERIVED, SAME
from crawlers.urls import host_of

VERSION = "1"
_BATCH = 500  # articles per transaction: the writer's lock is held for a fraction of a second

_CACHE = 65_536  # KiB

_MUCH_LONGER = 1.4
"""A text that holds an earlier one whole and is this many times as long is no reprint, but derives from it."""


class Kind(StrEnum):
    OWN = "own"
    """Less than DERIVED of it is in any earlier text within ten days, official releases included; no credit."""
    DERIVED = "derived"
    """From DERIVED to SAME of it is in an earlier text, or it credits somebody."""
    SAME = "same"
    """A reprint: SAME or more of it is in an earlier text of somebody else."""


@dataclass
class GroupRun:
    """What one run of the grouping did."""

    articles: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands in its story."""

    story: int
    """Article that the story begins with."""
    kind: Kind
    origin: str | None
    """The credited agency, else the outlet (or host) whose text it repeats, else the credit; None: its own."""

    @property
    def own(self) -> bool:
        return self.kind is Kind.OWN


# position: within a publishing day official sites and agencies come first, since the hour of a page is often
# not known and a release is where a text begins; then the moment, then the order of arrival
_POSITION = (
    "a.published_day || CASE WHEN a.outlet IN (SELECT value FROM json_each(:first)) THEN ' 0 ' ELSE ' 1 ' END"
    " || coalesce(a.published, '') || printf(' %012d', a.id)"
)
_STALE = (
    "a.published_day IS NOT NULL AND a.id > :last AND NOT EXISTS (SELECT 1 FROM stories s WHERE s.article = a.id"
    f" AND s.text_hash = a.text_hash AND s.version = :version AND s.position = {_POSITION}"
    " AND s.voice = coalesce(a.outlet, s.voice))"
)


def group(
    db: Database, outlets: Mapping[str, Outlet], on_progress: Callable[[int, int], object] = max
) -> GroupRun:
    """Places the articles that are new, changed or were placed by another version; joins existing stories.

    An undated article has no place: nobody can tell what was earlier. `on_progress` gets how many are done,
    and how many there are to do. May be stopped at any moment: what was committed is not done again.
    """
    credits = Credits(outlets.values())
    first = [o.id for o in outlets.values() if o.type in ("official", "agency")]
    wanted: dict[str, Any] = {
        "first": json.dumps(first), "last": 0,
        "version": f"{VERSION}-{shingles.VERSION}-{credits.version}",
    }  # fmt: skip
    (total,) = db.conn.execute(f"SELECT count(*) FROM articles a WHERE {_STALE}", wanted).fetchone()
    # keys are spread all over their table: with SQLite's 2 MB every one would be a page from the disk
    db.conn.execute(f"PRAGMA cache_size=-{_CACHE}")
    run = GroupRun()
    memory: story_links.Memory = {}
    while batch := list(islice(archive.articles(db, _STALE, wanted), _BATCH)):
        sets = [shingles.of(article.title, article.text) for article in batch]
        keys = shingles.sketches(sets)
        found = [_credit(credits, article, outlets) for article in batch]
        with store.writing(db) as connection:
            touched: set[int] = set()
            for article, one, sketch, credit in zip(batch, sets, keys, found, strict=True):
                touched |= story_links.forget(connection, article.id)
                connection.execute(
                    "INSERT INTO stories SELECT a.id, :hash, :version,"
                    f" {_POSITION}, :voice, :shingles, :sketch, :agency, :credit, a.id, 'own', NULL, 0 FROM articles a"
                    " WHERE a.id = :id",
                    {**wanted, "id": article.id, "hash": article.text_hash, "voice": voice(article),
                     "shingles": len(one), "sketch": shingles.pack(sketch),
                     "agency": credit.name if credit and credit.agency else None,
                     "credit": credit.name if credit and not credit.agency else None},
                )  # fmt: skip
            story_links.note(connection, batch, keys)
            for article, one, sketch in zip(batch, sets, keys, strict=True):
                touched |= {article.id, *story_links.link(db, article, one, sketch, memory)}
            story_links.place(connection, touched, _verdict)
        wanted["last"] = batch[-1].id
        run.articles += len(batch)
        on_progress(run.articles, total)
    return run


def places(db: Database, where: str = "1", parameters: tuple[object, ...] = ()) -> dict[int, Place]:
    """The place of each dated article that has been compared; `where` is SQL of ours on `s`, never a user's.

    An article whose text changed since is left out until it has been compared again.
    """
    cursor = db.conn.execute(
        "SELECT s.article, s.story, s.kind, s.agency, s.credit, r.agency, r.voice, e.voice FROM stories s"
        " JOIN articles a ON a.id = s.article AND a.text_hash = s.text_hash"
        " JOIN stories r ON r.article = s.story LEFT JOIN stories e ON e.article = s.source"
        f" WHERE {where}",
        parameters,
    )
    found = {}
    for article, story, kind, agency, credit, first_agency, first_voice, source in cursor:
        origin = None
        if kind == Kind.SAME:
            origin = agency or first_agency or first_voice
        elif kind == Kind.DERIVED:
            origin = agency or source or credit
        found[article] = Place(story, Kind(kind), origin)
    return found


def voice(article: Article) -> str:
    """Who printed an article: its outlet, else the host of its address, else where it was imported from."""
    return article.outlet or (host_of(article.url) if article.url else "") or article.source


def _credit(credits: Credits, article: Article, outlets: Mapping[str, Outlet]) -> Credit | None:
    outlet = outlets.get(article.outlet or "")
    return credits.find(article.text, host_of(article.url or ""), outlet.title if outlet else "")


def _verdict(one: story_links.Node, earlier: list[story_links.Earlier]) -> story_links.Verdict:
    """Where a text stands, given the earlier ones that it is linked to."""
    # an outlet that prints its own text again repeats itself, whoever copied it in between
    for other in earlier:
        if other.node.voice == one.voice and other.containment >= SAME:
            return story_links.Verdict(other.node.story, other.node.kind, other.node.id, other.containment)
    others = [other for other in earlier if other.node.voice != one.voice]
    for other in others:
        if other.containment >= SAME and one.shingles < _MUCH_LONGER * other.node.shingles:
            return story_links.Verdict(other.node.story, Kind.SAME, other.node.id, other.containment)
    closest = max(others, key=lambda other: other.containment, default=None)
    if closest is not None and closest.containment >= DERIVED:
        return story_links.Verdict(one.id, Kind.DERIVED, closest.node.id, closest.containment)
    return story_links.Verdict(one.id, Kind.DERIVED if one.credits else Kind.OWN, None, 0.0)
