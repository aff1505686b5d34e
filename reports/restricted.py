"""Outlets that a reader must not be led to: named in no page, letter, subject or export for that reader."""

from collections.abc import Mapping
from dataclasses import replace

from crawlers import text
from reports.snapshot import Publication, Snapshot


def for_reader(snapshot: Snapshot, profile: str) -> tuple[Snapshot, int]:
    """The snapshot without the outlets withheld from a profile, and how many these are.

    They are left out before anything is counted, so that no figure for this reader rests on what the
    reader may not see.
    """
    hidden = {name for name, outlet in snapshot.outlets.items() if outlet.withheld(profile, snapshot.today)}
    if not hidden:
        return snapshot, 0

    names = {text.fold(name) for key in hidden for name in (key, snapshot.outlets[key].title)}
    names |= {host for key in hidden for host in snapshot.outlets[key].own_hosts}

    def shown(one: Publication) -> Publication:
        # a reprint names its origin: without this a withheld outlet would be named by who reprints it
        origin = text.fold(one.origin or "")
        return replace(one, origin=None) if any(name in origin for name in names) else one

    def kept(found: Mapping[str, tuple[Publication, ...]]) -> dict[str, tuple[Publication, ...]]:
        listed = {key: tuple(shown(p) for p in all_ if p.outlet not in hidden) for key, all_ in found.items()}
        return {key: all_ for key, all_ in listed.items() if all_}

    return replace(
        snapshot,
        outlets={name: outlet for name, outlet in snapshot.outlets.items() if name not in hidden},
        publications=kept(snapshot.publications),
        near_misses=kept(snapshot.near_misses),
        attempts={k: a for k, a in snapshot.attempts.items() if a.outlet not in hidden},
    ), len(hidden)
