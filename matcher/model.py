"""From features to a probability: a logistic regression whose weights stand in a file that `matcher.fit` writes."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from crawlers.errors import DataError

UNREADABLE = (OSError, ValueError, KeyError, TypeError, AttributeError)
WEIGHTS = Path(__file__).parent / "words" / "weights.json"

# Features that count for more where both stand: what a linear sum of them cannot say.
PRODUCTS = (
    ("near_both", "subject"), ("near_both", "concepts"), ("near_both", "words"), ("near_both", "wording"),
    ("precise", "subject"), ("precise", "cooperation"), ("no_organisation", "concepts"), ("no_organisation", "words"),
    ("organisations", "subject"), ("organisations", "concepts"), ("in_lead", "subject"), ("in_lead", "concepts"),
    ("level_least", "subject"), ("level_sum", "concepts"), ("level_sum", "near_both"), ("ahead_in_pair", "near_both"),
    ("ahead", "near_both"), ("ahead_in_pair", "subject"), ("ahead", "level_sum"), ("is_forum", "no_anchor"),
    ("anchor", "near_both"), ("is_twinning", "precise"), ("is_agreement", "precise"), ("is_agreement", "concepts"),
    ("is_twinning", "subject"), ("words", "concepts"), ("no_concept", "subject"), ("has_concepts", "subject"),
    ("leads", "near_both"), ("first", "first_in_pair"), ("weaker_100", "precise"), ("is_project", "concepts"),
    ("is_contract", "concepts"), ("is_forum", "published_near"), ("is_forum", "anchor"),
)  # fmt: skip


@dataclass(frozen=True)
class Model:
    """Weights of features and of products of two, named `one*other`, in log-odds per unit."""

    intercept: float
    weights: Mapping[str, float]
    version: str = ""
    """Tells weights that an installation has learned apart; empty for those that come with the program."""

    def probability(self, values: Mapping[str, float]) -> float:
        """That an article is about the entry, from 0 to 1."""
        odds = self.intercept + sum(self.contributions(values).values())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))

    def contributions(self, values: Mapping[str, float]) -> dict[str, float]:
        """What each feature and product adds to the log-odds, of those that add something."""
        every = expanded(values)
        return {name: every[name] * weight for name, weight in self.weights.items() if every[name]}


def expanded(values: Mapping[str, float]) -> dict[str, float]:
    """The features with the products of those that belong together."""
    return {**values, **{f"{one}*{other}": values[one] * values[other] for one, other in PRODUCTS}}


def of(data: Any) -> Model:
    """The model of a file's data; raises one of UNREADABLE where it is none."""
    weights = {str(name): float(weight) for name, weight in data["weights"].items()}
    return Model(float(data["intercept"]), weights, str(data.get("version", "")))


@cache
def load(path: Path = WEIGHTS) -> Model:
    """Raises DataError for a file that holds no weights."""
    try:
        return of(json.loads(path.read_text(encoding="utf-8")))
    except UNREADABLE as error:
        raise DataError(
            path, "", str(error), "an intercept and weights", "run `python -m matcher.fit`"
        ) from None
