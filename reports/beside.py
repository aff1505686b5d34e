"""What a report tells beside coverage: how often the tool was wrong, and what editors say that they have written."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlite_utils import Database

from reports import audit_rates, lead_work
from reports.audit_rates import Rate
from reports.lead_work import State, Work
from reports.restricted import Withheld

if TYPE_CHECKING:  # what makes proposals is slow to import, and most commands name none
    from matcher.proposals import Proposal


@dataclass(frozen=True)
class Beside:
    rates: tuple[Rate, ...] = ()
    """The last of each kind of claim that people have checked."""
    written: tuple[State, ...] = ()
    """Leads that were answered with what was published, once for each entry and side; `note` is the link or citation,
    and empty where it names an outlet that the reader is not shown.
    """
    proposals: tuple["Proposal", ...] = ()
    """Documents that the news report and no entry of the catalogue is, by number; only of a report that is
    kept, and of its month and the one before.
    """


def read(db: Database, now: datetime, withheld: Withheld) -> Beside:
    """As the readers of a profile may see it at a moment."""
    written: dict[tuple[str, str, str], State] = {}
    for one in lead_work.states(db, now).values():
        if one.work is Work.WRITTEN:
            shown = withheld.may_show(None, one.note) and withheld.origin(one.note) is not None
            written.setdefault((one.entry, one.side, one.note), one if shown else replace(one, note=""))
    return Beside(tuple(audit_rates.latest(audit_rates.rates(db))), tuple(written.values()))
