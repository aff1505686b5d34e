"""The weekly letter: what can be assigned today, in a minute of reading."""

from dataclasses import dataclass
from datetime import date, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from pathlib import Path

from crawlers import codes
from crawlers.errors import DataError
from crawlers.urls import is_web
from reports.config import Recipient
from reports.coverage import Gap, LineSide, Value
from reports.leads import Lead
from reports.liveness import State
from reports.site import environment
from reports.snapshot import Publication
from reports.view import Source, View, distinct

MOST_LEADS, MOST_EVENTS = 2, 3
STILL_NEWS = timedelta(days=90)
"""Age at which a partner's report is no longer an occasion to write."""


@dataclass
class Item:
    text: str
    url: str | None = None


@dataclass
class Section:
    title: str
    items: list[Item]
    numbered: bool = False


@dataclass
class Letter:
    """What one reader is told this week, before it is laid out."""

    subject: str
    greeting: str
    seen: str
    missed: str
    sections: list[Section]
    rest: str
    meaning: str
    withheld: bool


def compose(view: View, recipient: Recipient, day: date | None = None) -> Letter:
    """The letter on one region: unobserved sources first, then leads, partners' news, a question, the rest.

    `day`: the one that it is for, if it is written on another: a late letter is still that of its week.
    """
    t, n = view.reader.t, view.reader.n
    pairs = view.touching(recipient.region)
    today = view.snapshot.today
    ours = [one for pair in pairs for one in view.of(pair) if one.side == _side(pair, recipient.region)]
    places = {side for pair in pairs for side in pair}
    sources = [s for s in view.sources if s.outlet.place in places and s.outlet.is_press]
    failed = [s for s in sources if not s.read]
    leads = [lead for lead in view.leads if lead.side in ours and lead.side.event is None][:MOST_LEADS]
    events = [one for one in ours if one.life.state is State.LIVE and today - _event_day(one) <= STILL_NEWS]
    events.sort(key=lambda one: (one.gap is not Gap.EVENT, -_event_day(one).toordinal(), one.line))
    sections = [
        Section(t("For this week's plan"), [Item(_lead(view, lead)) for lead in leads], numbered=True),
        Section(
            t("Published by the partners, not found here yet"),
            [_publication(view, one.event, one) for one in events[:MOST_EVENTS] if one.event],
        ),
        Section(t("Published here this week"), [Item(_published(view, ours))]),
        Section(t("One question"), [Item(text) for text in _question(view, ours)]),
    ]
    gaps = sum(one.value is Value.NONE_FOUND for one in ours)
    name = view.name(recipient.region)
    about = n("{n} occasion", "{n} occasions", len(leads) + min(len(events), MOST_EVENTS))
    return Letter(
        t("{region}, week {week}: {about}", region=name, week=_last_week(day or today), about=about),
        t("{name}, good morning.", name=recipient.name) if recipient.name else t("Good morning."),
        t("{seen} of {all} outlets were read.", seen=len(sources) - len(failed), all=len(sources)),
        _missed(view, failed), [s for s in sections if s.items],
        n("{n} item without texts found in all; the list is in the report.",
          "{n} items without texts found in all; the list is in the report.", gaps),
        t("\"Not found\" means: not in the texts of the web sites that were read; paper, broadcasts and social"
          " networks are not read. A mistake? Just reply."),
        view.withheld > 0,
    )  # fmt: skip


def message(view: View, recipient: Recipient, sender: str, day: date | None = None) -> EmailMessage:
    """The letter as a mail with a text part and an HTML part."""
    letter = compose(view, recipient, day)
    day = day or view.snapshot.today
    env = environment()
    values = {"letter": letter, "r": view.reader, "t": view.reader.t}
    mail = EmailMessage()
    mail["Subject"] = letter.subject
    mail["From"] = sender
    mail["To"] = formataddr((recipient.name, recipient.address))
    mail["Date"] = format_datetime(view.snapshot.now)
    week = _last_week(day)
    year = (day - timedelta(days=7)).isocalendar().year
    mail["Message-ID"] = f"<{year}-W{week:02}.{recipient.region.lower()}.{_safe(recipient.address)}@mediagap>"
    mail.set_content(env.get_template("letter.txt").render(**values))
    mail.add_alternative(env.get_template("letter.html").render(**values), subtype="html")
    return mail


def to_outbox(mail: EmailMessage, folder: Path) -> Path:
    """Writes a mail as an .eml file, whole or not at all; the same letter of a week replaces itself."""
    path = folder / f"{_safe(str(mail['Message-ID']).strip('<>').removesuffix('@mediagap'))}.eml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".part")
        draft.write_bytes(mail.as_bytes())
        draft.replace(path)
    except OSError as error:
        raise DataError(path, "", error.strerror or str(error), "a folder that you can write") from None
    return path


def _side(pair: codes.Pair, region: str) -> str:
    return pair.side_of(region) or pair.belarus


def _event_day(one: LineSide) -> date:
    return one.event.day if one.event else date.min


def _missed(view: View, failed: list[Source]) -> str:
    if not failed:
        return ""
    listed = "; ".join(f"{s.outlet.title} ({view.outcome(s.outcomes[0])})" for s in failed[:4])
    more = view.reader.t(" and {more} more", more=len(failed) - 4) if len(failed) > 4 else ""
    return view.reader.t("Not read: {listed}{more}. Nothing is claimed about them.", listed=listed, more=more)


def _lead(view: View, lead: Lead) -> str:
    t = view.reader.t
    title = view.reader.title(lead.side.entry)
    last = lead.side.last_report
    known = (
        t("Last found here: {outlet}, {day}.", outlet=view.outlet_name(last), day=view.reader.short_day(last.day))
        if last else t("Nothing found here so far.")
    )  # fmt: skip
    if lead.kind == "anniversary":
        exact = "" if lead.day else t(" (the day is not known)")
        text = view.reader.n(
            "{n} year: {title}{exact}.", "{n} years: {title}{exact}.", lead.years, title=title, exact=exact
        )
        return f"{text} {known}"
    day = view.reader.day(lead.day) if lead.day else ""
    return f"{t('{title}: its term ends on {day}.', title=title, day=day)} {known}"


def _publication(view: View, publication: Publication, one: LineSide) -> Item:
    text = f"{view.reader.short_day(publication.day)}, {view.outlet_name(publication)}: «{publication.title}». "
    text += f"{view.reader.title(one.entry)}. "
    text += view.reader.t("Read here: {seen}.", seen=view.seen(one.observed))
    url = publication.url if publication.url and is_web(publication.url) else None
    return Item(text, url)


def _published(view: View, ours: list[LineSide]) -> str:
    since = view.snapshot.today - timedelta(days=7)
    week = {p.article: p for one in ours for p in one.publications if p.day >= since and p.grade == "about"}
    own = [p for p in distinct(week.values()) if p.own]
    return view.reader.t(
        "own pieces: {own}; after agencies or others: {other}.", own=len(own), other=len(week) - len(own)
    )


def _question(view: View, ours: list[LineSide]) -> list[str]:
    unknown = [
        one
        for one in ours
        if one.life.state is State.UNVERIFIED and one.entry.status.value != "under_consideration"
    ]
    if not unknown:
        return []
    # a different one each week, the same for the same week
    one = unknown[view.snapshot.today.isocalendar().week % len(unknown)]
    return [view.reader.t("{title}: is it still in force?", title=view.reader.title(one.entry))]


def _last_week(today: date) -> int:
    """ISO week that the letter of a Monday tells of: the one that ended."""
    return (today - timedelta(days=7)).isocalendar().week


def _safe(text: str) -> str:
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in text)
