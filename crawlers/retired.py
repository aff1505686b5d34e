"""Outlets and sources that an editor has retired: no longer asked, until an editor restores them.

Nothing else ever ends the asking: a source that fails is only asked more rarely. What retiring leaves is a hole
in the observation, never a silence: from then on the days are not observed, and those before stay as they were.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlite_utils import Database

from crawlers import ledger, store
from crawlers.dates import moment, stamp
from crawlers.errors import DataError
from crawlers.items import Attempt
from crawlers.outcome import Outcome
from crawlers.registry import Outlet


class Decision(NamedTuple):
    """What an editor decided on an outlet (`by-gp`) or one of its sources (`by-gp/feed`)."""

    subject: str
    retired: bool
    """False: restored."""
    at: datetime
    by: str
    why: str

    @property
    def message(self) -> str:
        """For the ledger: without the name of who decided, since the ledger is shown to readers."""
        return f"retired on {self.at:%Y-%m-%d}: {self.why}"


def retire(
    db: Database, outlets: Mapping[str, Outlet], subject: str, by: str, why: str, now: datetime
) -> Decision:
    """Ends the asking of a source, or of all sources of an outlet, and says so in the ledger of each.

    Raises DataError for what does not exist, is retired already, or is decided by nobody or without a reason.
    """
    return _decide(db, outlets, Decision(subject, True, now.replace(microsecond=0), by.strip(), why.strip()))


def restore(
    db: Database, outlets: Mapping[str, Outlet], subject: str, by: str, why: str, now: datetime
) -> Decision:
    """Has a retired source or outlet asked again, from the next crawl on. Raises DataError as `retire` does."""
    return _decide(db, outlets, Decision(subject, False, now.replace(microsecond=0), by.strip(), why.strip()))


def retired(db: Database) -> dict[str, Decision]:
    """What is retired now, by the id of the outlet or source that was named."""
    latest = {one.subject: one for one in history(db)}
    return {subject: one for subject, one in latest.items() if one.retired}


def sources_retired(db: Database, outlets: Iterable[Outlet]) -> dict[str, Decision]:
    """Of the sources of these outlets those that are not to be asked, with the decision that says so."""
    known = retired(db)
    found = {}
    for outlet in outlets:
        for source in map(outlet.source_id, outlet.sources):
            if decision := known.get(outlet.id) or known.get(source):
                found[source] = decision
    return found


def history(db: Database) -> list[Decision]:
    """All decisions, oldest first."""
    cursor = db.conn.execute("SELECT subject, retired, at, by, why FROM retirements ORDER BY id")
    return [Decision(s, bool(retired), moment(at), by, why) for s, retired, at, by, why in cursor]


def attempt(source: str, outlet: str, now: datetime, decision: Decision) -> Attempt:
    """The row of the ledger for a source that was not asked because of the decision."""
    return Attempt(source, outlet, now, Outcome.NOT_TRIED, message=decision.message)


def _decide(db: Database, outlets: Mapping[str, Outlet], one: Decision) -> Decision:
    outlet = outlets.get(one.subject.partition("/")[0])
    sources = list(map(outlet.source_id, outlet.sources)) if outlet else []
    if outlet is None or one.subject not in (outlet.id, *sources):
        allowed = "the id of an outlet or of one of its sources, such as by-gp/feed"
        raise DataError("source", "", one.subject, allowed, "see `mediagap sources list` and `sources show`")
    if not one.by:
        raise DataError("--by", "", "nothing", "the name of who decides")
    if not one.why:
        raise DataError("--why", "", "nothing", "the reason, on one line")
    if len(one.why.splitlines()) > 1:
        raise DataError("--why", "", "several lines", "the reason, on one line")
    concerned = sources if one.subject == outlet.id else [one.subject]
    with store.writing(db) as connection:
        if (one.subject in retired(db)) == one.retired:
            state, other = ("retired already", "is asked") if one.retired else ("not retired", "was retired")
            raise DataError("source", "", f"{one.subject}, {state}", f"an outlet or source that {other}")
        connection.execute(
            "INSERT INTO retirements (subject, retired, at, by, why) VALUES (?, ?, ?, ?, ?)",
            (one.subject, one.retired, stamp(one.at), one.by, one.why),
        )
        for source in concerned if one.retired else ():
            ledger.record(connection, attempt(source, outlet.id, one.at, one))
    return one
