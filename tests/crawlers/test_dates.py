"""When an article was published: zones, days, and dates that are none."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from crawlers import dates
from crawlers.dates import Published, Quality
from tests.crawlers.local_press import at

NOW = at("2026-11-24T12:00")
MINSK = ZoneInfo("Europe/Minsk")
VLADIVOSTOK = ZoneInfo("Asia/Vladivostok")


def read(raw: str | None, zone: ZoneInfo = MINSK) -> Published:
    return dates.parse(raw, zone, Quality.FEED, NOW)


@pytest.mark.parametrize(
    ("raw", "moment"),
    [
        ("2026-11-09T10:00:00Z", "2026-11-09T10:00"),
        ("2026-11-09T10:00:00+03:00", "2026-11-09T07:00"),
        ("2026-11-09T10:00:00.123+03:00", "2026-11-09T07:00"),
        ("2026-11-09T10:00:00", "2026-11-09T07:00"),
        ("2026-11-09 10:00", "2026-11-09T07:00"),
        ("Mon, 09 Nov 2026 10:00:00 +0300", "2026-11-09T07:00"),
        ("Mon, 09 Nov 2026 10:00:00 GMT", "2026-11-09T10:00"),
        ("09 Nov 2026 10:00:00 +0500", "2026-11-09T05:00"),
        ("Mon, 09 Nov 2026 10:00:00", "2026-11-09T07:00"),
        ("  2026-11-09T10:00:00Z\n", "2026-11-09T10:00"),
    ],
)
def test_moment_is_read(raw: str, moment: str) -> None:
    assert read(raw) == Published(at(moment), raw.strip(), Quality.FEED)


@pytest.mark.parametrize(
    ("zone", "moment"), [(MINSK, "2026-11-09T07:00"), (VLADIVOSTOK, "2026-11-09T00:00")], ids=str
)
def test_date_without_an_offset_is_in_the_outlets_zone(zone: ZoneInfo, moment: str) -> None:
    assert read("2026-11-09T10:00:00", zone).moment == at(moment)


@pytest.mark.parametrize("zone", [MINSK, VLADIVOSTOK, ZoneInfo("Asia/Kamchatka")], ids=str)
def test_bare_day_is_noon_of_that_day_in_the_zone(zone: ZoneInfo) -> None:
    published = read("2026-11-09", zone)
    assert published.quality is Quality.DAY
    assert published.moment is not None
    assert published.moment.astimezone(zone) == datetime(2026, 11, 9, 12, tzinfo=zone)
    assert dates.day_of(published.moment, zone) == date(2026, 11, 9)


@pytest.mark.parametrize(
    "raw", ["2026-11-25T13:00:00Z", "2027-01-01", "2126-11-09T10:00:00Z", "1989-12-31T12:00:00Z", "1970-01-01"]
)
def test_date_that_cannot_be_true_is_refused_and_kept_as_text(raw: str) -> None:
    assert read(raw) == Published(None, raw, Quality.UNKNOWN)


@pytest.mark.parametrize("raw", ["2026-11-25T11:00:00Z", "2026-11-24T12:00:01Z"])
def test_clock_that_is_ahead_counts_as_now(raw: str) -> None:
    assert read(raw).moment == NOW


@pytest.mark.parametrize(
    "raw",
    ["вчера", "09.11.2026 10:00", "09.11.2026", "1793602800", "2026", "2026-11", "2026-13-01", "2026-02-30",
     "2026-11-09T25:00:00", "0000-00-00", "0000-00-00 00:00:00", "-001-11-30T00:00:00+00:00",
     "Wed, 30 Nov -0001 00:00:00 +0000", "Mon, 32 Nov 2026 10:00:00 +0300", "Пн, 09 Ноя 2026 10:00:00 +0300", "-", "0"],
)  # fmt: skip
def test_garbage_is_no_date_but_keeps_its_text(raw: str) -> None:
    assert read(raw) == Published(None, raw, Quality.UNKNOWN)


@pytest.mark.parametrize(
    "raw",
    ["0001-01-01T00:00:00", "9999-12-31T23:59:59-05:00", "Mon, 09 Nov 2026 10:00:00 +9999999999999999"],
)
def test_date_at_the_edge_of_time_is_garbage_too(raw: str) -> None:
    assert read(raw) == Published(None, raw, Quality.UNKNOWN)


@pytest.mark.parametrize("raw", [None, "", "  \n"])
def test_no_date(raw: str | None) -> None:
    assert read(raw) == dates.UNKNOWN


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        (at("2026-11-09T22:00"), MINSK, date(2026, 11, 10)),
        (at("2026-11-09T22:00"), ZoneInfo("UTC"), date(2026, 11, 9)),
        (None, MINSK, None),
    ],
    ids=str,
)
def test_day_of(moment: datetime | None, zone: ZoneInfo, day: date | None) -> None:
    assert dates.day_of(moment, zone) == day


def test_stored_moment_is_read_back() -> None:
    moment = datetime(2026, 11, 9, 10, 5, 7, tzinfo=MINSK)
    stored = dates.stamp(moment)
    assert stored == "2026-11-09T07:05:07Z"
    assert dates.moment(stored) == moment
    assert dates.moment(stored).tzinfo is UTC


def test_nothing_is_stored_for_no_moment() -> None:
    assert dates.stamp(None) is None
