"""One holder at a time, taken over only from one that gives no sign of life."""

from datetime import datetime, timedelta

import pytest
from sqlite_utils import Database

from crawlers.errors import Busy
from reports import lease
from tests.crawlers.local_press import at

NOW = at("2026-11-23T04:00")
LATER = NOW + lease.DEAD_AFTER + timedelta(seconds=1)


def test_first_comer_holds_it(db: Database) -> None:
    assert lease.take(db, "a", NOW) == lease.Lease(None, None, None)
    held = lease.read(db)
    assert held == lease.Lease("a", NOW, NOW)
    assert held.alive(NOW)


@pytest.mark.parametrize("moment", [NOW, NOW + lease.DEAD_AFTER])
def test_second_is_told_who_holds_it_and_since_when(db: Database, moment: datetime) -> None:
    lease.take(db, "a", NOW)
    with pytest.raises(Busy, match="kept by a since 2026-11-23T04:00:00Z"):
        lease.take(db, "b", moment)
    assert lease.read(db).holder == "a"


def test_heartbeat_keeps_it(db: Database) -> None:
    lease.take(db, "a", NOW)
    assert lease.beat(db, "a", LATER)
    with pytest.raises(Busy):
        lease.take(db, "b", LATER)


@pytest.mark.parametrize(
    "moment", [LATER, NOW - lease.DEAD_AFTER - timedelta(seconds=1)], ids=["dead", "clock"]
)
def test_lease_without_a_heartbeat_is_taken_over(db: Database, moment: datetime) -> None:
    lease.take(db, "a", NOW)
    assert not lease.read(db).alive(moment)
    assert lease.take(db, "b", moment).holder == "a"
    assert not lease.beat(db, "a", moment)
    lease.release(db, "a")  # the dead one wakes up and ends: that takes nothing from the new one
    assert lease.read(db) == lease.Lease("b", moment, moment)


def test_lease_that_was_given_back_is_free_at_once(db: Database) -> None:
    lease.take(db, "a", NOW)
    lease.release(db, "a")
    assert lease.read(db) == lease.Lease(None, None, NOW)
    assert not lease.beat(db, "a", NOW)
    lease.take(db, "b", NOW)
