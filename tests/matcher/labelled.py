"""How a labelled text is written down, and what the matcher is asked about it."""

from typing import NamedTuple

from matcher.match import Matcher
from matcher.records import Grade, Text

ABOUT, MENTION = Grade.ABOUT, Grade.MENTION


class Case(NamedTuple):
    """An invented news text with what a coder who follows definitions.md would say of it."""

    title: str
    text: str
    expected: dict[str, Grade] = {}
    """Grade of each entry that is told of; further documents of the same line may be found beside it."""
    pairs: tuple[str, ...] | None = ()
    """Pairs whose cooperation the text is about; None where two coders could differ."""


def grades(matcher: Matcher, case: Case) -> dict[str, Grade]:
    """What the matcher says, without further documents of the lines that are expected."""
    found = {one.entry: one.grade for one in matcher.match(Text("1", case.title, case.text)).matches}
    expected_lines = [line for line in matcher.catalogue.lines.values() if set(line) & set(case.expected)]
    kin = {entry for line in expected_lines for entry in line} - set(case.expected)
    return {entry: grade for entry, grade in found.items() if entry not in kin}


def pairs(matcher: Matcher, case: Case) -> tuple[str, ...]:
    return tuple(map(str, matcher.match(Text("1", case.title, case.text)).pairs))
