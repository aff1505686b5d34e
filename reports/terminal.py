"""What the commands print for people."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from rich.console import Console
from sqlite_utils import Database

from crawlers.codes import Pair
from matcher.entries import Entry
from reports import audit_rates, brief, refute
from reports.choose import Status
from reports.coverage import Index, LineSide, Value
from reports.leads import Lead, grouped
from reports.measures import Table
from reports.retrospect import Past
from reports.rollups import Rollup
from reports.tally import Tally
from reports.view import View
from reports.weekly import BARS, NONE, UNKNOWN, sparkline, weekly

console = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)

_JUDGED = (Value.COVERED, Value.MENTIONED, Value.NONE_FOUND, Value.TO_CHECK)
YEAR = 52
"""Weeks of a sparkline."""
MOST_TEXTS = 5
MOST_LISTED = 12
"""Outlets named one by one."""


def say(line: str) -> None:
    """Progress and remarks: to standard error, so that what is printed as data stays clean."""
    errors.print(line, markup=False)


def tell(line: str = "") -> None:
    console.print(line, markup=False)


def summary(view: View) -> None:
    """Which outlets could be read, then the gaps, then how much cannot be judged."""
    read = [s for s in view.sources if s.read]
    tell(f"\n{len(read)} of {len(view.sources)} outlets could be read.")
    failed = [s for s in view.sources if not s.read]
    if failed:
        tell("Nothing is claimed about:")
    for s in failed[:MOST_LISTED]:
        tell(f"  {s.outlet.title}: {view.outcome(s.outcomes[0])}")
    if len(failed) > MOST_LISTED:
        tell(f"  and {len(failed) - MOST_LISTED} more, listed in the report's page of sources")
    if view.unobservable:
        tell(f"{len(view.unobservable)} more outlets are known and not fetched.")
    gaps(view, view.gaps)
    blind = sum(one.value is Value.UNOBSERVED for one in view.lines)
    if blind:
        tell(f"\n{blind} more cannot be judged: their press was not observed well enough.")


def gaps(view: View, found: list[LineSide], status: Status = Status.GAP) -> None:
    """One paragraph per side: it must be readable in a narrow window and in a log."""
    judged = sum(one.value in _JUDGED for one in view.lines)
    blind = sum(one.value is Value.UNOBSERVED for one in view.lines)
    if not found:
        if status is not Status.GAP:
            tell(f"\nNone with the state {status}.")
        elif judged:
            tell(f"\nNo gaps among the {judged} that could be judged; {blind} could not be.")
        else:
            tell("\nNothing can be claimed: nothing is known to work today, or its press was not observed.")
        return
    what = "gap" if status in (Status.GAP, Status.EVENT, Status.QUIET) else "side"
    # a console takes as long over a line as over a hundred at once
    tell("\n".join([f"\n{len(found)} {what}{'' if len(found) == 1 else 's'}:", *_gaps(view, found)]))


def _gaps(view: View, found: Iterable[LineSide]) -> Iterator[str]:
    for one in found:
        last = f"last text {one.silence} days ago" if one.last_report else "no text known"
        yield f"\n  {view.name(one.side)}: {view.value(one)}"
        yield f"    {view.reader.title(one.entry)} [{one.entry.id}]"
        if one.event:
            yield f"    {one.event.day} {view.outlet_name(one.event)}: {one.event.title}"
        yield f"    {last}; read {view.seen(one.observed)}"
        yield from _refute(view, one)


def leads(view: View, found: Sequence[Lead]) -> None:
    """The leads of each side of a line together; the brief is a command away."""
    if not found:
        tell("No leads.")
        return
    for listed in grouped(found):
        one = listed[0].side
        tell(f"\n{view.name(one.side)}: {view.reader.title(one.entry)} [{one.line}]")
        for lead in listed:
            tell(f"  {brief.why(view, lead)}")
    tell("\nA brief of one: mediagap check ID --brief")


def pairs(view: View, found: Mapping[Pair, Rollup]) -> None:
    """A paragraph per pair: both sides, with bounds where there are ten lines and the trend of the cohort."""
    if not found:
        tell("Nothing is known to work today, so nothing is expected of any pair.")
    for pair, one in found.items():
        tell(f"\n{view.pair_name(pair)} [{pair}]")
        for side, counted in ((pair.belarus, one.belarus), (pair.partner, one.partner)):
            tell(f"  {view.name(side)}: {count(view, counted)}")
            trend = view.trends.get((pair, side))
            if trend and trend.change is not None:
                series = ", ".join(f"{at.covered} on {view.day(day)}" for day, at in trend.points)
                tell(f"    of {len(trend.lines)} lines and {len(trend.outlets)} outlets all the time: {series}")
        tell(
            f"  reported anywhere {one.anywhere}, on both sides {one.both}, by own work on both {one.both_own} of {one.expected}"
        )


def count(view: View, of: Index) -> str:
    """An index in words: own work first, bounds only where there are ten lines."""
    if not of.expected:
        return "nothing expected"
    told = f"own work on {of.covered_own}, any text on {of.covered} of {of.expected}"
    if of.bounds:
        low, high = (view.reader.percent(one) for one in of.bounds)
        told += f", between {low} and {high}"
    if of.none_found:
        told += f"; none found {of.none_found}"
    if of.unobserved:
        told += f"; not observed {of.unobserved}"
    if of.rests_on_one:
        told += f"; resting on one unconfirmed match: {of.rests_on_one} of {of.covered}"
    return told


def entry(view: View, of: Entry, sides: Sequence[LineSide], since: date | None) -> None:
    """One entry on a page: both sides, what its dates are, and the commands that lead on."""
    tell(f"{view.reader.title(of)} [{of.id}]")
    tell(brief.what_it_is(view, sides[0]))
    for lead in (one for one in view.leads if one.side.line == sides[0].line and one.text is None):
        tell(brief.reason(view, lead))
    for one in sides:
        entry_side(view, one, since)
    if sides:
        tell(
            f"\nEach letter is a week: {BARS[0]}-{BARS[-1]} texts, {NONE} observed and none, {UNKNOWN} not observed."
        )


def entry_side(view: View, one: LineSide, since: date | None) -> None:
    """One side of an entry with its latest texts; `since`: of that day and later only."""
    tell(f"\n{view.name(one.side)} ({one.pair}): {' '.join(filter(None, (view.value(one), view.reason(one))))}")
    silence = "no text known" if one.silence is None else f"silence {one.silence} days"
    tell(f"  read: {view.seen(one.observed)}; interval {one.interval} days, {silence}")
    if one.value in refute.OPEN:
        tell("\n".join(_refute(view, one)))
    today = view.snapshot.today
    weeks = -(-max((today - since).days, 7) // 7) if since else YEAR
    weeks = max(4, min(weeks, YEAR, console.width - 4))
    line = sparkline(weekly(view.snapshot, one, weeks))
    tell(f"  {line}")
    tell(f"  {view.day(today - timedelta(weeks=weeks))} to {view.day(today - timedelta(days=1))}")
    of = one.tally
    if of.articles:
        tell(
            f"  texts {of.articles}, outlets {of.outlets}, publishers {of.families}; different texts {of.distinct}"
        )
        tell(f"  own work {of.own}, after others {of.reprints}{_origins(of)}")
    if one.rests_on_one:
        tell("  rests on one match that nobody has confirmed yet")
    shown = [p for p in one.publications if since is None or p.day >= since]
    for p in shown[-MOST_TEXTS:]:
        how = "own" if p.own else "not compared" if p.own is None else f"after {p.origin or 'another source'}"
        tell(f"  {p.day} {view.outlet_name(p)}: {p.title} ({p.grade}, {how}) {p.url or ''}".rstrip())
    if len(shown) > MOST_TEXTS:
        tell(f"  and {len(shown) - MOST_TEXTS} earlier ones")
    for p in one.near_misses[-2:]:
        tell(f"  to check: {p.day} {view.outlet_name(p)}: {p.title} {p.url or ''}".rstrip())


def measures(view: View, found: Sequence[Table]) -> None:
    """Each measure of each plan with what a side published on it; months without anything are not told."""
    for table in found:
        first, last = f"{table.months[0]:%Y-%m}", f"{table.months[-1]:%Y-%m}"
        tell(f"\n{view.name(table.plan.side)}: {view.reader.title(table.plan.entry)} [{table.plan.entry.id}]")
        for row in table.rows:
            tell(
                f"  {view.reader.title(row.measure)} [{row.measure.id}]: {sum(cell.number for cell in row.cells)}"
            )
            for month, cell in zip(table.months, row.cells, strict=True):
                for p in cell.texts:
                    tell(f"    {month:%Y-%m}  {p.day} {view.outlet_name(p)}: {p.title} {p.url or ''}".rstrip())
                for said in cell.written:
                    tell(f"    {month:%Y-%m}  {said.author} says it is written: {said.note}".rstrip(" :"))
        blind = [f"{month:%Y-%m}" for month, seen in zip(table.months, table.observed, strict=True) if not seen]
        tell(f"  from {first} to {last}{'; not observed well enough: ' if blind else ''}{', '.join(blind)}")
    if not found:
        tell("No plan of measures is known to work today, and nothing was published on one.")


def _origins(of: Tally) -> str:
    told = ", ".join(f"{name or 'another source'} {n}" for name, n in of.origins)
    return f" ({told})" if told else ""


def archive(view: View, past: list[Past]) -> None:
    """What was printed on each entry of the archive, by side; the others are counted."""
    told = [one for one in past if one.printed]
    for one in told:
        since = f" since {one.life.since}" if one.life.since else ""
        tell(f"\n{view.reader.title(one.entry)} [{one.entry.id}]: {one.life.state.value}{since}")
        for side, texts in one.texts.items():
            tell(f"  {view.name(side)}: {len(texts) or 'no'} {'text' if len(texts) == 1 else 'texts'} found")
            for p in texts:
                tell(f"    {p.day} {view.outlet_name(p)}: {p.title} {p.url or ''}".rstrip())
    tell(f"\n{len(told)} of {len(past)} entries of the archive have texts in what was read.")


def _refute(view: View, one: LineSide) -> Iterator[str]:
    """The nearest texts, each with the command that says that it does cover the entry."""
    for p in refute.nearest(view.snapshot, one):
        yield f"    {'nearly' if p.grade == 'near' else 'mentions it'}: {p.day} {view.outlet_name(p)}: {p.title}"
        yield f"      it does cover it: {refute.decide_command(p)}"
    yield f"    a text was missed: {refute.add_command(one)}"


def rates(db: Database) -> None:
    """How often people who checked found the tool wrong."""
    found = audit_rates.rates(db)
    for one in found:
        tell(one.line)
    if not found:
        tell("No sample of the tool's claims has been checked by hand yet: `mediagap audit draw`.")


class Percent:
    """Progress through a file, a line for every tenth of it."""

    def __init__(self, size: int) -> None:
        self._size, self._told = size, 0

    def __call__(self, done: int) -> None:
        tenths = done * 10 // self._size if self._size else 0
        if tenths > self._told:
            self._told = tenths
            say(f"  {tenths * 10} %")
