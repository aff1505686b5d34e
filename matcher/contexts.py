"""What stands beside a name and tells what is meant: a street, a person, a region rather than its city."""

import re
from collections.abc import Callable

REGION_WORD = r"(?:област|вобласц|абласц|регион|рэгіён|облисполк|облсовет|аблвыканк|аблсавет|region|oblast)"
REGION_FOLLOWS = re.compile(rf"[^.!?;:]{{0,30}}?\b{REGION_WORD}")
"""After an adjective, the noun may stand behind another adjective: «Могилёвская и Костромская области»."""

_STREET_BEFORE = re.compile(
    r"\b(?:(?:ул|вул|пер|просп|пл)\. ?"
    r"|(?:улиц|вуліц|переул|завул|шоссе|шаш|проспект|праспект|площад|плошч|станци|станцы)\w*(?: метро)? )$"
)
_STREET_AFTER = re.compile(
    r" (?:улиц|вуліц|шоссе|шаш|переул|завул|проспект|праспект|площад[ьию]|плошч|вокзал|тракт\b)"
)
_REGION_BEFORE = re.compile(r"(?:област|вобласц)\w* (?:и |і |с |со |з |са )?$")
_TWO_NAMES = re.compile(r"[»\"”]? (?:of )?([А-ЯЁІЎA-Z][\w-]+) (?:и|і|and) ([А-ЯЁІЎA-Z][\w-]+)")
_IN_PLACE = re.compile(r"\b(?:в|во|из|под|у|ў|ва|з|са|г\.|город\w*|горад\w*) $")
_SURNAME = re.compile(r" (?:[А-ЯЁІЎ]\.|[А-ЯЁІЎ][а-яёіў'’]+)")


def is_street(clean: str, folded: str, start: int, end: int) -> bool:
    """Whether an adjective is the name of a street, square or station: «ул. Костромская»."""
    if not clean[start].isupper() or REGION_FOLLOWS.match(folded, end):
        return False
    before = folded[max(0, start - 20) : start]
    return bool(_STREET_BEFORE.search(before) or _STREET_AFTER.match(folded, end))


def is_region(folded: str, start: int, end: int) -> bool:
    """Whether a word for a region follows the adjective, or stands before it: «области с Костромской»."""
    before = folded[max(0, start - 24) : start]
    return bool(REGION_FOLLOWS.match(folded, end) or _REGION_BEFORE.search(before))


def two_names(clean: str, end: int) -> list[int]:
    """Where the names begin of which two, joined by "and", follow here: «Беларуси и Узбекистана»."""
    found = _TWO_NAMES.match(clean, end)
    return [found.start(1), found.start(2)] if found else []


def stands_in_place(folded: str, start: int) -> bool:
    """Whether a preposition shows that a place is meant, and no person of that name."""
    return _IN_PLACE.search(folded[max(0, start - 12) : start]) is not None


def is_followed_by_surname(clean: str, end: int, is_name: Callable[[int], bool]) -> bool:
    """Whether a word with a capital follows that is not the beginning of another known name."""
    return _SURNAME.match(clean, end) is not None and not is_name(end + 1)
