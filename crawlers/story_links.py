"""Links between texts that repeat each other: found by sketch, verified word by word, kept in both directions."""

import heapq
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from sqlite3 import Connection
from typing import NamedTuple

from sqlite_utils import Database

from crawlers import archive, shingles
from crawlers.items import Article

SAME, DERIVED = 0.8, 0.3
"""Containment from which a text is the same as an earlier one, and from which it derives from it."""
WITHIN = 10
"""Days between two texts beyond which they are not compared."""

_SHARED = 2
"""Values of both sketches that must be equal; one alone is often a formula of the trade."""
_SHARED_AT_HOME = shingles.KEYS // 3
"""The same within one outlet, where only whole repeats matter: its texts share their footers."""
_MOST = 100
"""Candidates verified for a text, the likest first: a text printed by more is linked to enough of them."""
_SHORT = 12
"""Shingles below which only texts of nearly the same length are linked: a short one is in many by chance."""
_REMEMBERED = 1000

Memory = dict[int, frozenset[int]]
"""Shingles of articles that are asked for again and again."""


class Node(NamedTuple):
    """What the table `stories` says of a text."""

    id: int
    position: str
    voice: str
    shingles: int
    credits: bool
    """Whether it credits anybody."""
    story: int
    kind: str


class Earlier(NamedTuple):
    """An earlier text that a text is linked to."""

    node: Node
    containment: float


class Verdict(NamedTuple):
    """Where a text stands: columns of `stories`."""

    story: int
    kind: str
    source: int | None
    containment: float


def forget(connection: Connection, article: int) -> set[int]:
    """Takes away what is stored of an article; returns the articles that it was linked to."""
    row = connection.execute("SELECT sketch, position FROM stories WHERE article = ?", (article,)).fetchone()
    if row is None:
        return set()
    day = date.fromisoformat(row[1][:10]).toordinal()
    connection.executemany(
        "DELETE FROM story_keys WHERE key = ? AND day = ? AND article = ?",
        [(key, day, article) for key in shingles.unpacked(row[0])],
    )
    linked = {
        one for (one,) in connection.execute("SELECT other FROM story_links WHERE article = ?", (article,))
    }
    connection.execute("DELETE FROM story_links WHERE article = ?", (article,))
    connection.executemany(
        "DELETE FROM story_links WHERE article = ? AND other = ?", [(one, article) for one in linked]
    )
    connection.execute("DELETE FROM stories WHERE article = ?", (article,))
    return linked


def note(connection: Connection, articles: Sequence[Article], sketches: Sequence[list[int]]) -> None:
    """Makes texts findable by their sketches."""
    rows = [
        (key, article.day.toordinal(), article.id)
        for article, sketch in zip(articles, sketches, strict=True)
        if article.day
        for key in sketch
    ]
    rows.sort()  # in the order of the table, so that neighbours are written together
    connection.executemany("INSERT OR IGNORE INTO story_keys VALUES (?, ?, ?)", rows)


def link(db: Database, article: Article, own: frozenset[int], sketch: list[int], memory: Memory) -> set[int]:
    """Links a text to the texts within WITHIN days that repeat it or that it repeats; returns these."""
    assert article.day is not None
    day = article.day.toordinal()
    _remember(memory, article.id, own)
    marks = ",".join("?" * len(sketch))
    candidates = db.conn.execute(
        "SELECT k.article, s.shingles, a.outlet IS NOT NULL AND a.outlet = ?, count(*) AS shared"
        f" FROM story_keys k JOIN stories s ON s.article = k.article JOIN articles a ON a.id = k.article"
        f" WHERE k.key IN ({marks}) AND k.day BETWEEN ? AND ? AND k.article <> ?"
        " GROUP BY k.article HAVING shared >= ? ORDER BY shared DESC, k.article LIMIT ?",
        (article.outlet, *sketch, day - WITHIN, day + WITHIN, article.id, _SHARED, _MOST),
    ).fetchall()
    found = set()
    for other, size, at_home, shared in candidates:
        least, most = sorted((size, len(own)))
        if (at_home and shared < _SHARED_AT_HOME) or (least < _SHORT and least < SAME * most):
            continue
        share = shingles.containment(own, _shingles_of(db, other, memory))
        if share >= (SAME if least < _SHORT else DERIVED):
            found.add(other)
            db.conn.execute("INSERT OR REPLACE INTO story_links VALUES (?, ?, ?)", (article.id, other, share))
            db.conn.execute("INSERT OR REPLACE INTO story_links VALUES (?, ?, ?)", (other, article.id, share))
    return found


def place(
    connection: Connection, touched: Iterable[int], verdict: Callable[[Node, list[Earlier]], Verdict]
) -> None:
    """Judges the given texts anew, in the order they came out, and after them those that rest on a change."""
    queue: list[tuple[str, int]] = []
    for article in touched:
        row = connection.execute("SELECT position FROM stories WHERE article = ?", (article,)).fetchone()
        if row:
            heapq.heappush(queue, (row[0], article))
    done = None
    while queue:
        position, article = heapq.heappop(queue)
        if (position, article) == done:
            continue
        done = (position, article)
        one = _node(connection, article)
        linked = connection.execute(
            f"SELECT {_NODE}, l.containment FROM story_links l JOIN stories s ON s.article = l.other"
            " WHERE l.article = ? ORDER BY s.position",
            (article,),
        ).fetchall()
        nodes = [Earlier(Node(*row[:-1]), row[-1]) for row in linked]
        judged = verdict(one, [other for other in nodes if other.node.position < position])
        connection.execute(
            "UPDATE stories SET story = ?, kind = ?, source = ?, containment = ? WHERE article = ?",
            (*judged, article),
        )
        if (judged.story, judged.kind) != (one.story, one.kind):
            for other in nodes:
                if other.node.position > position:
                    heapq.heappush(queue, (other.node.position, other.node.id))


_NODE = "s.article, s.position, s.voice, s.shingles, coalesce(s.agency, s.credit) IS NOT NULL, s.story, s.kind"


def _node(connection: Connection, article: int) -> Node:
    return Node(
        *connection.execute(f"SELECT {_NODE} FROM stories s WHERE s.article = ?", (article,)).fetchone()
    )


def _shingles_of(db: Database, article: int, memory: Memory) -> frozenset[int]:
    if article not in memory:
        (one,) = archive.articles(db, "a.id = ?", (article,))
        _remember(memory, article, shingles.of(one.title, one.text))
    return memory[article]


def _remember(memory: Memory, article: int, own: frozenset[int]) -> None:
    if len(memory) >= _REMEMBERED and article not in memory:
        memory.pop(next(iter(memory)))
    memory[article] = own
