"""What an earlier letter said and what turned out to be wrong: a reader is told of it, once."""

from dataclasses import dataclass, replace

from reports.coverage import LineSide
from reports.letter_claims import History, Named
from reports.snapshot import Publication
from reports.view import View
from reports.weeks import Week


@dataclass(frozen=True)
class Correction:
    """One refuted statement. `found`: the text that refutes it; None: the event was none of this line."""

    named: Named
    side: LineSide
    found: Publication | None

    @property
    def record(self) -> Named:
        return replace(self.named, kind="correction", week="", number=None)


def corrections(view: View, history: History) -> list[Correction]:
    """Statements of earlier letters that do not hold, the oldest first; those that were corrected are not."""
    sides = {(one.line, str(one.pair), one.side): one for one in view.lines}
    done = {(old.where, old.day) for old in history.named if old.kind == "correction"}
    found = []
    for old in history.named:
        one = sides.get(old.where)
        if one is None or old.kind == "correction" or (old.where, old.day) in done:
            continue
        refuting = _refuting(old, one)
        if refuting is not None or _event_is_none(view, old):
            found.append(Correction(old, one, refuting))
            done.add((old.where, old.day))
    return found


def _refuting(old: Named, one: LineSide) -> Publication | None:
    """A report of this side that was out when the letter said that none was found.

    Found later, or a near match that an editor has accepted: none was known at the time.
    """
    if old.first is None or old.last is None:
        return None
    reports = (p for p in one.publications if p.grade == "about")
    return next((p for p in reports if old.first <= p.day <= old.last), None)


def _event_is_none(view: View, old: Named) -> bool:
    """Whether the text that told of the event is no longer taken for a report on this line.

    A text of an outlet that this reader is not shown (any more) has vanished for another reason.
    """
    if old.kind != "event" or old.outlet not in view.snapshot.outlets:
        return False
    members = view.snapshot.catalogue.lines.get(old.line, ())
    parts = [e.id for e in view.snapshot.catalogue.entries.values() if e.part_of in members]
    published = (p for entry in (*members, *parts) for p in view.snapshot.publications.get(entry, ()))
    return not any(p.article == old.article and p.grade == "about" for p in published)


def text(view: View, one: Correction) -> str:
    """The correction in one or two sentences."""
    t = view.reader.t
    week = Week.parse(one.named.week).number
    title = view.line_title(one.side)
    if one.found is None or one.named.first is None or one.named.last is None:
        day = view.day(one.named.day) if one.named.day else ""
        return t(
            "The letter of week {week} named a partner's text of {day} on \"{title}\". That text is about something"
            " else.", week=week, day=day, title=title,
        )  # fmt: skip
    return t(
        "The letter of week {week} said that nothing was found here on \"{title}\" from {first} to {last}. There was"
        " a text: {outlet}, {day}.", week=week, title=title, first=view.day(one.named.first), last=view.day(one.named.last),
        outlet=view.outlet_name(one.found), day=view.day(one.found.day),
    )  # fmt: skip
