"""Dates to the day, the month or the year."""

from datetime import date

import pytest

from crawlers.errors import DataError
from matcher import partialdate


@pytest.mark.parametrize(
    ("written", "first", "last", "precision"),
    [
        ("2017", date(2017, 1, 1), date(2017, 12, 31), "year"),
        ("2017-02", date(2017, 2, 1), date(2017, 2, 28), "month"),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29), "month"),
        ("2017-12", date(2017, 12, 1), date(2017, 12, 31), "month"),
        ("2016-02-29", date(2016, 2, 29), date(2016, 2, 29), "day"),
        ("  2017-08 ", date(2017, 8, 1), date(2017, 8, 31), "month"),
    ],
)
def test_span_is_as_wide_as_the_precision(written: str, first: date, last: date, precision: str) -> None:
    assert partialdate.parse(written) == (first, last, precision)


@pytest.mark.parametrize("written", ["2017", "2017-02", "2017-02-07"])
def test_is_shown_as_it_was_written(written: str) -> None:
    assert str(partialdate.parse(written)) == written


@pytest.mark.parametrize(
    "written",
    [
        "",
        "17",
        "0000",
        "2017-13",
        "2017-00",
        "2017-02-30",
        "2017-2",
        "2017-02-7",
        "2017-02-",
        "2017/02",
        "07.02.2017",
        "2017-02-07T00:00",
        "февраль 2017",
        "2017\n2018",
        "null",
    ],
)
def test_anything_else_is_refused(written: str) -> None:
    with pytest.raises(DataError, match="a date: 2017, 2017-02 or 2017-02-07") as caught:
        partialdate.parse(written)
    assert caught.value.found == written
