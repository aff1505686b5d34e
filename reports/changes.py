"""What changed between two reports: a pure function of the states that each of them told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.coverage import LineSide, Value, gaps
from reports.liveness import State

if TYPE_CHECKING:  # what makes proposals is slow to import, and most commands name none
    from matcher.proposals import Proposal

REPORTED = (Value.COVERED, Value.MENTIONED)


@dataclass(frozen=True)
class Standing:
    """What one report said: the value of each side of each live line, and which outlets were read."""

    week: str
    """The ISO week that the report told of."""
    version: str
    """Of catalogue and matcher."""
    values: Mapping[str, Value]
    """By `key`."""
    outlets: Mapping[str, bool]
    """Whether an outlet was observed on at least six days of the week; only of those that are fetched."""
    proposal: int = 0
    """The highest number of a proposal for the catalogue that was open by then, or before."""


@dataclass(frozen=True)
class Changes:
    """What differs from the report of an earlier week. Each list is in the order of the report."""

    since: str
    """The week of the earlier report."""
    silent: tuple[LineSide, ...] = ()
    """Not found now, and not a gap then: to be listed, once."""
    broken: tuple[LineSide, ...] = ()
    """Not found then, reported now."""
    one_sided: tuple[LineSide, ...] = ()
    """The sides on which a line is not found now while its other side reports it, where that was not so."""
    still: tuple[LineSide, ...] = ()
    """Gaps then and now: to be counted."""
    lost: tuple[str, ...] = ()
    """Outlets that were read well then and are not now."""
    recovered: tuple[str, ...] = ()
    proposed: tuple["Proposal", ...] = ()
    """Documents that the news report since then and no entry of the catalogue is."""
    revised: bool = False
    """Whether catalogue or matcher changed in between, so that some of the changes are ours."""

    @property
    def any(self) -> bool:
        return any((self.silent, self.broken, self.one_sided, self.lost, self.recovered, self.proposed))


def key(one: LineSide) -> str:
    """One side of one line of one pair: what a report says one value of."""
    return f"{one.line} {one.pair} {one.side}"


def values(lines: Iterable[LineSide]) -> dict[str, Value]:
    """What a report says of each side of each live line, as it is kept."""
    return {key(one): one.value for one in lines if one.life.state is State.LIVE}


def changes(
    lines: Iterable[LineSide], now: Standing, before: Standing, proposals: Iterable["Proposal"] = ()
) -> Changes:
    """What a report says and an earlier one did not. `lines`: all those that `now` is of; `proposals`: the open ones."""
    other = {(one.line, one.pair, one.side): one for one in lines}
    found = gaps(other.values())

    def was(one: LineSide) -> Value | None:
        return before.values.get(key(one))

    def across(one: LineSide) -> LineSide:
        return other[one.line, one.pair, one.pair[one.side == one.pair.belarus]]

    def one_sided(one: LineSide) -> bool:
        then = was(one) is Value.NONE_FOUND and was(across(one)) in REPORTED
        return across(one).value in REPORTED and not then

    return Changes(
        before.week,
        tuple(one for one in found if was(one) is not Value.NONE_FOUND),
        tuple(one for one in other.values() if was(one) is Value.NONE_FOUND and one.value in REPORTED),
        tuple(one for one in found if one_sided(one)),
        tuple(one for one in found if was(one) is Value.NONE_FOUND),
        _turned(now.outlets, before.outlets, True),
        _turned(now.outlets, before.outlets, False),
        tuple(one for one in proposals if one.number > before.proposal),
        now.version != before.version,
    )


def _turned(now: Mapping[str, bool], before: Mapping[str, bool], was_read: bool) -> tuple[str, ...]:
    """Outlets of both reports that are read now and were not, or the other way round."""
    names: Iterable[str] = (name for name in now if name in before)
    return tuple(name for name in names if before[name] is was_read and now[name] is not was_read)
