"""The index: k of n lines, with what is not known as bounds."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from reports.line_side import Value


class Judged(Protocol):
    """What an index counts: a value and what it rests on."""

    @property
    def value(self) -> Value: ...
    @property
    def own(self) -> bool: ...
    @property
    def rests_on_one(self) -> bool: ...


@dataclass(frozen=True)
class Index:
    """k of n live lines of a side, with what is not known as bounds."""

    covered: int
    covered_own: int
    mentioned: int
    none_found: int
    to_check: int
    unobserved: int
    rests_on_one: int = 0
    """Of the covered ones, those that hang on one match which nobody has confirmed."""

    @property
    def expected(self) -> int:
        return self.covered + self.mentioned + self.none_found + self.to_check + self.unobserved

    @property
    def bounds(self) -> tuple[float, float] | None:
        """All that is not known as a gap, and all as covered; None below ten lines: a share would mislead."""
        if self.expected < 10:
            return None
        low = self.covered / self.expected
        return low, low + (self.to_check + self.unobserved) / self.expected


def index(lines: Iterable[Judged]) -> Index:
    """The index of the given lines, each counted once; not expected ones do not count."""
    listed = list(lines)
    count = {value: sum(one.value is value for one in listed) for value in Value}
    return Index(
        count[Value.COVERED], sum(one.own for one in listed), count[Value.MENTIONED], count[Value.NONE_FOUND],
        count[Value.TO_CHECK], count[Value.UNOBSERVED], sum(one.rests_on_one for one in listed),
    )  # fmt: skip
