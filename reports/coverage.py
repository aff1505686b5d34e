"""What counts as covered, defined once, as pure functions of a snapshot. See the README of this package."""

from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta
from functools import cache

from crawlers import codes
from crawlers.codes import Pair
from crawlers.registry import Outlet, Tier
from matcher.entries import Entry
from reports import cadence, suspensions
from reports.index import Index, Judged, index
from reports.line_side import WHOLE, Gap, LineSide, Only, Value
from reports.liveness import Life, State, line_life
from reports.observed import Observed, of_outlets, panel
from reports.snapshot import Publication, Snapshot
from reports.tally import tally

__all__ = [
    "WHOLE", "Gap", "Index", "Judged", "LineSide", "Only", "Value", "by_tier", "coverage", "gaps", "index",
    "speaks_for", "tiers_of",
]  # fmt: skip


def coverage(snapshot: Snapshot, only: Only = WHOLE, lines: Collection[str] | None = None) -> list[LineSide]:
    """Lines on both sides of each of their home pairs, in the order of pairs and of the catalogue.

    `only`: as if a part of the press were all of it; a part in which nobody publishes is not observed.
    `lines`: only these; None: all.
    """
    judge = _Judge(snapshot, only)
    found = []
    known = snapshot.catalogue.lines
    for line in known if lines is None else [line for line in known if line in lines]:
        found += judge.line(line, known[line])
    return sorted(found, key=lambda one: one.pair)


def by_tier(snapshot: Snapshot, one: LineSide) -> dict[Tier, LineSide]:
    """A line on a side by each tier of its press alone, never one in place of another.

    A region has its local and regional outlets and the national ones of its country, a country the national
    ones. Official sites and those of unions are no press: they tell of events.
    """
    sides = {tier: coverage(snapshot, Only(tier=tier), {one.line}) for tier in tiers_of(one.side)}
    where = one.pair, one.side
    return {
        tier: next(two for two in listed if (two.pair, two.side) == where) for tier, listed in sides.items()
    }


def tiers_of(side: str) -> tuple[Tier, ...]:
    """The tiers that a side's press has."""
    return (Tier.NATIONAL,) if codes.is_country(side) else (Tier.LOCAL, Tier.REGIONAL, Tier.NATIONAL)


def gaps(lines: Iterable[LineSide]) -> list[LineSide]:
    """All gaps, event gaps first, then the longest silence."""
    found = [one for one in lines if one.value is Value.NONE_FOUND]
    return sorted(found, key=lambda one: (one.gap is not Gap.EVENT, -(one.silence or 10_000), one.line))


def speaks_for(snapshot: Snapshot, publication: Publication, side: str, only: Only = WHOLE) -> bool:
    """Whether an article is press of a side. A region's side hears its country's national press too;
    a country's side is its national press. Newsrooms that work from abroad are shown apart.
    """
    outlet = snapshot.outlets.get(publication.outlet or "")
    if outlet is None:
        return False
    where = outlet.id, side, only.control
    heard = snapshot.heard.get(where)
    if heard is None:
        heard = snapshot.heard[where] = _is_heard(outlet, side, only)
    return heard and (only is WHOLE or only.has(outlet, publication))


def _is_heard(outlet: Outlet, side: str, only: Only) -> bool:
    if not outlet.is_press or (outlet.control == "exile" and only.control != "exile"):
        return False
    if outlet.tier is Tier.NATIONAL:
        return outlet.country == codes.country_of(side)
    return outlet.place == side


