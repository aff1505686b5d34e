"""Dates as documents give them: to the day, the month or only the year."""

import calendar
import re
from datetime import date
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, PlainSerializer

from crawlers.errors import DataError

_FORM = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


class PartialDate(NamedTuple):
    """The first and last day that the date may be; all within its precision."""

    first: date
    last: date
    precision: Literal["day", "month", "year"]

    def __str__(self) -> str:
        return self.first.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.precision]]


def parse(text: str) -> PartialDate:
    """Reads `2017`, `2017-02` or `2017-02-07`; raises DataError for anything else."""
    found = _FORM.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in found.groups())
        assert year is not None
        if month is None:
            return PartialDate(date(year, 1, 1), date(year, 12, 31), "year")
        if day is None:
            last = calendar.monthrange(year, month)[1]
            return PartialDate(date(year, month, 1), date(year, month, last), "month")
        return PartialDate(date(year, month, day), date(year, month, day), "day")
    except ValueError:
        raise DataError("", "", text, "a date: 2017, 2017-02 or 2017-02-07") from None


def _read(value: Any) -> Any:
    return parse(value) if isinstance(value, str) else value


Partial = Annotated[PartialDate, BeforeValidator(_read), PlainSerializer(str)]
