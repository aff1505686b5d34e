"""The rows of a letter: each says one thing in words that are true of what was read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

from crawlers.urls import is_web
from reports import letter_brief, letter_corrections
from reports.audit_rates import Claim
from reports.coverage import LineSide, Value
from reports.leads import Lead
from reports.letter_calendar import Date
from reports.letter_claims import History, Named, known_here
from reports.letter_own import more
from reports.letter_seen import press_of
from reports.liveness import State
from reports.observed import Observed
from reports.snapshot import Publication
from reports.view import View, distinct
from reports.weeks import Week

RECENT = timedelta(days=60)
"""How far back a lead tells of the partner's own pieces."""


@dataclass
class Item:
    text: str
    details: list[str] = field(default_factory=list)
    url: str | None = None
    label: str = ""
    """Words of the link."""
    number: int = 0
    """By which a reader answers; 0: none."""

    def __post_init__(self) -> None:
        self.text = self.text.replace("….", "…")  # a title that was cut needs no full stop


@dataclass
class Section:
    title: str
    items: list[Item]
    rest: str = ""
    """How many more there are."""


class Event(NamedTuple):
    side: LineSide
    seen: Observed
    named: Named


def section(view: View, title: str, items: list[Item], most: int, first: int = 0) -> Section:
    """The first rows, numbered from `first` on unless that is 0, and how many more there are."""
    for number, item in enumerate(items[:most] if first else (), first):
        item.number = number
    left = len(items) - most
    rest = view.reader.n("and {n} more in the report", "and {n} more in the report", left) if left > 0 else ""
    return Section(title, items[:most], rest if most else "")


def how_to_answer(view: View) -> str:
    """The words that `reports.reply_words` understands, with an example that does not read as an answer itself."""
    day = view.snapshot.today + timedelta(days=14)
    return view.reader.t(
        'Reply to this letter with number and word: "1 take until {day}", "1 later", "1 not ours", "1 we wrote LINK".',
        day=day,
    )


def correction(view: View, one: letter_corrections.Correction) -> Item:
    url = one.found.url if one.found else None
    return Item(letter_corrections.text(view, one), url=_web(url), label=view.reader.t("Open"))


def lead_row(view: View, lead: Lead, events: Sequence[Event], page: str | None) -> Item:
    """A lead with what each side is known to have printed, a move and whom to ask.

    `events`: what may be said of partners' texts; one on this line is the row's proof.
    """
    r, t = view.reader, view.reader.t
    title = view.line_title(lead.side)
    if lead.kind == "anniversary":
        exact = "" if lead.day else t(" (the day is not known)")
        text = r.n(
            "{n} year: {title}{exact}.", "{n} years: {title}{exact}.", lead.years, title=title, exact=exact
        )
    elif lead.kind == "ended":
        ended = view.day(lead.day or view.snapshot.today)
        text = t("{title}: its term ended on {day}, no later document is known.", title=title, day=ended)
    else:
        day = lead.day or view.snapshot.today
        left = r.n("{n} day left", "{n} days left", (day - view.snapshot.today).days)
        text = t("{title}: its term ends on {day}, {left}.", title=title, day=view.day(day), left=left)
    event = next((one.side.event for one in events if one.side == lead.side), None)
    partner = _reported(view, event) if event else _at_the_partner(view, lead.side)
    details = [partner, known_here(view, lead.side), letter_brief.move(r, lead), letter_brief.ask(r, lead)]
    proof = _web(event.url) if event else None
    url, label = (page, t("Background")) if page else (proof, t("Open"))
    return Item(text, [one for one in details if one], url, label)


def _reported(view: View, event: Publication) -> str:
    return f"{view.day(event.day)}, {view.outlet_name(event)}: «{view.headline(event)}»."


def _at_the_partner(view: View, one: LineSide) -> str:
    """The partner's own pieces of late; "" where none is known: of that side nothing is claimed here."""
    r = view.reader
    (other,) = [two for two in view.of(one.pair) if two.line == one.line and two.side != one.side]
    since = view.snapshot.today - RECENT
    own = [p for p in distinct(other.publications) if p.own and p.grade == "about" and p.day >= since]
    if not own:
        return ""
    days = ", ".join(view.day(p.day) for p in own[-3:])
    pieces = r.n("{n} own piece", "{n} own pieces", len(own))
    return f"{view.name(other.side)}: {pieces} ({days})."


def event_row(view: View, found: Event) -> Item:
    r, event = view.reader, found.side.event
    assert event is not None
    text = f"{_reported(view, event)} {view.line_title(found.side)}."
    dates = {"first": view.day(found.seen.first), "last": view.day(found.seen.last)}
    seen = r.t("Not found here from {first} to {last}, read: {seen}.", seen=view.seen(found.seen), **dates)
    return Item(text, [seen], _web(event.url), r.t("Open"))


def calendar(view: View, dates: Sequence[Date], most: int) -> list[Item]:
    t = view.reader.t
    told = []
    for one in dates[:most]:
        title = view.line_title(one.side)
        if one.kind == "term":
            told.append(t('{day}: term of "{title}"', day=view.day(one.day), title=title))
        else:
            told.append(
                t("about {day}: {title} (reckoned from the last time)", day=view.day(one.day), title=title)
            )
    return [Item(" · ".join(told) + more(view, len(dates) - most) + ".")] if told else []


def question(view: View, ours: Sequence[LineSide], week: Week) -> list[Item]:
    lines = {one.line: one for one in ours if one.life.state is State.UNVERIFIED}
    unknown = [one for one in lines.values() if one.entry.status.value != "under_consideration"]
    if not unknown:
        return []
    # another one each week, the same for the same week
    one = unknown[(week.first.toordinal() // 7) % len(unknown)]
    title = view.line_title(one)
    return [Item(view.reader.t("{title}: is it still in force? Reply yes, no or do not know.", title=title))]


def rest(view: View, gaps: frozenset[str], history: History) -> str:
    r = view.reader
    text = r.n("{n} item without texts found in all", "{n} items without texts found in all", len(gaps))
    if history.gaps_before is None:
        return text + "."
    new, gone = len(gaps - history.gaps_before), len(history.gaps_before - gaps)
    return text + " " + r.t("(+{new}, -{gone} since the week before).", new=new, gone=gone)


def meaning(view: View, ours: Sequence[LineSide], named: Sequence[Named]) -> str:
    """What "not found" means, with the longest stretch of days for which this letter says it."""
    r = view.reader
    firsts = [one.first for one in ours if one.value is Value.NONE_FOUND]
    firsts += [one.first for one in named if one.first]
    last = view.snapshot.today - timedelta(days=1)
    sites = r.n("{n} web site", "{n} web sites", len(press_of(view, {one.side for one in ours})))
    return r.t(
        "\"Not found\" means: not in the texts that were read of {sites}, at the longest from {first} to {last}. Paper,"
        " broadcasts and social networks are not read. A mistake? Just reply.",
        sites=sites, first=view.day(min(firsts)), last=view.day(last),
    ) + "".join(f" {one.told(r)}" for one in view.beside.rates if one.kind is Claim.GAP)  # fmt: skip


def _web(url: str | None) -> str | None:
    return url if url and is_web(url) else None
