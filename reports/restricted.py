"""Outlets that a reader must not be led to: named in no page, letter, subject or export for that reader."""

from collections.abc import Mapping
from dataclasses import replace

from crawlers.registry import Outlet
from reports.snapshot import Publication, Snapshot

STRICTEST = "strictest"


def is_withheld(outlet: Outlet, profile: str, today: str) -> bool:
    """Whether a restriction holds for a profile: of its jurisdiction, or of any for the strictest."""
    return any(
        (profile == STRICTEST or one.jurisdiction == profile) and (one.until is None or one.until >= today)
        for one in outlet.restrictions
    )


def for_reader(snapshot: Snapshot, profile: str) -> tuple[Snapshot, int]:
    """The snapshot without the outlets withheld from a profile, and how many these are.

    They are left out before anything is counted, so that no figure for this reader rests on what the
    reader may not see.
    """
    today = snapshot.today.isoformat()
    hidden = {name for name, outlet in snapshot.outlets.items() if is_withheld(outlet, profile, today)}
    if not hidden:
        return snapshot, 0

    def kept(found: Mapping[str, tuple[Publication, ...]]) -> dict[str, tuple[Publication, ...]]:
        listed = {key: tuple(p for p in all_ if p.outlet not in hidden) for key, all_ in found.items()}
        return {key: all_ for key, all_ in listed.items() if all_}

    return replace(
        snapshot,
        outlets={name: outlet for name, outlet in snapshot.outlets.items() if name not in hidden},
        publications=kept(snapshot.publications),
        near_misses=kept(snapshot.near_misses),
        attempts={k: a for k, a in snapshot.attempts.items() if a.outlet not in hidden},
    ), len(hidden)
