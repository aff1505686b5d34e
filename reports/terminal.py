"""What the commands print for people."""

from rich.console import Console

from reports import refute
from reports.coverage import LineSide, Value
from reports.view import View

console = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)

_JUDGED = (Value.COVERED, Value.MENTIONED, Value.NONE_FOUND, Value.TO_CHECK)
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


def gaps(view: View, found: list[LineSide]) -> None:
    """One paragraph per gap: it must be readable in a narrow window and in a log."""
    if not found:
        judged = sum(one.value in _JUDGED for one in view.lines)
        blind = sum(one.value is Value.UNOBSERVED for one in view.lines)
        if judged:
            tell(f"\nNo gaps among the {judged} that could be judged; {blind} could not be.")
        else:
            tell("\nNothing can be claimed: nothing is known to work today, or its press was not observed.")
        return
    tell(f"\n{len(found)} {'gap' if len(found) == 1 else 'gaps'}:")
    for one in found:
        last = f"last text {one.silence} days ago" if one.last_report else "no text known"
        tell(f"\n  {view.name(one.side)}: {view.value(one)}")
        tell(f"    {view.reader.title(one.entry)} [{one.entry.id}]")
        if one.event:
            tell(f"    {one.event.day} {view.outlet_name(one.event)}: {one.event.title}")
        tell(f"    {last}; read {view.seen(one.observed)}")
        _refute(view, one)


def entry_side(view: View, one: LineSide) -> None:
    """One side of an entry with its latest texts."""
    tell(f"\n{view.name(one.side)} ({one.pair}): {' '.join(filter(None, (view.value(one), view.reason(one))))}")
    silence = "no text known" if one.silence is None else f"silence {one.silence} days"
    tell(f"  read: {view.seen(one.observed)}; interval {one.interval} days, {silence}")
    if one.value in refute.OPEN:
        _refute(view, one)
    if one.rests_on_one:
        tell("  rests on one text that nobody has confirmed yet")
    for p in one.publications[-5:]:
        how = "own" if p.own else "not compared" if p.own is None else f"after {p.origin or 'another source'}"
        tell(f"  {p.day} {view.outlet_name(p)}: {p.title} ({p.grade}, {how}) {p.url or ''}".rstrip())


def _refute(view: View, one: LineSide) -> None:
    """The nearest texts, each with the command that says that it does cover the entry."""
    for p in refute.nearest(view.snapshot, one):
        tell(
            f"    {'nearly' if p.grade == 'near' else 'mentions it'}: {p.day} {view.outlet_name(p)}: {p.title}"
        )
        tell(f"      it does cover it: {refute.decide_command(p)}")
    tell(f"    a text was missed: {refute.add_command(one)}")


class Percent:
    """Progress through a file, a line for every tenth of it."""

    def __init__(self, size: int) -> None:
        self._size, self._told = size, 0

    def __call__(self, done: int) -> None:
        tenths = done * 10 // self._size if self._size else 0
        if tenths > self._told:
            self._told = tenths
            say(f"  {tenths * 10} %")
