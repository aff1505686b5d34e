"""How well reprints are told: pairwise F1 on labelled texts; and how fast recorded texts are grouped."""

import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from crawlers import archive, importer, store, stories
from crawlers.datafile import Strict, build, read_yaml
from crawlers.dates import Published, Quality
from crawlers.items import Item, Reading
from crawlers.migrations import migrations

_FIRST_DAY = datetime(2026, 11, 1, 12, tzinfo=UTC)


class Case(Strict):
    """One labelled text."""

    id: str
    host: str
    day: int
    title: str
    parts: tuple[str, ...]
    add: str | None = None
    story: str
    kind: stories.Kind
    agency: str | None = None


class _File(Strict):
    paragraphs: dict[str, str]
    texts: tuple[Case, ...]


@dataclass
class Told:
    """What came of the labelled texts."""

    true: int = 0
    """Pairs of one story that were found to be one."""
    false: int = 0
    missed: int = 0
    apart: int = 0
    """Pairs of two stories that were kept apart."""
    wrong_kinds: tuple[str, ...] = ()
    wrong_agencies: tuple[str, ...] = ()

    @property
    def f1(self) -> float:
        return 2 * self.true / (2 * self.true + self.false + self.missed)


def labelled(folder: Path) -> Iterator[tuple[Case, str]]:
    """Each labelled text of a folder with its body; raises DataError for a file that is wrong."""
    for path in sorted(folder.glob("*.yml")):
        read = build(_File, read_yaml(path), path)
        for case in read.texts:
            yield case, "\n".join([*(read.paragraphs[part] for part in case.parts), case.add or ""]).strip()


def tell_reprints(folder: Path) -> Told:
    """Groups the labelled texts and compares every pair of them, across languages too, with its labels."""
    cases = list(labelled(folder))
    with _database() as db:
        articles = {}
        with store.writing(db) as connection:
            for case, body in cases:
                moment = _FIRST_DAY + timedelta(days=case.day)
                item = Item(
                    f"https://{case.host}/{case.id}", case.title, body,
                    Published(moment, None, Quality.FEED), reading=Reading.FULL,
                )  # fmt: skip
                saved, _ = archive.save(connection, item, None, "cases", ZoneInfo("UTC"), moment)
                articles[case.id] = saved
        stories.group(db, {})
        places = stories.places(db)
    told = Told()
    for (one, _), (other, _) in combinations(cases, 2):
        together = places[articles[one.id]].story == places[articles[other.id]].story
        if one.story == other.story:
            told.true += together
            told.missed += not together
        else:
            told.false += together
            told.apart += not together
    placed = [(case, places[articles[case.id]]) for case, _ in cases]
    told.wrong_kinds = tuple(f"{c.id}: {p.kind}, labelled {c.kind}" for c, p in placed if p.kind is not c.kind)
    told.wrong_agencies = tuple(
        f"{c.id}: {p.origin}, labelled {c.agency}" for c, p in placed if c.agency not in (None, p.origin)
    )
    return told


def measure_speed(folder: Path, tell: Callable[[str], object]) -> None:
    """Groups recorded texts as if all had come out on one day, so that each is compared with every other."""
    with _database() as db:
        for path in sorted(folder.glob("*/*.jsonl.gz")):
            importer.import_file(db, path, {}, datetime.now(UTC))
        with store.writing(db) as connection:
            connection.execute("UPDATE articles SET published_day = '2026-11-01'")
        begun, used = time.perf_counter(), time.process_time()
        run = stories.group(db, {})
        spent, used = time.perf_counter() - begun, time.process_time() - used
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        kinds = store.query(db, "SELECT kind, count(*) AS n FROM stories GROUP BY kind")
        tell(f"{run.articles} texts grouped in {spent:.0f} s, {used:.0f} s of one core, peak {peak:.0f} MB")
        tell("  " + ", ".join(f"{row['n']} {row['kind']}" for row in kinds))
        begun = time.perf_counter()
        stories.group(db, {})
        tell(f"  again, with nothing new: {time.perf_counter() - begun:.2f} s")


@contextmanager
def _database() -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as folder:
        db = store.open_database(Path(folder) / "bench.db", [migrations])
        try:
            yield db
        finally:
            db.conn.close()
