"""Which outlets a crawl is for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.choice import Shard
from crawlers.errors import DataError

ids = st.from_regex(r"[a-z0-9][a-z0-9-]{0,30}", fullmatch=True)


@given(ids, st.integers(1, 40))
def test_each_outlet_falls_into_exactly_one_shard(name: str, parts: int) -> None:
    assert sum(Shard(number, parts).holds(name) for number in range(1, parts + 1)) == 1


@pytest.mark.parametrize(
    ("name", "number"), [("ru-kos-k1news", 12), ("by-vitvesti", 9), ("by-bobruisk-gov", 12)]
)
def test_shard_of_an_outlet_never_changes(name: str, number: int) -> None:
    """Machines of different versions share the work."""
    assert [n for n in range(1, 17) if Shard(n, 16).holds(name)] == [number]


@pytest.mark.parametrize(
    "text", ["", "3", "0/16", "17/16", "-1/16", "3/", "a/b", "3/16/2", "3 / 16", "1/99999"]
)
def test_what_is_no_shard_is_refused(text: str) -> None:
    with pytest.raises(DataError, match="3/16"):
        Shard.parse(text)


def test_shard_is_read() -> None:
    assert Shard.parse("3/16") == Shard(3, 16)
