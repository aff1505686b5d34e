"""Outlets that a reader must not be led to: named in no page, letter, subject or export for that reader."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from crawlers import text, urls
from crawlers.registry import Outlet
from reports.snapshot import Publication, Snapshot


class Withheld:
    """What a profile may not be shown: the outlets withheld from it, and whatever names them."""

    def __init__(self, outlets: Mapping[str, Outlet], profile: str, today: date) -> None:
        self.outlets = frozenset(name for name, one in outlets.items() if one.withheld(profile, today))
        self._hosts = frozenset(host for name in self.outlets for host in outlets[name].own_hosts)
        self._names = {text.fold(one) for n in self.outlets for one in (n, outlets[n].title)} | self._hosts

    def may_show(self, outlet: str | None, url: str | None) -> bool:
        # imported before the outlet had a source file: its address still says whose it is
        return outlet not in self.outlets and not (url and urls.host_of(url) in self._hosts)

    def origin(self, name: str | None) -> str | None:
        """The origin of a reprint where it may be named: else who reprints an outlet would name it."""
        if name is None:
            return None
        folded = text.fold(name)
        return None if any(one in folded for one in self._names) else name


def for_reader(snapshot: Snapshot, profile: str) -> tuple[Snapshot, int]:
    """The snapshot without the outlets withheld from a profile, and how many these are.

    They are left out before anything is counted, so that no figure for this reader rests on what the
    reader may not see.
    """
    withheld = Withheld(snapshot.outlets, profile, snapshot.today)
    hidden = withheld.outlets
    if not hidden:
        return snapshot, 0

    named = cache(withheld.origin)  # the same few repeat each other

    def shown(publication: Publication) -> Publication:
        origin = named(publication.origin)
        # of nearly all of them the origin stands: a copy of each would take longer than to read them
        return publication if origin == publication.origin else replace(publication, origin=origin)

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
