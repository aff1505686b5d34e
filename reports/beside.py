"""What a report tells beside coverage: how often the tool was wrong, and proposals for the catalogue."""

from dataclasses import dataclass

from sqlite_utils import Database

from reports import audit_rates
from reports.audit_rates import Rate


@dataclass(frozen=True)
class Beside:
    rates: tuple[Rate, ...] = ()
    """The last of each kind of claim that people have checked."""


def read(db: Database) -> Beside:
    return Beside(tuple(audit_rates.latest(audit_rates.rates(db))))
