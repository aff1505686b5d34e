"""Whether an entry is alive. The book stops in 2019: its status says nothing about today."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from matcher.entries import Entry, Event
from reports.snapshot import Publication, Snapshot

MONTHS_36 = timedelta(days=36 * 30 + 18)
AFTER_END = timedelta(days=60)
"""A plan is reported on for some time after its last day; then the question is its successor."""


class State(StrEnum):
    LIVE = "live"
    UNVERIFIED = "unverified"
    """No sign of life since the book: expected nowhere, in no index, gap list or letter."""
    ENDED = "ended"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"
    COMPLETED = "completed"
    NEVER_REALISED = "never_realised"
    PARTY_GONE = "party_gone"


_BY_EVENT = {
    Event.EXPIRED: State.ENDED, Event.COMPLETED: State.COMPLETED, Event.SUSPENDED: State.SUSPENDED,
    Event.TERMINATED: State.TERMINATED, Event.NEVER_REALISED: State.NEVER_REALISED,
    Event.PARTY_GONE: State.PARTY_GONE,
}  # fmt: skip


@dataclass(frozen=True)
class Life:
    """The state of an entry on a day, and what it rests on."""

    state: State
    since: date | None = None
    evidence: Publication | None = None
    source: str | None = None
    """Address of the document or page behind a stated fact."""


def stated(entry: Entry, today: date) -> Life:
    """The state of an entry on a day by its dated facts and its term alone, without any news."""
    facts = sorted((f for f in entry.history if f.date.first <= today), key=lambda f: f.date.first)
    if facts and (stopped := _BY_EVENT.get(facts[-1].event)):
        return Life(stopped, facts[-1].date.first, source=facts[-1].source)
    if entry.ends and entry.ends.last + AFTER_END < today:
        return Life(State.ENDED, entry.ends.last)
    if entry.ends and entry.ends.last >= today:
        return Life(State.LIVE, entry.ends.last)
    if facts and today - facts[-1].date.last <= MONTHS_36:
        return Life(State.LIVE, facts[-1].date.last, source=facts[-1].source)
    return Life(State.UNVERIFIED)


def life(entry: Entry, snapshot: Snapshot) -> Life:
    """The state of an entry, computed from dated facts and from what was published, never assumed."""
    known = stated(entry, snapshot.today)
    if known.state not in (State.LIVE, State.UNVERIFIED) or (entry.ends and known.state is State.LIVE):
        return known
    published = snapshot.publications.get(entry.id, ())
    working = (p for p in reversed(published) if p.grade == "about" and snapshot.today - p.day <= MONTHS_36)
    last = next(working, None)
    return Life(State.LIVE, last.day, last) if last else known


def line_life(members: tuple[str, ...], snapshot: Snapshot) -> tuple[Entry, Life]:
    """The document that stands for a line, and its life: the latest live one, else the latest of all."""
    entries = [snapshot.catalogue.entries[member] for member in members]
    entries.sort(key=lambda e: (e.signed or e.starts or e.status_as_of).first)
    lives = [(entry, life(entry, snapshot)) for entry in entries]
    # the agreement before its plan: a plan is part of the line, not what the line is
    alive = [one for one in lives if one[1].state is State.LIVE]
    if not alive:
        return next(((e, found) for e, found in lives if e.id == members[0]), lives[0])
    heads = [one for one in alive if one[0].part_of is None]
    return (heads or alive)[-1]
