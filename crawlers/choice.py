"""Which outlets a crawl asks: the only place that decides it, for the command and for each spider."""

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple, Self

from crawlers.codes import Pair, country_of
from crawlers.errors import DataError
from crawlers.registry import Outlet


def to_fetch(
    outlets: Mapping[str, Outlet], named: Collection[str], profile: str, today: date
) -> tuple[str, ...]:
    """Ids of the outlets to ask, once each: those named, or all but those that are fetched on request only.

    What is restricted for the profile is never asked. Raises DataError for an id that does not exist or that
    is restricted, without saying more of it.
    """
    for name in named:
        if name not in outlets:
            raise DataError("outlet", "", name, "the id of an outlet", "see `mediagap sources list`")
        if outlets[name].withheld(profile, today):
            raise DataError("outlet", "", name, f"an outlet that is not restricted for the profile {profile}")
    chosen = dict.fromkeys(named) or [name for name, outlet in outlets.items() if not outlet.on_request]
    return tuple(name for name in chosen if not outlets[name].withheld(profile, today))


class Shard(NamedTuple):
    """One of `parts` parts, numbered from 1."""

    number: int
    parts: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads `3/16`; raises DataError for what is no part."""
        found = re.fullmatch(r"([0-9]{1,4})/([0-9]{1,4})", text)
        number, parts = (int(part) for part in found.groups()) if found else (0, 0)
        if not 1 <= number <= parts:
            raise DataError("--shard", "", text, "a part of so many, such as 3/16")
        return cls(number, parts)

    def holds(self, outlet: str) -> bool:
        """Whether the outlet falls into this part. Depends on nothing but its id and that number, so that
        machines that know different outlets still agree on each.
        """
        digest = hashlib.blake2b(outlet.encode(), digest_size=8).digest()
        return int.from_bytes(digest, "big") % self.parts == self.number - 1


def choose(
    outlets: Iterable[Outlet], pair: Pair | None = None, shard: Shard | None = None, most: int | None = None
) -> tuple[str, ...]:
    """Ids of those of the outlets that all the conditions leave, in their order.

    Raises DataError for a pair without outlets: a crawl of nothing would look like a success. A shard may be
    empty, since somebody else reads what it does not hold.
    """
    left = [outlet.id for outlet in outlets if pair is None or of_pair(outlet, pair)]
    if pair is not None and not left:
        allowed = "a pair that one of the outlets belongs to"
        raise DataError("--pair", "", f"no outlet for {pair}", allowed)
    return tuple([name for name in left if shard is None or shard.holds(name)][:most])


def of_pair(outlet: Outlet, pair: Pair) -> bool:
    """Whether its texts can count for a side: it is of the region, of a region of a country side, or
    national in the country of a side.
    """
    return pair.side_of(outlet.place) is not None or outlet.place in map(country_of, pair)
