"""What a letter may say of a side: "not found" only where it is true of the days and outlets it names."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from reports.coverage import LineSide, Value, speaks_for
from reports.leads import ANNOUNCED
from reports.liveness import State
from reports.observed import Observed, observed
from reports.view import View

STILL_NEWS = timedelta(days=90)
"""Age at which a partner's report is no longer an occasion to write."""
SAME_EVENT = timedelta(days=10)


NamedKind = Literal["event", "term", "anniversary", "ended", "correction"]


@dataclass(frozen=True)
class Named:
    """One item that a letter named, as it is kept for the letters after it."""

    kind: NamedKind
    line: str
    pair: str
    side: str
    day: date | None = None
    """Of the event, or the date that was the occasion."""
    article: int | None = None
    outlet: str | None = None
    first: date | None = None
    last: date | None = None
    """Days for which "not found" was claimed; None: it was not."""
    week: str = ""
    """Of the letter that named it; "" for the one that is being written."""
    entry: str = ""
    """The document that stood for the line."""
    number: int | None = None
    """Of the row, by which a reader answers; None: it bears none."""

    @property
    def lead(self) -> str:
        """The kind of lead that it is, as `reports.lead_work` keeps it."""
        return "partner" if self.kind == "event" else self.kind

    @property
    def where(self) -> tuple[str, str, str]:
        return self.line, self.pair, self.side


@dataclass(frozen=True)
class History:
    """What earlier letters told the same reader."""

    named: tuple[Named, ...] = ()
    gaps_before: frozenset[str] | None = None
    """What the letter of the week before counted as not found; None: there was none."""

    def knows(self, new: Named) -> bool:
        """Whether an earlier letter named the same: it is then counted, not listed again."""
        return any(
            old.kind == new.kind and old.where == new.where and self._same_occasion(old, new)
            for old in self.named
        )

    @staticmethod
    def _same_occasion(old: Named, new: Named) -> bool:
        if old.day is None or new.day is None:
            return old.day == new.day
        # further texts on one event are no further event
        return old.day == new.day or (new.kind == "event" and abs(new.day - old.day) <= SAME_EVENT)


def gap_key(one: LineSide) -> str:
    return f"{one.line} {one.pair} {one.side}"


def event_claim(view: View, one: LineSide) -> Observed | None:
    """How this side was observed since the event that its partner reported; None: say nothing about it.

    Stricter than the state of the line: since the event there is no text of this side, not even one that
    mentions or nearly matches it, and the outlets were observed from then until yesterday.
    """
    event, today = one.event, view.snapshot.today
    if event is None or one.life.state is not State.LIVE or today - event.day > STILL_NEWS:
        return None
    since = event.day - ANNOUNCED
    if any(p.day >= since for p in one.publications):
        return None
    members = view.snapshot.catalogue.lines[one.line]
    nearly = (p for member in members for p in view.snapshot.near_misses.get(member, ()))
    if any(p.day >= since and speaks_for(view.snapshot, p, one.side) for p in nearly):
        return None
    seen = observed(view.snapshot, one.side, since, today - timedelta(days=1))
    return None if seen.obstacle else seen


def known_here(view: View, one: LineSide) -> str:
    """What is known of a line on the reader's side, in a sentence that is true in each state."""
    t = view.reader.t
    last = one.last_report
    if last and one.value is not Value.NONE_FOUND:
        return t("Last found here: {outlet}, {day}.", outlet=view.outlet_name(last), day=view.day(last.day))
    if one.value is Value.NONE_FOUND:
        return t(
            "Not found here from {first} to {last}, read: {seen}.",
            first=view.day(one.first), last=view.day(_yesterday(one)), seen=view.seen(one.observed),
        )  # fmt: skip
    if one.value is Value.UNOBSERVED:
        return t("Of our side nothing can be said: {reason}.", reason=view.reason(one))
    if one.value is Value.TO_CHECK:
        return t("Here a text nearly matches; somebody has to look at it.")
    if one.value is Value.MENTIONED:
        return t("Here it was only mentioned.")
    return t("No report of our side is in the archive.")


def claim(one: LineSide) -> tuple[date, date] | None:
    """The days for which `known_here` claims that nothing was found; None: it does not."""
    return (one.first, _yesterday(one)) if one.value is Value.NONE_FOUND else None


def _yesterday(one: LineSide) -> date:
    return one.last - timedelta(days=1)  # the day of the letter is not over