class _Judge:
    """Judges lines of one snapshot by the whole press or a part of it."""

    def __init__(self, snapshot: Snapshot, only: Only) -> None:
        self._snapshot, self._only = snapshot, only
        # the same few intervals and panels come again for hundreds of lines
        self._observed: Callable[[str, date, date], Observed] = cache(self._observe)
        self._panel: Callable[[str], list[Outlet]] = cache(self._watched)

    def line(self, line: str, members: tuple[str, ...]) -> list[LineSide]:
        snapshot = self._snapshot
        entry, alive = line_life(members, snapshot)
        reports = self._reports(members)
        found = []
        for pair in sorted({p for member in members for p in snapshot.catalogue.entries[member].pairs}):
            stopped = suspensions.of(pair, snapshot.suspensions, snapshot.today)
            if stopped and alive.state in (State.LIVE, State.UNVERIFIED):
                life = Life(State.SUSPENDED, stopped.since.first, source=stopped.source)
            else:
                life = alive
            found += [self._side(line, members, entry, life, pair, side, reports) for side in pair]
        return found

    def _reports(self, members: tuple[str, ...]) -> list[Publication]:
        """Articles on a line: on its documents, and on projects that are part of them ("by part")."""
        parts = [
            one for member in members for one in self._snapshot.parts.get(member, ()) if one not in members
        ]
        found: dict[int, Publication] = {}
        for entry in (*members, *parts):
            for publication in self._snapshot.publications.get(entry, ()):
                known = found.get(publication.article)
                if known is None or (known.grade != "about" and publication.grade == "about"):
                    found[publication.article] = publication
        return sorted(found.values(), key=lambda p: p.sort_key)

    def _observe(self, side: str, first: date, last: date) -> Observed:
        # alone, the national press of a region's country is watched too; as part of the whole its silence
        # would be no proof of the region's
        where = codes.country_of(side) if self._only.tier is Tier.NATIONAL else side
        return of_outlets(self._snapshot, self._panel(where), first, last)

    def _watched(self, where: str) -> list[Outlet]:
        return [one for one in panel(self._snapshot.outlets, where) if self._only.has(one)]

    def _side(
        self, line: str, members: tuple[str, ...], entry: Entry, alive: Life, pair: Pair, side: str,
        reports: list[Publication],
    ) -> LineSide:  # fmt: skip
        snapshot, only = self._snapshot, self._only
        today = snapshot.today
        own_cadence = cadence.of(entry)
        quiet = own_cadence.quiet(codes.is_country(side) or only.tier is Tier.NATIONAL)
        ours = tuple(p for p in reports if speaks_for(snapshot, p, side, only))
        event = _unreported(snapshot, reports, ours, own_cadence.event_window, pair, side)
        interval = quiet if quiet is not None else own_cadence.event_window
        first = today - timedelta(days=interval)
        if quiet is None and event is not None:
            first = event.day
        last = today - timedelta(days=1)  # today is not over
        inside = tuple(p for p in ours if first <= p.day <= today)
        known = {p.article for p in ours}
        nearly = [
            p for member in members for p in snapshot.near_misses.get(member, ()) if p.article not in known
        ]
        near = tuple(p for p in nearly if first <= p.day <= today and speaks_for(snapshot, p, side, only))
        seen = self._observed(side, min(first, last), last)
        value, reason, gap = _value(alive, quiet, event, inside, near, seen)
        return LineSide(
            line, entry, pair, side, alive, value, reason, gap, interval, first, today, ours, inside, near, event,
            seen, tally(inside, snapshot.outlets),
        )  # fmt: skip


def _value(
    alive: Life, quiet: int | None, event: Publication | None,
    inside: tuple[Publication, ...], near: tuple[Publication, ...], seen: Observed,
) -> tuple[Value, str, Gap | None]:  # fmt: skip
    if alive.state is not State.LIVE:
        return Value.NOT_EXPECTED, alive.state.value, None
    if any(p.grade == "about" for p in inside):
        return Value.COVERED, "", None
    if quiet is None and event is None:
        return Value.NOT_EXPECTED, "dates_only", None
    if inside:
        return Value.MENTIONED, "", None
    if near:
        return Value.TO_CHECK, "near_miss", None
    if seen.obstacle is not None:
        return Value.UNOBSERVED, seen.obstacle, None
    return Value.NONE_FOUND, "", Gap.EVENT if event is not None else Gap.QUIET


def _unreported(
    snapshot: Snapshot,
    reports: list[Publication],
    ours: tuple[Publication, ...],
    window: int,
    pair: Pair,
    side: str,
) -> Publication | None:
    """The latest event, known from an official or the partner's press, whose window has passed unreported."""
    other = pair.partner if side == pair.belarus else pair.belarus
    for publication in reversed(reports):
        outlet = snapshot.outlets.get(publication.outlet or "")
        official = outlet is not None and not outlet.is_press
        if publication.grade != "about" or not (official or speaks_for(snapshot, publication, other)):
            continue
        if (snapshot.today - publication.day).days <= window:
            continue
        if (snapshot.today - publication.day).days > 400:
            return None
        until = publication.day + timedelta(days=window)
        # a text of two days before announces it as well
        if not any(publication.day - timedelta(days=2) <= p.day <= until for p in ours):
            return publication
    return None
