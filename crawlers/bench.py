"""Measurements, never part of the tests: `python -m crawlers.bench language --corpora FOLDER`, or `stories`."""

import argparse
import gzip
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from crawlers import bench_stories, text
from crawlers.language import detect

CASES = Path(__file__).parent.parent / "tests" / "crawlers" / "stories"
_LONGEST_FIRST = 150  # characters of a first sentence that stands for a missing title


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m crawlers.bench", description=__doc__)
    commands = parser.add_subparsers(dest="what", required=True)
    one = commands.add_parser("language", help="accuracy per language on recorded collections")
    one.add_argument("--corpora", type=Path, required=True, help="folder of */*.jsonl.gz")
    two = commands.add_parser("stories", help="pairwise F1 on labelled reprints; speed on recorded collections")
    two.add_argument("--cases", type=Path, default=CASES, help="folder of labelled texts")
    two.add_argument("--corpora", type=Path, help="folder of */*.jsonl.gz")
    chosen = parser.parse_args(arguments)
    if chosen.what == "language":
        languages(chosen.corpora)
    else:
        reprints(chosen.cases)
        if chosen.corpora:
            bench_stories.measure_speed(chosen.corpora, tell)
    return 0


def reprints(folder: Path) -> None:
    """Prints how well the labelled texts are grouped, and each that is not placed as labelled."""
    told = bench_stories.tell_reprints(folder)
    pairs = told.true + told.false + told.missed + told.apart
    tell(f"{pairs} pairs, {told.true + told.missed} of them reprints: F1 {told.f1:.3f}")
    tell(f"  {told.false} wrongly joined, {told.missed} missed")
    tell(
        f"  {len(told.wrong_kinds)} of another kind than labelled, {len(told.wrong_agencies)} of another agency"
    )
    for line in (*told.wrong_kinds, *told.wrong_agencies):
        tell(f"    {line}")


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")


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
        tell(f"{kind}, {each:.2f} ms each; the stated language can be wrong, and is trusted here")
        for stated, count in Counter(stated for stated, _, _ in records).most_common():
            taken = ", ".join(f"{n} as {code}" for code, n in wrong[stated].most_common(6))
            share = right[stated] / count
            tell(f"  {stated}: {share:7.2%} of {count}; {unknown[stated]} unknown; {taken or 'none wrong'}")


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


if __name__ == "__main__":
    sys.exit(main())
