"""The first lines of a letter: how many outlets were read in the week, and of whom nothing is claimed."""

from collections.abc import Sequence
from datetime import date, timedelta

from crawlers.outlet_days import DayState
from reports.coverage import LineSide
from reports.observed import ENOUGH
from reports.view import Source, View
from reports.weeks import Week


def press_of(view: View, places: set[str]) -> list[Source]:
    """Press outlets of regions or countries."""
    return [s for s in view.sources if s.outlet.place in places and s.outlet.is_press]


def seen_line(view: View, ours: Sequence[LineSide], week: Week, most: int, quiet: bool) -> str:
    """How many outlets were read well enough in the week, then those that were not, by name."""
    t = view.reader.t
    sources = press_of(view, {side for one in ours for side in one.pair})
    # failing today is told although the week was read: nothing is known of today
    failing = [s for s in sources if not s.read]
    failing += [s for s in sources if s.read and view.observed_days(s.outlet.id, week) < 7 * ENOUGH]
    seen = len(sources) - len(failing)
    if not seen:
        told = t("None of {all} outlets was read well enough this week: nothing is claimed.", all=len(sources))
    elif quiet:
        told = t("Nothing new for the plan; {seen} of {all} outlets were read.", seen=seen, all=len(sources))
    else:
        told = t("{seen} of {all} outlets were read.", seen=seen, all=len(sources))
    if not failing:
        return told
    listed = "; ".join(_failing(view, s, week) for s in failing[:most])
    rest = t(" and {more} more", more=len(failing) - most) if len(failing) > most else ""
    return told + " " + t("Not read: {listed}{more}. Nothing is claimed about them.", listed=listed, more=rest)


def _failing(view: View, source: Source, week: Week) -> str:
    r = view.reader
    name = f"{view.title(source.outlet)} ({view.name(source.outlet.place)})"
    if source.read:
        days = view.observed_days(source.outlet.id, week)
        return r.t("{outlet}: {days} of 7 days", outlet=name, days=days)
    since = _failing_since(view, source)
    why = view.outcome(source.outcomes[0])
    if since is None:
        return f"{name}: {why}"
    return r.t("{outlet}: {why}, since {day}", outlet=name, why=why, day=view.day(since))


def _failing_since(view: View, source: Source) -> date | None:
    """The day after the last one that was observed; None: none ever was."""
    days = view.snapshot.days.get(source.outlet.id, {})
    last = max((day for day, judged in days.items() if judged.state is DayState.OBSERVED), default=None)
    return last + timedelta(days=1) if last else None
