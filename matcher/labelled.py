"""Labelled cases: news texts with what a person says they are about, and how far the matcher agrees."""

import json
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass, field
from pathlib import Path

from crawlers.datafile import read_yaml
from crawlers.errors import DataError
from matcher.catalogue import Catalogue
from matcher.records import Grade, Result, Text, text_of

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """One labelled text."""

    id: str
    article: Text
    about: frozenset[str]
    """Ids of the entries that the text is about."""
    mention: frozenset[str]
    pairs: frozenset[str] | None
    """None where two people could differ."""
    trap: str
    decided: frozenset[str] | None = None
    """Entries of which somebody said yes or no, where nothing is known of the others; None: all are labelled."""

    def judges(self, entry: str, kin: Set[str]) -> bool:
        """Whether the case tells that an entry is right or wrong. What is a mention, and another document of the
        same line (`kin`), is neither; nor is what nobody decided on.
        """
        if entry in self.about:
            return True
        return entry in self.decided if self.decided is not None else entry not in self.mention | kin


@dataclass
class Score:
    """Agreement over some cases: true and false positives, and what was missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    mistakes: list[str] = field(default_factory=list)
    """`case entry: wrong` or `missed`, for reading."""

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def add(self, case: Case, found: Set[str]) -> None:
        """Counts the entries found in one case; neither right nor wrong ones are left out by the caller."""
        self.right += len(found & case.about)
        self.wrong += len(found - case.about)
        self.missed += len(case.about - found)
        self.mistakes += [f"{case.id} {entry}: wrong ({case.trap})" for entry in sorted(found - case.about)]
        self.mistakes += [f"{case.id} {entry}: missed ({case.trap})" for entry in sorted(case.about - found)]

    def __str__(self) -> str:
        return (
            f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}"
            f"  ({self.right} right, {self.wrong} wrong, {self.missed} missed)"
        )


def load(folder: Path = CASES) -> dict[str, list[Case]]:
    """Cases by language, in the order of their files; raises DataError for a line that is no case.

    A line with `not_about` labels the entries of `about` and of that list only.
    """
    found: dict[str, list[Case]] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            where = f"{path}:{number}"
            try:
                record = json.loads(line)
                about, mention = (frozenset(map(str, record[key])) for key in ("about", "mention"))
                pairs = frozenset(map(str, record["pairs"])) if record["pairs"] is not None else None
                denied = record.get("not_about")
                decided = None if denied is None else about | frozenset(map(str, denied))
            except (ValueError, KeyError, TypeError) as error:
                raise DataError(where, "", str(error), "a case with about, mention and pairs") from None
            article = text_of(record, where, str(number))
            case = Case(article.id, article, about, mention, pairs, str(record.get("trap") or ""), decided)
            found.setdefault(record.get("language") or "unknown", []).append(case)
    return found


def pieces(folder: Path) -> list[Case]:
    """Cases of the demo's press: lists of pieces with `title`, `text` and what is `expect`ed of them."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        for number, piece in enumerate(read_yaml(path), start=1):
            wanted = piece.get("expect") or {}
            about, mention, pairs = (frozenset(wanted.get(key, ())) for key in ("about", "mention", "pairs"))
            article = Text(f"{path.stem}-{number}", piece["title"], piece["text"], piece.get("language"))
            found.append(Case(article.id, article, about, mention, pairs, ""))
    return found


def entries(cases: Iterable[Case], catalogue: Catalogue, match: Callable[[Text], Result]) -> Score:
    """Agreement on what is `about`. Another document of the same line is neither right nor wrong, and what a
    person calls a mention is not wrong.
    """
    lines = {entry: frozenset(line) for line in catalogue.lines.values() for entry in line}
    score = Score()
    for case in cases:
        found = {one.entry for one in match(case.article).matches if one.grade is Grade.ABOUT}
        kin = frozenset().union(*(lines[entry] for entry in case.about if entry in lines))
        score.add(case, {entry for entry in found if case.judges(entry, kin)})
    return score


def pairs(cases: Iterable[Case], match: Callable[[Text], Result]) -> Score:
    """Agreement on the pairs whose cooperation a text is about, each as precise as it was labelled."""
    score = Score()
    for case in cases:
        if case.pairs is None:
            continue
        found = {str(pair) for pair in match(case.article).pairs}
        score.right += len(found & case.pairs)
        score.wrong += len(found - case.pairs)
        score.missed += len(case.pairs - found)
    return score


def title_scores(
    cases: Iterable[Case], catalogue: Catalogue, scorer: Callable[..., float], at_least: float
) -> list[tuple[Case, dict[str, float]]]:
    """What plain matching gives: by case, the entries one of whose titles is like the text by a rapidfuzz scorer."""
    titles = {
        entry.id: [title.lower() for title in entry.title.values()] for entry in catalogue.entries.values()
    }
    found = []
    for case in cases:
        body = f"{case.article.title} {case.article.text}".lower()
        scores = {
            entry: max(scorer(title, body, score_cutoff=at_least) for title in listed)
            for entry, listed in titles.items()
        }
        found.append((case, {entry: score for entry, score in scores.items() if score >= at_least}))
    return found
