"""Fits the weights anew to the program's cases and the decisions of editors, and compares: what is better, what worse.

Needs scikit-learn, as `matcher.fit` does.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from sqlite_utils import Database

from crawlers import archive
from crawlers.registry import Outlet
from matcher import fit, labelled, learned
from matcher.labelled import Case
from matcher.learned import Figures
from matcher.match import ABOUT, NEAR, Matcher
from matcher.model import Model
from matcher.reading import ReadText
from matcher.records import Result
from matcher.store import as_text

BACKGROUND = 5_000
"""Articles of the archive, the latest, that stand for all that is about nothing."""

_ROUNDED = 0.0005  # floors are pinned with three digits

Progress = Callable[[str, int, int], object]
"""Gets what is done, how many of it are done, and how many there are."""


@dataclass(frozen=True)
class Line:
    """Cross-validated figures of the cases of one language."""

    language: str
    """`all` for all of them."""
    decided: bool
    """Whether these are cases that editors decided; otherwise those that come with the program."""
    cases: int
    before: Figures
    after: Figures
    floor: Figures = field(default_factory=dict)

    @property
    def lowered(self) -> dict[str, float]:
        """The figures that would fall below their floor by what was learned, with what they would be."""
        return {
            name: self.after[name]
            for name, floor in self.floor.items()
            if name in self.after and self.after[name] < min(floor, self.before[name]) - _ROUNDED
        }


@dataclass(frozen=True)
class Outcome:
    """What was learned, and what that would change."""

    model: Model
    lines: tuple[Line, ...]
    background: int
    """Articles of the archive that have a candidate and were learned from as about none of them."""

    @property
    def lowered(self) -> dict[str, Figures]:
        return {line.language: line.lowered for line in self.lines if line.lowered}


def background(
    db: Database, matcher: Matcher, outlets: dict[str, Outlet], decided: Sequence[Case], but: set[int],
    on_progress: Progress,
) -> Iterator[Case]:  # fmt: skip
    """The latest articles that nobody decided on, as far as they name both sides of an entry.

    The program's cases are half about something; of the articles of an archive hardly any is. So what the matcher
    calls neither a match nor a near miss counts as wrong, and all else as neither right nor wrong, also every
    entry that was said to be reported somewhere: this may be a reprint of that text.

    `matcher`: one with the program's own weights, so that learning twice does not lead away from them.
    """
    said = frozenset().union(*(case.about for case in decided))
    (first,) = db.execute(
        "SELECT coalesce(min(id), 0) FROM (SELECT id FROM articles ORDER BY id DESC LIMIT ?)", (BACKGROUND,)
    ).fetchone()
    (total,) = db.execute("SELECT count(*) FROM articles WHERE id >= ?", (first,)).fetchone()
    for number, article in enumerate(archive.articles(db, "a.id >= ?", (first,)), start=1):
        on_progress("articles of the archive", number, total)
        if article.id in but:
            continue
        text = as_text(article, outlets)
        _, candidates = matcher.candidates(matcher.read(text))
        likely = {one.profile.entry.id for one in candidates if matcher.model.probability(one.values) >= NEAR}
        if candidates:
            yield Case(f"archive-{article.id}", text, frozenset(), said | likely, None, "")


def learn(
    matcher: Matcher, pinned: Sequence[Case], decided: Sequence[Case], unlabelled: Sequence[Case],
    floors: Mapping[str, Figures], on_progress: Progress,
) -> Outcome:  # fmt: skip
    """Weights fitted to all cases, and figures by models that have seen neither a case nor its entries.

    Before: by models that learned from no decision; after: by models that did. Both are told of the same cases.
    `pinned`: those that come with the program, to which `floors` apply.
    """
    every = [*pinned, *decided, *unlabelled]
    data = fit.table(matcher, every, lambda done, total: on_progress("cases", done, total))
    on_progress("comparisons", 0, 2)
    before = fit.cross_validated(data, {case.id for case in (*pinned, *unlabelled)})
    on_progress("comparisons", 1, 2)
    after = fit.cross_validated(data)
    on_progress("comparisons", 2, 2)
    reads = {case.id: matcher.read(case.article) for case in pinned}
    lines = []
    for cases, by_decision in ((pinned, False), (decided, True)):
        listed = _by_language(cases)
        was, would = (_measured(matcher, data, one, listed, reads) for one in (before, after))
        for language, of_language in listed.items():
            floor = {} if by_decision else floors.get(language, {})
            count = len(of_language)
            lines.append(Line(language, by_decision, count, was[language], would[language], floor))
    found = fit.fitted(np.array(data.rows), np.array(data.right), data.names)
    return Outcome(found, tuple(lines), len(unlabelled))


def in_force(own: Mapping[str, Figures], program: Mapping[str, Figures]) -> dict[str, Figures]:
    """The program's floors, but for those that were lowered here."""
    return {one: {**program.get(one, {}), **own.get(one, {})} for one in program.keys() | own.keys()}


def _measured(
    matcher: Matcher, data: fit.Table, probabilities: np.ndarray, cases: Mapping[str, list[Case]],
    reads: Mapping[str, ReadText],
) -> dict[str, Figures]:  # fmt: skip
    """Agreement by language on entries, and on pairs where they are labelled; `reads`: the texts of those cases."""
    entries = fit.scores(data, probabilities, ABOUT, {case.id for listed in cases.values() for case in listed})
    found = fit.answers(data, probabilities, ABOUT)
    pairs = {
        case.id: Result(matcher.pairs(reads[case.id], sorted(found.get(number, ()))))
        for number, case in enumerate(data.cases)
        if case.id in reads
    }
    figures: dict[str, Figures] = {}
    for language, listed in cases.items():
        scores = [entries[language]]
        if any(case.pairs is not None for case in listed):
            scores.append(labelled.pairs(listed, lambda article: pairs[article.id]))
        values = [value for one in scores for value in (one.precision, one.recall)]
        figures[language] = dict(zip(learned.FIGURES, values, strict=False))
    return figures


def _by_language(cases: Sequence[Case]) -> dict[str, list[Case]]:
    """In the order of their codes, `all` of them last."""
    found: dict[str, list[Case]] = {}
    for case in sorted(cases, key=lambda one: one.article.language or "unknown"):
        found.setdefault(case.article.language or "unknown", []).append(case)
    return {**found, "all": list(cases)} if cases else {}
