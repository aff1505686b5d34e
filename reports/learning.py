"""`mediagap match learn`: from the decisions in a database to weights of this installation, and what they change."""

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crawlers import registry
from crawlers.errors import DataError
from matcher import labelled, learned
from matcher import learn as fitting
from matcher.labelled import Case
from matcher.learn import Line, Outcome
from reports import work
from reports.config import Settings
from reports.work import Say

_STEPS = 10  # lines of progress for each kind of work
_HEADINGS = ("precision", "recall", "of pairs: precision", "recall")


@dataclass(frozen=True)
class Learning:
    decided: list[Case]
    outcome: Outcome


def learn(settings: Settings, say: Say, now: datetime) -> Learning:
    """Compares and fits, and writes nothing. Raises DataError where nobody decided anything."""
    known, outlets = work.known(settings), registry.load(settings.sources)
    folders = (labelled.CASES, labelled.CASES / "first")
    pinned = [case for folder in folders for listed in labelled.load(folder).values() for case in listed]
    floors = fitting.in_force(learned.floors(settings.learned), learned.floors(labelled.CASES))
    progress = _Progress(say)
    with closing((db := work.open_for(settings, write=False)).conn):
        decided, but = learned.cases(db, known, outlets, now)
        if not decided:
            raise DataError(
                "match learn", "decisions", "nothing", "at least one yes or no on a text as it is today",
                "decide with `mediagap articles decide`, or answer again what `mediagap articles reopened` lists",
            )  # fmt: skip
        matcher = work.matcher(settings, learning=True)
        unlabelled = list(fitting.background(db, matcher, outlets, decided, but, progress))
    return Learning(decided, fitting.learn(matcher, pinned, decided, unlabelled, floors, progress))


def keep(settings: Settings, found: Learning, reason: str | None, author: str, now: datetime) -> None:
    """Writes cases and weights, and the floors that are lowered by it with the reason for that."""
    if found.outcome.lowered and reason is not None:
        learned.lower(settings.learned, found.outcome.lowered, reason, author, now)
    learned.write(settings.learned, found.outcome.model, found.decided)


def below_floor(found: Learning) -> DataError:
    """What is refused, in one line."""
    fallen = [
        f"{line.language} {name} {figure:.3f} (floor {line.floor[name]:.3f}, before {line.before[name]:.3f})"
        for line in found.outcome.lines
        for name, figure in line.lowered.items()
    ]
    return DataError(
        "match learn", "floors", "; ".join(fallen), "figures that do not fall below their floor",
        "nothing was written; look at the decisions again, or give --accept-lower REASON",
    )  # fmt: skip


def plain(found: Learning) -> dict[str, Any]:
    return {
        "decisions": sum(len(case.decided or ()) for case in found.decided),
        "texts": len(found.decided),
        "background": found.outcome.background,
        "lines": [
            {
                "cases": "decided" if line.decided else "labelled", "language": line.language, "count": line.cases,
                "before": _rounded(line.before), "after": _rounded(line.after), "floor": line.floor,
                "lowered": sorted(line.lowered),
            }
            for line in found.outcome.lines
        ],
    }  # fmt: skip


def table(found: Learning) -> str:
    told = plain(found)
    lines = [
        f"{told['decisions']} decisions on {told['texts']} texts; {told['background']} texts of the archive as background",
        "Cross-validated, without the decisions > with them (floor; ! below it):",
        f"{'':10} {'cases':>5}  " + "  ".join(f"{one:<24}" for one in _HEADINGS).rstrip(),
    ]
    for of_decisions in (False, True):
        lines.append("decided here" if of_decisions else "labelled cases of the program")
        for line in found.outcome.lines:
            if line.decided is of_decisions:
                figures = "  ".join(f"{_figure(line, name):<24}" for name in line.after)
                lines.append(f"  {line.language:8} {line.cases:>5}  {figures}".rstrip())
    return "\n".join(lines)


def _figure(line: Line, name: str) -> str:
    shown = f"{line.before[name]:.3f} > {line.after[name]:.3f}"
    if name in line.floor:
        shown += f" ({line.floor[name]:.3f}{' !' if name in line.lowered else ''})"
    return shown


def _rounded(figures: learned.Figures) -> dict[str, float]:
    return {name: round(figure, 4) for name, figure in figures.items()}


class _Progress:
    """A line for each tenth of each kind of work."""

    def __init__(self, say: Say) -> None:
        self._say, self._told = say, ("", -1)

    def __call__(self, what: str, done: int, total: int) -> None:
        step = (what, done * _STEPS // total if total else _STEPS)
        if step != self._told:
            self._told = step
            self._say(f"  {what}: {done} of {total}")
