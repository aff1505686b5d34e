"""Partners with which cooperation stopped as a whole: data with a date and a source, never assumed."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from crawlers import codes
from crawlers.codes import Pair
from crawlers.datafile import Strict, build, read_yaml
from crawlers.registry import Url
from matcher.partialdate import Partial

FILE = Path(__file__).parent / "suspended.yml"


class Suspension(Strict):
    """Since when nothing is expected of the pairs with a partner, and by which act.

    What was published before stays to be seen; afterwards there is no index, gap or lead, on either side.
    """

    partner: str
    """A country or a region."""
    since: Partial
    source: Url
    seen: Partial
    """When somebody looked at the source."""


class SuspensionFile(Strict):
    suspensions: tuple[Suspension, ...] = ()


def load(path: Path = FILE) -> tuple[Suspension, ...]:
    """The suspensions of a file; raises DataError for the first fault, an unknown code among them."""
    listed = build(SuspensionFile, read_yaml(path), path).suspensions
    for one in listed:
        codes.region(one.partner, path, "partner")
    return listed


def of(pair: Pair, suspensions: Iterable[Suspension], today: date) -> Suspension | None:
    """The suspension that holds for a pair on a day."""
    places = (pair.partner, codes.country_of(pair.partner))
    return next((one for one in suspensions if one.partner in places and one.since.first <= today), None)
