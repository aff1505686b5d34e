"""What was published on the reader's side in the week, and in the reader's own paper."""

from collections.abc import Sequence

from reports.changes import REPORTED
from reports.coverage import LineSide
from reports.letter_claims import History, gap_key
from reports.snapshot import Publication
from reports.view import View, distinct
from reports.weeks import Week

MOST_TITLES = 2


def published(view: View, ours: Sequence[LineSide], week: Week, outlet: str | None) -> list[str]:
    """Sentences on the week's texts: how many, how many of them own work, then on the reader's paper."""
    t, n = view.reader.t, view.reader.n
    found = _reports(ours, week)
    own = [p for p in distinct(found) if p.own]
    after = len(found) - len(own)
    if not found:
        return [t("In what was read of week {week} no texts of this side were found.", week=week.number)]
    counted = [n("{n} own piece", "{n} own pieces", len(own))]
    if after:
        counted.append(n("{n} after an agency or another outlet", "{n} after agencies or other outlets", after))
    sentences = [", ".join(counted) + "."]
    if outlet in view.snapshot.outlets:
        sentences += _own_paper(view, found, week, outlet or "", ours)
    return sentences


def found_again(view: View, ours: Sequence[LineSide], history: History) -> list[str]:
    """What the letter of the week before counted as not found and is reported now."""
    gone = {
        one.line: one for one in ours if gap_key(one) in (history.gaps_before or ()) and one.value in REPORTED
    }
    titles = [view.line_title(one) for one in gone.values()]
    if not titles:
        return []
    rest = more(view, len(titles) - MOST_TITLES)
    return [
        view.reader.t(
            "Found, and not found before: {titles}{more}.", titles="; ".join(titles[:MOST_TITLES]), more=rest
        )
    ]


def _reports(sides: Sequence[LineSide], week: Week) -> list[Publication]:
    listed = {p.article: p for one in sides for p in one.publications if p.grade == "about"}
    return sorted((p for p in listed.values() if week.first <= p.day <= week.last), key=lambda p: p.sort_key)


def _own_paper(
    view: View, found: list[Publication], week: Week, outlet: str, ours: Sequence[LineSide]
) -> list[str]:
    t = view.reader.t
    mine = [p for p in found if p.outlet == outlet]
    sentences = []
    if mine:
        titles = "; ".join(f"«{view.headline(p)}»" for p in mine[:MOST_TITLES])
        sentences.append(
            t("Your paper: {titles}{more}.", titles=titles, more=more(view, len(mine) - MOST_TITLES))
        )
    picked = [p for p in _others(view, week) if p.origin == outlet and p.outlet != outlet]
    for publication in picked[:1]:
        taken, day = view.outlet_name(publication), view.day(publication.day)
        sentences.append(t("A text of yours was taken up: {outlet}, {day}.", outlet=taken, day=day))
    # "not in yours" is a claim of absence: only where every day of the paper's week was read
    if view.observed_days(outlet, week) == 7:
        articles = {p.article for p in found}
        lines = {one.line: one for one in ours if any(p.article in articles for p in one.publications)}
        only = [one for one in lines.values() if not _has_it(view, one, week, outlet)]
        titles = "; ".join(view.line_title(one) for one in only[:MOST_TITLES])
        if only:
            rest = more(view, len(only) - MOST_TITLES)
            sentences.append(
                t("In other outlets here, not found in yours: {titles}{more}.", titles=titles, more=rest)
            )
    return sentences


def _has_it(view: View, one: LineSide, week: Week, outlet: str) -> bool:
    """Whether a paper had anything on a line in a week, be it a mention or what nearly matches."""
    nearly = (
        p
        for member in view.snapshot.catalogue.lines[one.line]
        for p in view.snapshot.near_misses.get(member, ())
    )
    texts = (*one.publications, *nearly)
    return any(p.outlet == outlet and week.first <= p.day <= week.last for p in texts)


def _others(view: View, week: Week) -> list[Publication]:
    found = {p.article: p for one in view.lines for p in one.publications if week.first <= p.day <= week.last}
    return sorted(found.values(), key=lambda p: p.sort_key)


def more(view: View, number: int) -> str:
    """ " and 3 more", or nothing."""
    return view.reader.t(" and {more} more", more=number) if number > 0 else ""
