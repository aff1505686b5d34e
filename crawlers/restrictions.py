"""Legal restrictions on an outlet: where it is neither fetched nor named.

In some countries a link, a headline or a stored text of a listed outlet is an offence of its reader. So what
is not known for sure withholds: a restriction that nobody has verified, and a register that is out of date.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated

from pydantic import AfterValidator, Field

from crawlers import codes, urls
from crawlers.datafile import Strict
from crawlers.errors import DataError

STRICTEST = "strictest"
"""The profile for which every restriction holds, wherever it is in force."""

FRESH = timedelta(days=30)
"""Age of a look at the register up to which it is believed that a restriction has ended."""


def partial_day(text: str) -> str:
    """A year, month or day as `2022`, `2022-04` or `2022-04-26`; raises DataError for anything else."""
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text) or _first_day(text) is None:
        raise DataError("", "", text, "a day such as 2022-04-26, a month or a year")
    return text


def _jurisdiction(code: str) -> str:
    if code not in codes.COUNTRIES:
        raise DataError("", "", code, "a country such as BY")
    return code


def web_address(url: str) -> str:
    if not urls.is_web(url):
        raise DataError("", "", url, "an http or https address")
    return url


PartialDay = Annotated[str, AfterValidator(partial_day)]


class Restriction(Strict):
    """One restriction, as a register shows it."""

    jurisdiction: Annotated[str, AfterValidator(_jurisdiction)]
    kind: str = Field(min_length=1)
    """`to_verify` where the register has not been read: the outlet is withheld as if it stood there."""
    since: PartialDay | None = None
    until: PartialDay | None = None
    source: Annotated[str, AfterValidator(web_address)] | None = None
    """The public register. Only a restriction `to_verify` may lack it."""
    as_of: PartialDay | None
    """When the register was last read; null: never."""

    def holds(self, profile: str, today: date) -> bool:
        """Whether a reader of this profile has to be spared the outlet on this day."""
        if profile not in (STRICTEST, self.jurisdiction):
            return False
        if self.kind == "to_verify" or self.until is None:
            return True
        seen, end = (_first_day(one) if one else None for one in (self.as_of, self.until))
        fresh = seen is not None and today - seen <= FRESH
        return not fresh or end is None or end >= today


def withheld(restrictions: Iterable[Restriction], profile: str, today: date) -> bool:
    """Whether an outlet with these restrictions is neither fetched nor named for a profile."""
    return any(one.holds(profile, today) for one in restrictions)


def _first_day(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return None
