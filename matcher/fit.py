"""Fits the matcher's weights to labelled cases: `python -m matcher.fit [--corpora FOLDER] [--write]`.

Figures are cross-validated in ten folds; cases that share an entry are in one fold, so that no entry is known from
the cases that were learned. Articles of `--corpora` are taken to be about nothing, but for those that
`cases/recorded.yml` lists. Needs scikit-learn: `pip install 'mediagap[fit]'`.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from crawlers.datafile import read_yaml
from matcher import catalogue, labelled, model
from matcher.labelled import Case, Score
from matcher.match import ABOUT, Matcher
from matcher.recorded import articles

RECORDED = labelled.CASES / "recorded.yml"

_FOLDS = 10
_STRENGTH = 0.05
"""Inverse of the penalty on large weights (C of scikit-learn), over features of unit variance."""


@dataclass
class Table:
    """Candidates of all cases as rows of numbers."""

    names: list[str] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    rows: list[list[float]] = field(default_factory=list)
    of_case: list[int] = field(default_factory=list)
    entries: list[str] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)

    def add(
        self, case: Case, group: int, kin: frozenset[str], candidates: Iterable[tuple[str, dict[str, float]]]
    ) -> None:
        """Adds the candidates of a case but for those that are neither right nor wrong."""
        self.cases.append(case)
        for entry, values in candidates:
            if not case.judges(entry, kin):
                continue
            self.names = self.names or list(values)
            self.rows.append([values[name] for name in self.names])
            self.of_case.append(len(self.cases) - 1)
            self.entries.append(entry)
            self.right.append(entry in case.about)
            self.groups.append(group)


def table(matcher: Matcher, cases: list[Case], on_progress: Callable[[int, int], object] = max) -> Table:
    """The features of every candidate of every case. `on_progress` gets how many are read, and how many there are."""
    lines = {entry: frozenset(line) for line in matcher.catalogue.lines.values() for entry in line}
    groups = _groups(cases)
    found = Table()
    for case, group in zip(cases, groups, strict=True):
        kin = frozenset().union(*(lines.get(entry, frozenset()) for entry in case.about))
        _, candidates = matcher.candidates(matcher.read(case.article))
        listed = [(one.profile.entry.id, model.expanded(one.values)) for one in candidates]
        found.add(case, group, kin, listed)
        on_progress(len(found.cases), len(cases))
    assert found.rows, "no case has a candidate"
    return found


def fitted(rows: "np.ndarray", right: "np.ndarray", names: list[str]) -> model.Model:
    """A logistic regression on features of unit variance, told in weights of the features as they are."""
    spread = rows.std(axis=0)
    used = spread > 1e-9
    scaled = rows[:, used] / spread[used]
    learned = LogisticRegression(C=_STRENGTH, max_iter=5000).fit(scaled, right)
    weights = learned.coef_[0] / spread[used]
    chosen = [name for name, one in zip(names, used, strict=True) if one]
    return model.Model(
        round(float(learned.intercept_[0]), 4),
        {name: round(float(w), 4) for name, w in zip(chosen, weights, strict=True)},
    )


def cross_validated(data: Table, learned: Container[str] | None = None) -> "np.ndarray":
    """The probability of each row by a model that has not seen its group.

    `learned`: ids of the only cases that are learned from, the others are told of alone; None: all.
    """
    taken = np.array([learned is None or data.cases[number].id in learned for number in data.of_case])
    rows, right, groups = np.array(data.rows), np.array(data.right), np.array(data.groups)
    found = np.zeros(len(right))
    folds = min(_FOLDS, len(set(data.groups)))
    for others, unseen in GroupKFold(folds).split(rows, right, groups):
        seen = others[taken[others]]
        one = fitted(rows[seen], right[seen], data.names)
        weights = np.array([one.weights.get(name, 0.0) for name in data.names])
        found[unseen] = 1 / (1 + np.exp(-np.clip(rows[unseen] @ weights + one.intercept, -30, 30)))
    return found


def answers(data: Table, probabilities: "np.ndarray", at: float) -> dict[int, set[str]]:
    """The entries that each case, by its number, is said to be about."""
    found: dict[int, set[str]] = defaultdict(set)
    for number, entry, probability in zip(data.of_case, data.entries, probabilities, strict=True):
        if probability >= at:
            found[number].add(entry)
    return found


def scores(data: Table, probabilities: "np.ndarray", at: float, ids: Container[str]) -> dict[str, Score]:
    """Agreement by language, and over all, of the cases of these ids."""
    found = answers(data, probabilities, at)
    by_language: dict[str, Score] = defaultdict(Score)
    for number, case in enumerate(data.cases):
        if case.id not in ids:
            continue
        for score in (by_language[case.article.language or "unknown"], by_language["all"]):
            score.add(case, found[number])
    return dict(by_language)


def background(corpora: Path) -> Iterator[Case]:
    """Recorded articles, with the entries that a person found them to be about."""
    known = read_yaml(RECORDED)
    for article in articles(corpora):
        yield Case(article.id, article, frozenset(known.get(article.id, ())), frozenset(), frozenset(), "")


def _groups(cases: list[Case]) -> list[int]:
    """A number for each case; cases about one entry have the same, be it by way of others."""
    leader: dict[str, int] = {}
    groups = list(range(len(cases)))

    def top(number: int) -> int:
        while groups[number] != number:
            number = groups[number]
        return number

    for number, case in enumerate(cases):
        for entry in case.about:
            groups[top(number)] = top(leader.setdefault(entry, number))
    return [top(number) for number in range(len(cases))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=Path, action="append", help="folders of labelled cases")
    parser.add_argument("--press", type=Path, help="folder of the demo's press")
    parser.add_argument("--corpora", type=Path, help="folder of recorded articles that are about nothing")
    parser.add_argument("--at", type=float, default=ABOUT, help="probability from which a match counts")
    parser.add_argument("--show", action="store_true", help="list every case that was missed or wrong")
    parser.add_argument("--write", action="store_true", help="fit to all and write the weights")
    arguments = parser.parse_args()
    matcher = Matcher(catalogue.load())
    folders: list[Path] = arguments.cases or [labelled.CASES, labelled.CASES / "first"]
    cases = {folder: [one for listed in labelled.load(folder).values() for one in listed] for folder in folders}
    if arguments.press:
        cases[arguments.press] = labelled.pieces(arguments.press)
    texts = list(background(arguments.corpora)) if arguments.corpora else []
    data = table(matcher, [*(one for listed in cases.values() for one in listed), *texts])
    probabilities = cross_validated(data)
    for folder, listed in [*cases.items(), *([(arguments.corpora, texts)] if texts else [])]:
        print(f"{folder}: {len(listed)} cases, cross-validated")
        ids = {case.id for case in listed}
        for language, score in scores(data, probabilities, arguments.at, ids).items():
            print(f"  {language:8} {score}")
            if arguments.show and language == "all":
                print("\n".join(score.mistakes))
    if arguments.write:
        found = fitted(np.array(data.rows), np.array(data.right), data.names)
        written = {"intercept": found.intercept, "weights": dict(found.weights)}
        model.WEIGHTS.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
        print(f"{len(found.weights)} weights in {model.WEIGHTS}")


if __name__ == "__main__":
    main()
