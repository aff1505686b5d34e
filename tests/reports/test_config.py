"""Settings of the schedule as the program uses them."""

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crawlers.errors import DataError
from crawlers.polling import Pace
from crawlers.registry import Tier
from reports import config
from reports.timing import WEEKDAYS, Weekly


def test_schedule_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mediagap.toml"
    path.write_text(
        "[schedule]\nweekday = 'friday'\nhour = 17\nzone = 'Europe/Warsaw'\ngrace_hours = 12\n"
        "shortest_minutes = 15\nlongest_hours = 48\n[schedule.crawl_hours]\nlocal = 12",
        encoding="utf-8",
    )
    found = config.load(path).schedule
    assert found.letters == Weekly("friday", 17, ZoneInfo("Europe/Warsaw"))
    assert found.grace == timedelta(hours=12)
    quarter, two_days = timedelta(minutes=15), timedelta(days=2)
    assert found.pace(Tier.LOCAL) == Pace(timedelta(hours=12), quarter, two_days)
    assert found.pace(Tier.NATIONAL) == Pace(timedelta(hours=2), quarter, two_days)


@pytest.mark.parametrize("tier", Tier)
def test_each_tier_has_a_pace_between_floor_and_ceiling(tier: Tier) -> None:
    pace = config.ScheduleSection().pace(tier)
    assert pace.floor <= pace.interval <= pace.ceiling


@pytest.mark.parametrize("weekday", WEEKDAYS)
def test_each_day_has_a_name(weekday: str) -> None:
    assert config.ScheduleSection.model_validate({"weekday": weekday}).letters.weekday == weekday


def test_section_is_no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDIAGAP_SCHEDULE", "monday")
    with pytest.raises(DataError, match="environment"):
        config.load(None)
