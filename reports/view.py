"""What pages, letter and terminal show of a snapshot: the same lines and the same words everywhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from crawlers.codes import Pair, country_of
from crawlers.outcome import READ, Outcome
from crawlers.outlet_days import DayState
from crawlers.registry import Outlet, Tier
from matcher.entries import Entry
from reports import restricted, rollups
from reports.beside import Beside
from reports.changes import Changes, Standing, changes, values
from reports.coverage import Gap, Index, LineSide, Only, Value, coverage, gaps, index, tiers_of
from reports.i18n import Reader
from reports.leads import Lead, grouped, leads
from reports.liveness import Life, State
from reports.observed import Observed, observed
from reports.restricted import Withheld
from reports.retrospect import Past, retrospect
from reports.rollups import Rollup
from reports.snapshot import Publication, Snapshot
from reports.tidy import one_line
from reports.trend import Trend, trends
from reports.weeks import Week

LONGEST_TITLE, LONGEST_NAME = 110, 60
"""Characters of a headline or an entry's title, and of an outlet's name, in a letter."""


@dataclass(frozen=True)
class Source:
    """One outlet as the page of sources shows it."""

    outlet: Outlet
    outcomes: tuple[str, ...]
    """Last outcome of each of its sources."""
    messages: tuple[str, ...]
    observed: int
    days: int
    texts: int

    @property
    def read(self) -> bool:
        return any(outcome in READ for outcome in self.outcomes)


class View:
    """One snapshot for one reader."""

    def __init__(
        self, snapshot: Snapshot, reader: Reader, profile: str, before: Standing | None = None
    ) -> None:
        """`before`: what the last report of an earlier week said to readers of this profile."""
        self.snapshot, self.withheld = restricted.for_reader(snapshot, profile)
        self.reader, self.profile, self._before = reader, profile, before
        self.beside = Beside()
        self._outlets = snapshot.outlets

    @property
    def hidden(self) -> Withheld:
        """What the reader may not be shown."""
        return Withheld(self._outlets, self.profile, self.snapshot.today)

    @cached_property
    def lines(self) -> list[LineSide]:
        return coverage(self.snapshot)

    @cached_property
    def leads(self) -> list[Lead]:
        succeeded = {old for entry in self.snapshot.catalogue.entries.values() for old in entry.succeeds}
        return leads(self.lines, self.snapshot.today, succeeded)

    def leads_of(self, line: str) -> list[Lead]:
        return self._leads_by_line.get(line, [])

    @cached_property
    def _leads_by_line(self) -> dict[str, list[Lead]]:
        return rollups.by_keys(self.leads, lambda one: [one.side.line])

    @property
    def lead_groups(self) -> list[tuple[Lead, ...]]:
        """The leads of each side of each line together, the most pressing first."""
        return grouped(self.leads)

    def tiers(self, one: LineSide) -> dict[Tier, LineSide]:
        """A side of a live line by each tier alone: `coverage.by_tier`, judged for all lines at once."""
        return {tier: self._tiers[tier][one.line, one.pair, one.side] for tier in tiers_of(one.side)}

    @cached_property
    def _tiers(self) -> dict[Tier, dict[tuple[str, Pair, str], LineSide]]:
        live = {one.line for one in self.lines if one.life.state is State.LIVE}
        return {
            tier: {(o.line, o.pair, o.side): o for o in coverage(self.snapshot, Only(tier=tier), live)}
            for tier in (Tier.LOCAL, Tier.REGIONAL, Tier.NATIONAL)
        }

    @cached_property
    def trends(self) -> dict[tuple[Pair, str], Trend]:
        """The trend of each side of a pair that has a cohort."""
        return trends(self.snapshot, self.lines)

    @cached_property
    def pairs(self) -> list[Pair]:
        """Pairs with at least one live line, then the others, each in the order of codes."""
        live = {one.pair for one in self.lines if one.life.state is State.LIVE}
        return sorted(self.snapshot.catalogue.pairs(), key=lambda pair: (pair not in live, pair))

    def of(self, pair: Pair, side: str | None = None) -> list[LineSide]:
        return [one for one in self._by_pair.get(pair, ()) if side in (None, one.side)]

    def of_line(self, line: str) -> list[LineSide]:
        """The sides of one line, in the order of its pairs."""
        return self._by_line.get(line, [])

    def titled(self, lines: Iterable[str]) -> list[tuple[str, Entry]]:
        """Lines with the documents that stand for them."""
        return [(line, self.of_line(line)[0].entry) for line in lines]

    @cached_property
    def _by_pair(self) -> dict[Pair, list[LineSide]]:
        return rollups.by_keys(self.lines, lambda one: [one.pair])

    @cached_property
    def _by_line(self) -> dict[str, list[LineSide]]:
        return rollups.by_keys(self.lines, lambda one: [one.line])

    def live(self, pair: Pair, side: str) -> list[LineSide]:
        return [one for one in self.of(pair, side) if one.life.state is State.LIVE]

    def index(self, pair: Pair, side: str) -> Index:
        return index(self.of(pair, side))

    @cached_property
    def gaps(self) -> list[LineSide]:
        """All gaps, event gaps first, then the longest silence."""
        return gaps(self.lines)

    @cached_property
    def standing(self) -> Standing:
        """What is to be kept of this report for the one after it."""
        week = Week.before(self.snapshot.today)
        read = {one.outlet.id: self.observed_days(one.outlet.id, week) >= 6 for one in self.sources}
        earlier = self._before.proposal if self._before else 0
        newest = max((earlier, *(one.number for one in self.beside.proposals)))
        return Standing(str(week), self.snapshot.version, values(self.lines), read, newest)

    @cached_property
    def changes(self) -> Changes | None:
        """What changed since the report of an earlier week; None: there was none."""
        if self._before is None:
            return None
        return changes(self.lines, self.standing, self._before, self.beside.proposals)

    @cached_property
    def past(self) -> list[Past]:
        """What was printed on lines that are not known to work today, those with texts first."""
        return retrospect(self.lines)

    @cached_property
    def questions(self) -> list[LineSide]:
        """Lines without a sign of life since the book: one row each."""
        seen: dict[str, LineSide] = {}
        for one in self.lines:
            if one.life.state is State.UNVERIFIED:
                seen.setdefault(one.line, one)
        return list(seen.values())

    @cached_property
    def sources(self) -> list[Source]:
        """Outlets that are fetched, or were at some time."""
        found = []
        for outlet in self.snapshot.outlets.values():
            if not self._is_fetched(outlet):
                continue
            attempts = [self.snapshot.attempts.get(outlet.source_id(source)) for source in outlet.sources]
            days = self.snapshot.days.get(outlet.id, {})
            found.append(
                Source(
                    outlet,
                    tuple(a.outcome if a else "not_tried" for a in attempts),
                    tuple(a.message for a in attempts if a and a.message and a.outcome not in READ),
                    sum(day.state == "observed" for day in days.values()), len(days),
                    self.snapshot.texts_read.get(outlet.id, 0),
                )
            )  # fmt: skip
        return found

    def blind(self, outlet: str) -> list[tuple[date, date]]:
        """The stretches of days on which an outlet was not observed, the latest first: first and last day."""
        found: list[tuple[date, date]] = []
        for day, state in sorted(self.snapshot.days.get(outlet, {}).items(), reverse=True):
            if state.state is DayState.OBSERVED:
                continue
            if found and found[-1][0] - day == timedelta(days=1):
                found[-1] = day, found[-1][1]
            else:
                found.append((day, day))
        return found

    @cached_property
    def unobservable(self) -> list[Outlet]:
        """Outlets that are known and not fetched: without a source, or only on request."""
        return [outlet for outlet in self.snapshot.outlets.values() if not self._is_fetched(outlet)]

    def _is_fetched(self, outlet: Outlet) -> bool:
        tried = any(outlet.source_id(source) in self.snapshot.attempts for source in outlet.sources)
        return bool(outlet.sources) and (tried or not outlet.on_request)

    def partners_of(self, region: str) -> list[tuple[str, Rollup]]:
        """The roll-ups of a Belarusian side by partner country, those with something expected first."""
        cells = [(partner, cell) for (own, partner), cell in self.matrix.items() if own == region]
        return sorted(cells, key=lambda one: (not one[1].expected, one[0]))

    @cached_property
    def matrix(self) -> dict[tuple[str, str], Rollup]:
        """Belarusian sides by partner countries."""
        return rollups.matrix(self.lines)

    def is_suspended(self, cell: Rollup) -> bool:
        """Whether nothing is expected of a roll-up because cooperation was suspended as a whole."""
        lives = {one.life.state for both in cell.lines for one in both.belarus.sides}
        return not cell.expected and State.SUSPENDED in lives

    def stories(self, publications: Iterable[Publication]) -> list[list[Publication]]:
        """Texts with their reprints, each chain from its first text on; the latest chain first."""
        found: dict[int, list[Publication]] = {}
        for publication in publications:
            found.setdefault(publication.story, []).append(publication)
        return list(found.values())[::-1]

    def name(self, code: str) -> str:
        return self.reader.place(self.snapshot.catalogue, code)

    def sector(self, name: str) -> str:
        """A sector in the reader's words; "media" is also a kind of agreement, with other words."""
        return self.reader.t(f"sector:{name}").removeprefix("sector:")

    def pair_name(self, pair: Pair) -> str:
        return f"{self.name(pair.belarus)} — {self.name(pair.partner)}"

    def outlet_name(self, publication: Publication) -> str:
        outlet = self.snapshot.outlets.get(publication.outlet or "")
        return (
            self.title(outlet) if outlet else one_line(publication.source.removeprefix("import:"), LONGEST_NAME)
        )

    @staticmethod
    def title(outlet: Outlet) -> str:
        return one_line(outlet.title, LONGEST_NAME)

    def headline(self, publication: Publication) -> str:
        """The title on one line and not longer than a letter can bear."""
        return one_line(publication.title, LONGEST_TITLE)

    def line_title(self, one: LineSide) -> str:
        return one_line(self.reader.title(one.entry), LONGEST_TITLE)

    def day(self, day: date) -> str:
        """The day, with its year only where that is another one."""
        return self.reader.day(day) if day.year != self.snapshot.today.year else self.reader.near_day(day)

    def observed_days(self, outlet: str, week: Week) -> int:
        """On how many days of a week an outlet was observed."""
        days = self.snapshot.days.get(outlet, {})
        dates = (week.first + timedelta(days=n) for n in range(7))
        return sum(day in days and days[day].state is DayState.OBSERVED for day in dates)

    def value(self, one: LineSide) -> str:
        """The value in the reader's words."""
        t = self.reader.t
        if one.value is Value.COVERED:
            if not one.own:
                return t("reported, after other texts")
            return t("reported, own work")
        if one.value is Value.NONE_FOUND:
            return t("no texts found after an event") if one.gap is Gap.EVENT else t("no texts found")
        return {
            Value.MENTIONED: t("mentioned"), Value.TO_CHECK: t("to be checked"),
            Value.UNOBSERVED: t("not observed"), Value.NOT_EXPECTED: t("not expected"),
        }[one.value]  # fmt: skip

    def work(self, publication: Publication) -> str:
        """Whose work a text is: own, after whom, not compared yet; or that it is no more than a mention."""
        t, origin = self.reader.t, publication.origin
        if publication.grade == "mention":
            return t("mentions it")
        if publication.grade == "near":
            return t("nearly matches")
        if publication.own is None:
            return t("not compared with other texts yet")
        if publication.own:
            return t("own work")
        outlet = self.snapshot.outlets.get(origin or "")
        name = self.title(outlet) if outlet else one_line(origin or "", LONGEST_NAME)
        return t("after {origin}", origin=name) if name else t("after another source")

    def reason(self, one: LineSide) -> str:
        """Why, in a phrase; "" where the value says it all."""
        return self._why(one.reason)

    def life(self, one: Life) -> str:
        """Why nothing is expected of a line, and since when."""
        since = self.reader.day(one.since) if one.since else ""
        return ", ".join(filter(None, (self._why(one.state.value), since)))

    def _why(self, word: str) -> str:
        t = self.reader.t
        reasons = {
            "share": t("less than 80 % of the outlet-days were observed"),
            "reference": t("a main outlet was not observed well enough"),
            "families": t("fewer than two publishers were observed"),
            "hole": t("no outlet was observed for over two weeks in a row"),
            "no_outlets": t("no outlet of this side is among the sources"),
            "near_miss": t("a text nearly matches and nobody has decided on it"),
            "dates_only": t("only dated events are expected to be reported, and none is known"),
            "unverified": t("no sign that it works since the book"),
            "ended": t("its term is over"), "language": t("no outlet of this side publishes in this language"),
            "suspended": t("suspended"), "terminated": t("terminated"), "completed": t("completed"),
            "never_realised": t("never realised"), "party_gone": t("a party no longer exists"),
        }  # fmt: skip
        return reasons.get(word, "")

    def seen(self, watched: Observed) -> str:
        """How well a panel was observed: "3 of 4 outlets, 75 % of outlet-days"."""
        return self.reader.t(
            "{seen} of {all} outlets, {share} of outlet-days",
            seen=len(watched.seen), all=len(watched.outlets), share=self.reader.percent(watched.share),
        )  # fmt: skip

    def outcome(self, word: str) -> str:
        t = self.reader.t
        return {
            "new": t("read"), "unchanged": t("read, nothing new"), "empty": t("empty"),
            "blocked": t("refuses access"), "gone": t("address is gone"), "timeout": t("does not answer"),
            "not_a_feed": t("serves something else than a feed"), "undecodable": t("unreadable letters"),
            "forbidden": t("its robots.txt forbids it"), "error": t("fails"), "not_tried": t("not tried"),
        }[word]  # fmt: skip

    def missing(self, reason: str) -> str:
        """Why a day was not observed, or was so in part."""
        return self.outcome(reason) if reason in set(Outcome) else self.reader.t("read in part")

    def week(self, side: str) -> Observed:
        """The panel of a side over the last seven full days."""
        last = self.snapshot.today - timedelta(days=1)
        return observed(self.snapshot, side, last - timedelta(days=6), last)

    def touching(self, region: str) -> list[Pair]:
        """Pairs of which a region is a side, and those of its country where it is the Belarusian one's."""
        return [pair for pair in self.pairs if region in pair or country_of(region) in pair]


def distinct(publications: Iterable[Publication]) -> list[Publication]:
    """One publication per story, the first of each."""
    seen: dict[int, Publication] = {}
    for publication in publications:
        seen.setdefault(publication.story, publication)
    return list(seen.values())
