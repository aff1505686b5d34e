"""The brief of a line: at most a page of Markdown that an editor can paste and hand on."""

from collections.abc import Sequence

from crawlers.urls import is_web
from reports import tidy
from reports.coverage import LineSide, Value
from reports.leads import Lead
from reports.snapshot import Publication
from reports.view import LONGEST_NAME, View, distinct

MOST_TEXTS, MOST_NEAR, MOST_PARTIES, MOST_PAIRS = 4, 2, 8, 2
_SPECIAL = str.maketrans({character: f"\\{character}" for character in "\\`*_[]<>|#"})


def brief(view: View, line: str) -> str:
    """What a line is, its parties and dates, what each side printed, near misses, whom to ask, why now.

    `line`: an id of `view.snapshot.catalogue.lines`. Of several pairs the first two are told, the rest counted.
    Links of restricted outlets are not in the view, so not here either.
    """
    t = view.reader.t
    sides = view.of_line(line)
    pairs = list(dict.fromkeys(one.pair for one in sides))
    shown: dict[str, LineSide] = {}
    for one in sides:
        if one.pair in pairs[:MOST_PAIRS]:
            shown.setdefault(one.side, one)  # a region of several pairs has printed the same for each
    told = [f"# {escaped(view.line_title(sides[0]))}", ""]
    told += [f"{what_it_is(view, sides[0])}", ""]
    told.append(t("Parties: {parties}.", parties="; ".join(map(escaped, parties(view, sides[0])))))
    reasons = [reason(view, lead) for lead in view.leads_of(line)]
    if reasons:
        told += ["", f"## {t('Why now')}", "", *(f"- {escaped(one)}" for one in dict.fromkeys(reasons[:5]))]
    for one in shown.values():
        told += ["", f"## {escaped(view.name(one.side))}", "", escaped(state(view, one))]
        told += _texts(view, distinct(p for p in one.publications if p.grade == "about")[::-1], MOST_TEXTS)
        if one.near_misses:
            told += ["", t("Nearly matching, to be checked:")]
            told += _texts(view, distinct(one.near_misses)[::-1], MOST_NEAR)
    left = len(pairs) - MOST_PAIRS
    if left > 0:
        told += ["", view.reader.n("and {n} more pair", "and {n} more pairs", left)]
    day = view.reader.day(view.snapshot.today)
    told += ["", t("As of {day}. \"No texts found\" means: not in the texts of the web sites that were read. Paper,"
                   " broadcasts and social networks are not read.", day=day)]  # fmt: skip
    if view.withheld:
        told.append(t("Some sources are not shown here."))
    return "\n".join(told) + "\n"


def what_it_is(view: View, one: LineSide) -> str:
    """Kind, dates and what the book says, in a line."""
    r, t, entry = view.reader, view.reader.t, one.entry
    told = [t(entry.kind.value)]
    if entry.signed:
        told.append(t("Signed: {when}.", when=r.partial(entry.signed)).rstrip("."))
    if entry.ends:
        told.append(t("Until: {when}.", when=r.partial(entry.ends)).rstrip("."))
    book = t(
        "The book, as of {when}: {status}.", when=r.partial(entry.status_as_of), status=t(entry.status.value)
    )
    return " · ".join([*told, book.rstrip(".")])


def parties(view: View, one: LineSide) -> list[str]:
    """Whom the documents name, in the reader's language: places and organisations, at most MOST_PARTIES."""
    gazetteer, found = view.snapshot.catalogue.gazetteer, []
    for party in one.entry.parties:
        if party.place:
            found.append(view.name(party.place))
        elif party.organisation:
            names = gazetteer.organisations[party.organisation].names
            listed = names.get(view.reader.language) or names.get("ru") or (party.organisation,)
            found.append(next(iter(listed)))
    rest = len(found) - MOST_PARTIES
    more = [view.reader.t("and {more} more", more=rest)] if rest > 0 else []
    return [tidy.one_line(name, LONGEST_NAME) for name in found[:MOST_PARTIES]] + more


def state(view: View, one: LineSide) -> str:
    """The value of a side, why, how long nothing was found and how well the side was observed."""
    r, t = view.reader, view.reader.t
    value = ": ".join(filter(None, (view.value(one), view.reason(one))))
    told = [value[:1].upper() + value[1:]]
    if one.silence is not None:
        ago = r.n("{n} day ago", "{n} days ago", one.silence)
        told.append(t("last text {ago}", ago=ago))
    if one.observed.outlets:
        told.append(
            t(
                "read from {first} to {last}: {seen}",
                first=view.day(one.observed.first), last=view.day(one.observed.last), seen=view.seen(one.observed),
            )
        )  # fmt: skip
    return "; ".join(told) + "."


def reason(view: View, lead: Lead) -> str:
    """Why now, with the side that it is a reason for: a line has two."""
    return f"{view.name(lead.side.side)}: {why(view, lead)}"


def why(view: View, lead: Lead) -> str:
    """The occasion of a lead, in a sentence that claims no more than its kind does."""
    r, t = view.reader, view.reader.t
    if lead.text is not None:
        text = {
            "day": view.day(lead.text.day),
            "outlet": view.outlet_name(lead.text),
            "title": view.headline(lead.text),
        }
        if lead.kind == "partner" and lead.side.value is Value.UNOBSERVED:
            return t("{outlet}, {day}: «{title}»; this side was not observed well enough.", **text)
        if lead.kind == "partner":
            return t(
                "{outlet}, {day}: «{title}»; no text of this side in the archive within the time that we set.",
                **text,
            )
        if lead.kind == "one_sided":
            return t("Found at the partner and not on this side: {outlet}, {day}: «{title}».", **text)
        return t("A text of the partner to follow up: {outlet}, {day}: «{title}».", **text)
    if lead.kind == "anniversary":
        when = view.reader.day(lead.day) if lead.day else t("the day is not known")
        return r.n(
            "{n} year since it was signed ({when}).",
            "{n} years since it was signed ({when}).",
            lead.years,
            when=when,
        )
    day = r.day(lead.day or view.snapshot.today)
    if lead.kind == "term":
        left = r.n(
            "{n} day left", "{n} days left", ((lead.day or view.snapshot.today) - view.snapshot.today).days
        )
        return t("Its term ends on {day}, {left}.", day=day, left=left)
    if lead.kind == "ended":
        return t("Its term ended on {day}, no later document is known.", day=day)
    return t("Expected about {day}, reckoned from the last time.", day=day)


def escaped(text: str) -> str:
    """Foreign text that is to be read as it stands and never as Markdown or HTML."""
    return text.translate(_SPECIAL)


def _texts(view: View, found: Sequence[Publication], most: int) -> list[str]:
    told = []
    for p in found[:most]:
        title, outlet = escaped(view.headline(p)), escaped(view.outlet_name(p))
        # what would end the address of a link is written as the web writes it
        link = (
            f"[{title}](<{p.url.replace('<', '%3C').replace('>', '%3E')}>)"
            if p.url and is_web(p.url)
            else title
        )
        told.append(f"- {view.reader.day(p.day)}, {outlet}: {link} ({view.work(p)})")
    if len(found) > most:
        told.append("- " + view.reader.t("and {more} more", more=len(found) - most))
    return told
