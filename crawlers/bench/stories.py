"""Pairwise F1 on labelled reprints; speed on recorded collections."""

import argparse
from pathlib import Path

from crawlers.bench import _reprints

CASES = Path(__file__).parent.parent.parent / "tests" / "crawlers" / "stories"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m crawlers.bench stories", description=__doc__)
    parser.add_argument("--cases", type=Path, default=CASES, help="folder of labelled texts")
    parser.add_argument("--corpora", type=Path, help="folder of */*.jsonl.gz")
    told = parser.parse_args(arguments)
    reprints(told.cases)
    if told.corpora:
        _reprints.measure_speed(told.corpora, print)
    return 0


def reprints(folder: Path) -> None:
    """Prints how well the labelled texts are grouped, and each that is not placed as labelled."""
    told = _reprints.tell_reprints(folder)
    pairs = told.true + told.false + told.missed + told.apart
    print(f"{pairs} pairs, {told.true + told.missed} of them reprints: F1 {told.f1:.3f}")
    print(f"  {told.false} wrongly joined, {told.missed} missed")
    print(
        f"  {len(told.wrong_kinds)} of another kind than labelled, {len(told.wrong_agencies)} of another agency"
    )
    for line in (*told.wrong_kinds, *told.wrong_agencies):
        print(f"    {line}")
