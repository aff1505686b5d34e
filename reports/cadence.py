"""How long an item may stay unreported: declared defaults by kind, printed beside every use."""

from typing import NamedTuple

from matcher.entries import Entry, Kind, Status


class Cadence(NamedTuple):
    """Days. None: no interval; only dated events are expected to be reported."""

    event_window: int
    quiet_regional: int | None
    quiet_national: int | None

    def quiet(self, country_side: bool) -> int | None:
        return self.quiet_national if country_side else self.quiet_regional


# The table of the package's README. Declared, not measured: after a year of observation it is to be
# replaced by the 75th percentile of observed intervals per kind.
BY_KIND = {
    Kind.TREATY: Cadence(7, None, 180),
    Kind.AGREEMENT: Cadence(14, 180, 365),
    Kind.PLAN: Cadence(14, 120, 180),
    Kind.PROGRAMME: Cadence(14, 120, 180),
    Kind.TWINNING: Cadence(21, 365, None),
    Kind.CONTRACT: Cadence(21, None, None),
    Kind.FORUM: Cadence(14, None, None),
    Kind.COMMISSION: Cadence(14, None, None),
    Kind.INSTITUTION: Cadence(21, 365, None),
    Kind.MEDIA: Cadence(14, 90, 180),
    Kind.ROUTE: Cadence(7, 180, 365),
}
BY_SIZE = {"A": Cadence(14, 90, 180), "B": Cadence(14, 180, None), "C": Cadence(21, 365, None)}
PLANNED = Cadence(14, None, None)


def of(entry: Entry) -> Cadence:
    """The cadence of an entry, were it live today."""
    if entry.status in (Status.PLANNED, Status.UNDER_CONSIDERATION):
        return PLANNED
    return BY_SIZE[entry.size] if entry.size else BY_KIND[entry.kind]
