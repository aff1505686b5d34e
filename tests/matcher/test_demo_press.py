"""The labelled texts of the demo's press: labels were written without looking at the matcher."""

from collections import Counter
from pathlib import Path

import pytest

from crawlers.datafile import read_yaml
from matcher import catalogue
from matcher.match import Matcher
from matcher.records import Grade, Text

TEXTS = Path(__file__).parents[2] / "reports" / "press" / "texts"

# Floors: lowering one is an explicit act with a reason.
MOST_WRONG = 0
LEAST_RECALL = 0.9


@pytest.fixture(scope="module")
def counts() -> Counter[str]:
    matcher = Matcher(catalogue.load())
    found: Counter[str] = Counter()
    for path in sorted(TEXTS.glob("*.yml")):
        for piece in read_yaml(path):
            expected = piece.get("expect") or {}
            wanted = set(expected.get("about", []))
            result = matcher.match(Text("x", piece["title"], piece["text"]))
            about = {match.entry for match in result.matches if match.grade is Grade.ABOUT}
            found["right"] += len(about & wanted)
            found["wrong"] += len(about - wanted - set(expected.get("mention", [])))
            found["missed"] += len(wanted - about)
    return found


def test_nothing_is_matched_wrongly(counts: Counter[str]) -> None:
    assert counts["wrong"] <= MOST_WRONG


def test_recall_stays_above_its_floor(counts: Counter[str]) -> None:
    assert counts["right"] / (counts["right"] + counts["missed"]) >= LEAST_RECALL
