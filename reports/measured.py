"""What the matcher is known to reach on labelled news, as its own package writes it down."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict

import matcher
from crawlers.datafile import build, read_yaml

FLOORS = Path(matcher.__file__).parent / "cases" / "floors.yml"


class Measured(BaseModel):
    """Of one language. What the matcher's tests check it against: it reaches at least this."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    cases: int
    precision: float
    recall: float


def measured(path: Path = FLOORS) -> Mapping[str, Measured]:
    """Precision and recall of `about` by language, in the order of the file; empty: not measured.

    Raises DataError for a file that is not understood: a figure must not vanish in silence.
    """
    if not path.is_file():
        return {}
    data = read_yaml(path) or {}
    return {language: build(Measured, one, f"{path}: {language}") for language, one in data.items()}
