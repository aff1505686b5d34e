"""What counts as covered, defined once, as pure functions of a snapshot. See the README of this package."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from crawlers import codes
from crawlers.codes import Pair
from crawlers.registry import Tier
from matcher.entries import Entry
from reports import cadence
from reports.liveness import Life, State, line_life
from reports.observed import Observed, observed
from reports.snapshot import Publication, Snapshot


class Value(StrEnum):
    """The state of a line on a side."""

    COVERED = "covered"
    MENTIONED = "mentioned"
    NONE_FOUND = "none_found"
    """The gap: watched well enough, and nothing found for longer than declared."""
    TO_CHECK = "to_check"
    """Would be a gap, but a near miss that nobody has decided on lies in the window."""
    UNOBSERVED = "unobserved"
    NOT_EXPECTED = "not_expected"


class Gap(StrEnum):
    EVENT = "event"
    """A dated event is known from an official or partner source, and its window has passed."""
    QUIET = "quiet"
    """Longer than the interval without a text, and no event known."""


@dataclass(frozen=True)
class LineSide:
    """One line on one side of one pair at the snapshot's moment."""

    line: str
    entry: Entry
    """The document that stands for the line today."""
    pair: Pair
    side: str
    life: Life
    value: Value
    reason: str
    """Why: a word for NOT_EXPECTED and UNOBSERVED, else ""."""
    gap: Gap | None
    interval: int | None
    """Days: the quiet interval, or the event window where the kind has no interval."""
    first: date
    last: date
    """The window that was looked at."""
    publications: tuple[Publication, ...]
    """All of this side's press, by any outlet, oldest first, as far back as the archive goes."""
    in_window: tuple[Publication, ...]
    near_misses: tuple[Publication, ...]
    event: Publication | None
    """The latest event known from an official or partner source that this side has not reported."""
    observed: Observed

    @property
    def last_report(self) -> Publication | None:
        reports = [p for p in self.publications if p.grade == "about"]
        return reports[-1] if reports else None

    @property
    def silence(self) -> int | None:
        """Days since the last report; None: none is known."""
        return (self.last - self.last_report.day).days if self.last_report else None

    @property
    def own(self) -> bool:
        """Covered by own work, not only by reprints."""
        return self.value is Value.COVERED and any(p.own and p.grade == "about" for p in self.in_window)

    @property
    def rests_on_one(self) -> bool:
        """Whether the value hangs on a single match that no person has confirmed."""
        about = [p for p in self.in_window if p.grade == "about"]
        return (
            self.value is Value.COVERED
            and len({p.story for p in about}) == 1
            and not any(p.confirmed for p in about)
        )

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """Tiers on which it was reported in the window."""
        return tuple(t for t in Tier if any(p.tier is t and p.grade == "about" for p in self.in_window))


@dataclass(frozen=True)
class Index:
    """k of n live lines of a side, with what is not known as bounds."""

    covered: int
    covered_own: int
    mentioned: int
    none_found: int
    to_check: int
    unobserved: int

    @property
    def expected(self) -> int:
        return self.covered + self.mentioned + self.none_found + self.to_check + self.unobserved

    @property
    def bounds(self) -> tuple[float, float] | None:
        """All that is not known as a gap, and all as covered; None below ten lines: a share would mislead."""
        if self.expected < 10:
            return None
        low = self.covered / self.expected
        return low, low + (self.to_check + self.unobserved) / self.expected


def coverage(snapshot: Snapshot) -> list[LineSide]:
    """Every line on both sides of each of its home pairs, in the order of pairs and of the catalogue."""
    found = []
    for line, members in snapshot.catalogue.lines.items():
        entry, alive = line_life(members, snapshot)
        for pair in sorted({p for member in members for p in snapshot.catalogue.entries[member].pairs}):
            reports = _reports(snapshot, members)
            for side in pair:
                found.append(_judge(snapshot, line, members, entry, alive, pair, side, reports))
    return sorted(found, key=lambda one: one.pair)


def index(lines: Iterable[LineSide]) -> Index:
    """The index of the given lines, each counted once; not expected ones do not count."""
    listed = list(lines)
    count = {value: sum(one.value is value for one in listed) for value in Value}
    return Index(
        count[Value.COVERED], sum(one.own for one in listed), count[Value.MENTIONED], count[Value.NONE_FOUND],
        count[Value.TO_CHECK], count[Value.UNOBSERVED],
    )  # fmt: skip


def speaks_for(snapshot: Snapshot, publication: Publication, side: str) -> bool:
    """Whether an article is press of a side. A region's side hears its country's national press too;
    a country's side is its national press. Newsrooms that work from abroad are shown apart.
    """
    outlet = snapshot.outlets.get(publication.outlet or "")
    if outlet is None or not outlet.is_press or outlet.control == "exile":
        return False
    if outlet.tier is Tier.NATIONAL:
        return outlet.country == codes.country_of(side)
    return outlet.place == side


def _reports(snapshot: Snapshot, members: tuple[str, ...]) -> list[Publication]:
    """Articles on a line: on its documents, and on projects that are part of them ("by part")."""
    parts = [e.id for e in snapshot.catalogue.entries.values() if e.part_of in members and e.id not in members]
    found: dict[int, Publication] = {}
    for entry in (*members, *parts):
        for publication in snapshot.publications.get(entry, ()):
            known = found.get(publication.article)
            if known is None or (known.grade != "about" and publication.grade == "about"):
                found[publication.article] = publication
    return sorted(found.values(), key=lambda p: p.sort_key)


def _judge(
    snapshot: Snapshot, line: str, members: tuple[str, ...], entry: Entry, alive: Life, pair: Pair, side: str,
    reports: list[Publication],
) -> LineSide:  # fmt: skip
    today = snapshot.today
    own_cadence = cadence.of(entry)
    quiet = own_cadence.quiet(codes.is_country(side))
    ours = tuple(p for p in reports if speaks_for(snapshot, p, side))
    event = _unreported(snapshot, reports, ours, own_cadence.event_window, pair, side)
    interval = quiet if quiet is not None else own_cadence.event_window
    first = today - timedelta(days=interval)
    if quiet is None and event is not None:
        first = event.day
    last = today - timedelta(days=1)  # today is not over
    inside = tuple(p for p in ours if first <= p.day <= today)
    known = {p.article for p in ours}
    nearly = [p for member in members for p in snapshot.near_misses.get(member, ()) if p.article not in known]
    near = tuple(p for p in nearly if first <= p.day <= today and speaks_for(snapshot, p, side))
    seen = observed(snapshot, side, min(first, last), last)
    value, reason, gap = _value(alive, quiet, event, inside, near, seen)
    return LineSide(
        line,
        entry,
        pair,
        side,
        alive,
        value,
        reason,
        gap,
        interval,
        first,
        today,
        ours,
        inside,
        near,
        event,
        seen,
    )


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
