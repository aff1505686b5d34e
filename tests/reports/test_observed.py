"""A stretch of days is counted as its days one by one would be."""

import pytest

from reports.observed import observed
from tests.reports.made_up import HERE, ago, snapshot

UNREAD = {*(("dnepr", ago(n)) for n in range(3, 23)), *(("drut", ago(n)) for n in range(10, 13))}
SHOWN = snapshot([], unread=UNREAD)


@pytest.mark.parametrize(
    ("first", "last", "hole"),
    [(1, 1, 0), (11, 1, 2), (30, 10, 3), (400, 1, 3), (405, 399, 5), (500, 450, 51), (3, -2, 3), (-1, -3, 3)],
)
def test_stretch_counts_each_of_its_days(first: int, last: int, hole: int) -> None:
    found = observed(SHOWN, HERE, ago(first), ago(last))
    assert found.longest_hole == hole
    for one in found.outlets:
        stretch = range(last, first + 1)
        known = [n for n in stretch if 1 <= n <= 400]
        missed = [n for n in known if (one.outlet.id, ago(n)) in UNREAD]
        assert (one.observed, one.days) == (len(known) - len(missed), len(stretch))
        beyond = len(stretch) - len(known)
        expected = {reason for reason, n in (("timeout", missed), ("not_tried", beyond)) if n}
        assert set(one.reasons) == expected
