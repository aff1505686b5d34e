"""Article text of pages whose text is known, beside trafilatura alone."""

import argparse
import gzip
import json
import re
import sys
import tarfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import trafilatura

from crawlers import extract

Extract = Callable[[bytes], str]
_TOKEN = re.compile(r"\w+", re.UNICODE | re.MULTILINE | re.IGNORECASE | re.DOTALL)
SHINGLE = 4


class Score(NamedTuple):
    """Shares of one page."""

    precision: float
    recall: float


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m crawlers.bench pages", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with html/*.tar.gz")
    folder = parser.parse_args(arguments).corpora / "html"
    whole, phrases = (
        _files(folder / "article-extraction-benchmark.tar.gz"),
        _files(folder / "trafilatura-eval.tar.gz"),
    )
    for name, read in (("mediagap", _ours), ("trafilatura alone", _alone)):
        f1, precision, recall = by_shingles(whole, read)
        sys.stdout.write(
            f"{name}: article-extraction-benchmark F1 {f1:.3f} (precision {precision:.3f}, recall {recall:.3f}); "
        )
        f1, precision, recall = by_phrases(phrases, read)
        sys.stdout.write(f"trafilatura's set F1 {f1:.3f} (precision {precision:.3f}, recall {recall:.3f})\n")
    return 0


def by_shingles(files: dict[str, bytes], read: Extract) -> tuple[float, float, float]:
    """That benchmark's measure: runs of four words, counted; shares averaged over the pages."""
    truth: dict[str, dict[str, str]] = json.loads(files["ground-truth.json"])
    scores = []
    for name, told in truth.items():
        body = gzip.decompress(files[f"html/{name}.html.gz"])
        scores.append(_shingled(_shingles(told["articleBody"]), _shingles(read(body))))
    return _f1(
        sum(one.precision for one in scores) / len(scores), sum(one.recall for one in scores) / len(scores)
    )


def by_phrases(files: dict[str, bytes], read: Extract) -> tuple[float, float, float]:
    """That set's measure: phrases that have to be there and phrases that must not, counted over all pages."""
    truth = json.loads(files["ground-truth.json"])
    there = missing = too_much = 0
    for one in truth.values() if isinstance(truth, dict) else truth:
        found = read(files["pages/" + one["file"]])
        with_, without = one.get("with") or [], one.get("without") or []
        there += sum(phrase in found for phrase in with_)
        missing += sum(phrase not in found for phrase in with_)
        too_much += sum(phrase in found for phrase in without)
    return _f1(there / (there + too_much), there / (there + missing))


def _ours(body: bytes) -> str:
    page = extract.page(body, "https://example.org/a", ZoneInfo("UTC"), datetime.now(UTC))
    return page.text if page else ""


def _alone(body: bytes) -> str:
    return trafilatura.extract(body, include_comments=False) or ""


def _f1(precision: float, recall: float) -> tuple[float, float, float]:
    return 2 * precision * recall / (precision + recall), precision, recall


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _TOKEN.findall(text or "")
    if len(words) < SHINGLE:
        return Counter([tuple(words)] if words else [])
    return Counter(tuple(words[n : n + SHINGLE]) for n in range(len(words) - SHINGLE + 1))


def _shingled(true: Counter[tuple[str, ...]], found: Counter[tuple[str, ...]]) -> Score:
    right, extra, missing = (sum(c.values()) for c in (true & found, found - true, true - found))
    if extra == missing == 0:
        return Score(1.0, 1.0)
    return Score(right / (right + extra) if found else 0.0, right / (right + missing) if true else 0.0)


def _files(path: Path) -> dict[str, bytes]:
    """Files of an archive by their names below its own folder."""
    with tarfile.open(path) as packed:
        return {
            member.name.removeprefix("./").removeprefix(path.name.removesuffix(".tar.gz") + "/"): content.read()
            for member in packed
            if member.isfile() and (content := packed.extractfile(member))
        }
