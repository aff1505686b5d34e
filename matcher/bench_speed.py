"""How fast the matcher is beside a bare pass of its patterns and a scan by rapidfuzz, and what its start takes.

In processor time, in one run: the machine may have other work to do.
"""

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import ahocorasick_rs
from rapidfuzz import fuzz

from crawlers import codes, text
from crawlers.codes import Pair
from matcher import catalogue
from matcher.anchors import Anchors
from matcher.catalogue import Catalogue
from matcher.entries import Entry, Party
from matcher.match import Matcher
from matcher.records import Result, Text

_SCANNED = 12
"""Articles that rapidfuzz reads: it needs some tenth of a second for each."""
_FOR_MEMORY = 1_000
"""Articles that a fresh process matches before its memory is looked at."""
_START = """
import json, re, sys, time
from itertools import islice
from pathlib import Path
from matcher import bench, cache, ready
began = time.process_time()
cached = Path(sys.argv[2])
matcher = ready.matcher(cache.load(Path(sys.argv[1]), cached), cached)
took = time.process_time() - began
for article in islice(bench.articles(Path(sys.argv[3])), int(sys.argv[4])):
    matcher.match(article)
# not what getrusage says: a child's begins with the memory of the process that started it
held = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(json.dumps([took, int(held[1]) * 1024]))
"""

GOALS = (
    # figure, what it is, its unit, the goal
    ("of_pass", "speed beside a bare pass of the same patterns", "times", ">= 0.30"),
    ("of_scan", "speed beside rapidfuzz partial_ratio of all entries", "times", ">= 300"),
    ("tenfold", "time with ten times the entries", "times", "<= 1.3"),
    ("ms_per_article", "time per article", "ms", "<= 0.4"),
    ("ms_per_told", "time per article with an answer", "ms", "<= 3"),
    ("start_cold", "start without a cache", "s", "< 2"),
    ("start_cached", "start from the cache", "s", "< 0.3"),
    ("memory", "resident memory at most", "MB", "< 300"),
)


def run(articles: list[Text], corpora: Path) -> None:
    """Prints a table and a JSON line."""
    found = measure(articles, corpora)
    for key, what, unit, goal in GOALS:
        print(f"{what:52} {found[key]:>10.3f} {unit:6} goal {goal}")
    print(json.dumps({key: round(value, 4) for key, value in found.items()}))


def measure(articles: list[Text], corpora: Path) -> dict[str, float]:
    known = catalogue.load()
    matcher = Matcher(known)
    patterns = Anchors(known).patterns
    folded = [text.fold(text.clean(f"{one.title}\n{one.text}")) for one in articles]
    characters = sum(map(len, folded))
    bare = ahocorasick_rs.AhoCorasick(patterns)
    passing = min(
        _timed(lambda: [bare.find_matches_as_indexes(one, overlapping=True) for one in folded])
        for _ in range(2)
    )
    matching = _timed(lambda: [matcher.match(one) for one in articles])
    told = [one for one in articles if matcher.match(one) != Result()]
    telling = _timed(lambda: [matcher.match(one) for one in told])
    some = random.Random(1).sample(folded, min(_SCANNED, len(folded)))
    scanning = _timed(lambda: _scan(known, some)) / sum(map(len, some))
    larger = multiplied(known, 10)
    of_larger = Matcher(larger)
    tenfold = _timed(lambda: [of_larger.match(one) for one in articles])
    with tempfile.TemporaryDirectory() as folder:
        cold, _ = _started(Path(folder), corpora, 0)
        cached, memory = _started(Path(folder), corpora, _FOR_MEMORY)
    return {
        "articles": len(articles), "characters": characters, "patterns": len(patterns), "told": len(told),
        "entries": len(known.entries), "entries_tenfold": len(larger.entries), "pass_seconds": passing,
        "match_seconds": matching, "of_pass": passing / matching, "of_scan": scanning * characters / matching,
        "tenfold": tenfold / matching, "ms_per_article": matching / len(articles) * 1000,
        "ms_per_told": telling / max(1, len(told)) * 1000, "start_cold": cold, "start_cached": cached,
        "memory": memory / 1e6,
    }  # fmt: skip


def multiplied(known: Catalogue, times: int) -> Catalogue:
    """The catalogue with synthetic entries: those that are there, each between other real places."""
    rng = random.Random(1)
    places = [
        place for place in known.gazetteer.places.values() if place.kind in ("region", "city", "district")
    ]
    sides: dict[bool, list[str]] = {True: [], False: []}
    for place in places:
        sides[codes.country_of(known.gazetteer.code(place.id)) == "BY"].append(place.id)
    entries = dict(known.entries)
    for number in range(1, times):
        for entry in known.entries.values():
            one, other = rng.choice(sides[True]), rng.choice(sides[False])
            made = _between(entry, one, other, known, number)
            entries[made.id] = made
    return Catalogue(entries, known.gazetteer, f"{known.version}x{times}")


def _between(entry: Entry, one: str, other: str, known: Catalogue, number: int) -> Entry:
    gazetteer = known.gazetteer
    names = [gazetteer.places[place].names.get("ru", (place,))[0] for place in (one, other)]
    anchors = {
        language: tuple(f"{name} {names[0]}" for name in all_) for language, all_ in entry.anchors.items()
    }
    return entry.model_copy(
        update={
            "id": f"{entry.id}-{number}",
            "title": {language: f"{title} {' '.join(names)}" for language, title in entry.title.items()},
            "names": {},
            "parties": (Party(place=one), Party(place=other)),
            "pairs": (Pair(gazetteer.code(one), gazetteer.code(other)),),
            "anchors": anchors, "succeeds": (), "part_of": None,
        }
    )  # fmt: skip


def _timed(do: Callable[[], object]) -> float:
    began = time.process_time()
    do()
    return time.process_time() - began


def _scan(known: Catalogue, folded: list[str]) -> None:
    titles = [text.fold(title) for entry in known.entries.values() for title in entry.title.values()]
    for one in folded:
        for title in titles:
            fuzz.partial_ratio(title, one)


def _started(folder: Path, corpora: Path, articles: int) -> tuple[float, float]:
    """Seconds in which a fresh process makes a matcher, and the most bytes that it ever held."""
    arguments = [str(catalogue.CATALOGUE), str(folder / "cache.json"), str(corpora), str(articles)]
    done = subprocess.run(
        [sys.executable, "-c", _START, *arguments], check=True, capture_output=True, text=True
    )
    took, held = json.loads(done.stdout)
    return took, held
