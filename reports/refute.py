"""How a gap is refuted: the texts that come nearest to covering it, and what to type to say that one does."""

from reports.coverage import LineSide, Value, speaks_for
from reports.snapshot import Publication, Snapshot

OPEN = (Value.NONE_FOUND, Value.TO_CHECK, Value.MENTIONED)
"""Values that another reading of a known text can change."""


def nearest(snapshot: Snapshot, one: LineSide, most: int = 3) -> list[Publication]:
    """Texts of the side that come nearest to covering a line, the newest first: undecided near misses of any
    age, then mentions. A person can decide that one of them does cover it.
    """
    line = snapshot.catalogue.lines[one.line]
    known = {p.article for p in one.publications}
    near = [p for member in line for p in snapshot.near_misses.get(member, ()) if p.article not in known]
    near = [p for p in near if speaks_for(snapshot, p, one.side)]
    mentions = [p for p in one.publications if p.grade == "mention"]
    return [*_newest(near), *_newest(mentions)][:most]


def decide_command(publication: Publication, verdict: str = "yes") -> str:
    """What to type to say that a text does cover its entry, or does not."""
    return f"mediagap articles decide {publication.article} {publication.entry} {verdict}"


def add_command(one: LineSide) -> str:
    """What to type to add a text that the crawlers missed; ADDRESS is the user's."""
    return f"mediagap articles add ADDRESS --entry {one.entry.id}"


def _newest(listed: list[Publication]) -> list[Publication]:
    return sorted(listed, key=lambda p: p.sort_key, reverse=True)
