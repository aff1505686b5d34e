"""Accuracy of the told languages on recorded collections, per language that they state."""

import argparse
import gzip
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from crawlers import text
from crawlers.language import detect

_LONGEST_FIRST = 150  # characters of a first sentence that stands for a missing title


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m crawlers.bench language", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder of */*.jsonl.gz")
    languages(parser.parse_args(arguments).corpora)
    return 0


def languages(folder: Path) -> None:
    """Prints how many texts, and how many headlines, got the language that their collection states.

    Nothing is known of the outlets, so there is no prior: the press of an outlet does better.
    """
    records = list(recorded(folder))
    for kind in ("whole text", "headline"):
        right: Counter[str] = Counter()
        unknown: Counter[str] = Counter()
        wrong: defaultdict[str, Counter[str]] = defaultdict(Counter)
        begun = time.perf_counter()
        for stated, title, body in records:
            sample = f"{title}\n{body}" if kind == "whole text" else title or _first(body)
            found = detect(sample)
            right[stated] += found == stated
            unknown[stated] += found is None
            if found not in (stated, None):
                wrong[stated][str(found)] += 1
        each = (time.perf_counter() - begun) / (len(records) or 1) * 1000
        print(f"{kind}, {each:.2f} ms each; the stated language can be wrong, and is trusted here")
        for stated, count in Counter(stated for stated, _, _ in records).most_common():
            taken = ", ".join(f"{n} as {code}" for code, n in wrong[stated].most_common(6))
            share = right[stated] / count
            print(f"  {stated}: {share:7.2%} of {count}; {unknown[stated]} unknown; {taken or 'none wrong'}")


def recorded(folder: Path) -> Iterator[tuple[str, str, str]]:
    """(stated language, title, text) of each record that states a language."""
    for path in sorted(folder.glob("*/*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                if record.get("language"):
                    yield record["language"], record.get("title") or "", record.get("text") or ""


def _first(body: str) -> str:
    cleaned = text.clean(body)
    return next((cleaned[a:b] for a, b in text.sentence_spans(cleaned)), "")[:_LONGEST_FIRST]
