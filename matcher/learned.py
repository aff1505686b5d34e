"""What an installation has learned from its editors: cases, weights and floors in a folder of its own."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
from sqlite_utils import Database

from crawlers import archive
from crawlers.datafile import read_yaml
from crawlers.errors import DataError
from crawlers.registry import Outlet
from matcher import decisions, model
from matcher.catalogue import Catalogue
from matcher.decisions import Verdict
from matcher.labelled import Case
from matcher.match import VERSION
from matcher.model import Model
from matcher.store import as_text

CASES, WEIGHTS, FLOORS = "cases.jsonl", "weights.json", "floors.yml"
FIGURES = ("precision", "recall", "pairs_precision", "pairs_recall")

Figures = Mapping[str, float]
"""By the names of FIGURES; one that was not measured is missing."""


@dataclass(frozen=True)
class Stored:
    """Learned weights as they stand in their file."""

    program: str
    """Version of the matcher that they were learned by."""
    model: Model

    @property
    def outdated(self) -> bool:
        """Whether features may mean something else by now, so that the weights are of no use."""
        return self.program != VERSION


def stored(folder: Path) -> Stored | None:
    """None: there are none. Raises DataError for a file that holds no weights."""
    path = folder / WEIGHTS
    if not path.exists():
        return None
    try:
        data = json.loads(path.read_bytes())
        return Stored(str(data["program"]), model.of(data))
    except model.UNREADABLE as error:
        raise DataError(
            path,
            "",
            str(error),
            "weights that `mediagap match learn` wrote",
            "run it again, or remove the file",
        ) from None


def weights(folder: Path) -> Model | None:
    """Learned weights that this matcher can use; raises DataError as `stored` does."""
    found = stored(folder)
    return None if found is None or found.outdated else found.model


def cases(
    db: Database, known: Catalogue, outlets: dict[str, Outlet], now: datetime
) -> tuple[list[Case], set[int]]:
    """The decisions in force as cases, a text each, and the ids of all articles that somebody decided on.

    `unsure` labels nothing, nor does a decision on an entry that the catalogue has no more.
    """
    about: dict[int, dict[str, Verdict]] = {}
    held = decisions.in_force(db, now)
    for (article, entry), decision in held.items():
        if decision.verdict is not Verdict.UNSURE and entry in known.entries:
            about.setdefault(article, {})[entry] = decision.verdict
    found = []
    wanted = json.dumps(sorted(about))
    for one in archive.articles(db, "a.id IN (SELECT value FROM json_each(?))", (wanted,)):
        verdicts = about[one.id]
        yes = frozenset(entry for entry, verdict in verdicts.items() if verdict is Verdict.YES)
        text = replace(as_text(one, outlets), id=f"decided-{one.id}")
        found.append(Case(text.id, text, yes, frozenset(), None, "", frozenset(verdicts)))
    return found, {article for article, _ in held}


def floors(folder: Path) -> dict[str, Figures]:
    """What the figures of each language must not fall below; none where the folder pins none."""
    path = folder / FLOORS
    if not path.exists():
        return {}
    data = read_yaml(path) or {}
    try:
        return {
            language: {name: float(pinned[name]) for name in FIGURES if name in pinned}
            for language, pinned in data.items()
        }
    except (ValueError, TypeError, AttributeError) as error:
        raise DataError(path, "", str(error), "figures by language: " + ", ".join(FIGURES)) from None


def write(folder: Path, found: Model, of: Iterable[Case]) -> Path:
    """Writes the cases, then the weights, each file whole; returns that of the weights."""
    folder.mkdir(parents=True, exist_ok=True)
    _replace(folder / CASES, "".join(json.dumps(_plain(one), ensure_ascii=False) + "\n" for one in of))
    learned = {"intercept": found.intercept, "weights": dict(found.weights)}
    digest = sha256(json.dumps(learned).encode()).hexdigest()[:12]
    data = {"version": f"learned-{digest}", "program": VERSION, **learned}
    _replace(folder / WEIGHTS, json.dumps(data, indent=1) + "\n")
    return folder / WEIGHTS


def lower(folder: Path, lowered: Mapping[str, Figures], reason: str, author: str, now: datetime) -> None:
    """Pins floors that are lower than those of the program, with who accepted them, when and why."""
    path = folder / FLOORS
    data: dict[str, Any] = read_yaml(path) or {} if path.exists() else {}
    for language, figures in lowered.items():
        pinned = {name: f"{figure:.3f}" for name, figure in figures.items()}
        said = {"reason": reason, "author": author, "accepted": f"{now:%Y-%m-%d}"}
        data[language] = {**data.get(language, {}), **pinned, **said}
    folder.mkdir(parents=True, exist_ok=True)
    _replace(path, yaml.safe_dump(data, allow_unicode=True, sort_keys=False))


def _plain(case: Case) -> dict[str, Any]:
    article = case.article
    return {
        "id": case.id, "language": article.language, "outlet_country": article.outlet_country,
        "outlet_region": article.outlet_region, "published": str(article.published) if article.published else None,
        "title": article.title, "text": article.text, "about": sorted(case.about),
        "not_about": sorted((case.decided or frozenset()) - case.about), "mention": [], "pairs": None, "trap": "",
    }  # fmt: skip


def _replace(path: Path, content: str) -> None:
    part = path.with_name(path.name + ".part")
    part.write_text(content, encoding="utf-8")
    part.replace(path)
