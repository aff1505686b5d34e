"""`mediagap sources check`: a live look at sources, and what to correct in their files."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Annotated

import typer
from sqlite_utils import Database

from crawlers import moves, registry, store
from crawlers.choice import to_fetch
from crawlers.errors import NothingObserved
from crawlers.migrations import migrations
from crawlers.probe import Finding, Proposal, Target, probe, target
from crawlers.run import CrawlSettings
from reports import config
from reports.commands import options
from reports.commands.options import ConfigOption, JsonOption
from reports.terminal import say, tell

PortOption = Annotated[
    list[int] | None,
    typer.Option(
        "--allow-port", help="Also ask this port of this machine, to try a site out before it is public."
    ),
]


def check(
    outlets: Annotated[list[str] | None, typer.Argument(help="Ids of outlets; all by default.")] = None,
    ports: PortOption = None, config_file: ConfigOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Look at sources live and propose corrections. Example: mediagap sources check by-gp by-vitvesti"""
    settings = config.load(config_file)
    listed = registry.load(settings.sources)
    chosen = [listed[n] for n in to_fetch(listed, outlets or (), settings.profile, datetime.now(UTC).date())]
    targets = [target(outlet, source) for outlet in chosen for source in (outlet.sources or (None,))]
    moved = _moved(settings, targets)
    found = look(settings, targets, ports, None if as_json else lambda one: tell(_line(_with(one, moved))))
    if as_json:
        options.print_json([asdict(_with(one, moved)) for one in found])
    if not any(one.reached for one in found):
        raise NothingObserved(f"none of {len(found)} sources could be reached; is there a network?")


def look(
    settings: config.Settings,
    targets: Sequence[Target],
    ports: Sequence[int] | None,
    tell_each: Callable[[Finding], object] | None = None,
) -> list[Finding]:
    """Findings of targets, each told when it is there; those left out are told at the end."""
    one = settings.crawl
    manners = CrawlSettings(
        settings.db, contact=one.contact, timeout=one.timeout, delay=one.delay, retries=one.retries,
        loopback_ports=tuple(ports or ()),
    )  # fmt: skip
    say(f"Looking at {len(targets)} sources")
    told: set[str] = set()

    def on_finding(finding: Finding) -> None:
        told.add(finding.id)
        if tell_each:
            tell_each(finding)
        elif len(told) % 25 == 0:
            say(f"  {len(told)} of {len(targets)}")

    found = probe(manners, targets, on_finding)
    for finding in found:
        if finding.id not in told and tell_each:
            tell_each(finding)
    return found


def _moved(settings: config.Settings, targets: Sequence[Target]) -> dict[str, Proposal]:
    """Where crawls were led from the addresses of targets, by target; nothing where none has crawled yet."""
    if not settings.db.is_file():
        return {}
    with closing(store.open_database(settings.db, [migrations], "read").conn) as connection:
        known = {(one.source, one.old): one for one in moves.proposals(Database(connection))}
    found = {}
    for one in targets:
        if move := known.get((one.id, one.url)):
            days = f"{move.first_seen:%Y-%m-%d} to {move.last_seen:%Y-%m-%d}"
            found[one.id] = Proposal(one.kind, move.new, None, f"crawls were led there for good, {days}")
    return found


def _with(one: Finding, moved: Mapping[str, Proposal]) -> Finding:
    """A finding with what crawls remember, unless it says so itself or the source answers at its own address."""
    more = moved.get(one.id)
    at_home = one.entries is not None and one.final_url == one.url
    if more is None or at_home or any(more.url == p.url for p in one.proposals):
        return one
    return replace(one, proposals=[*one.proposals, more])


def _line(one: Finding) -> str:
    if not one.reached:
        return f"{one.id}: not reached ({one.message})" + _proposed(one)
    moved = f", redirected to {one.final_url}" if one.final_url not in ("", one.url) and not one.message else ""
    seen = f"{one.entries} entries, newest {one.newest or 'undated'}{moved}" if one.entries is not None else ""
    outcome = "read" if one.outcome == "new" and seen else one.outcome
    return (
        f"{one.id}: {outcome} ({one.message or seen or 'its page answers; no source is written yet'})"
        + _proposed(one)
    )


def _proposed(one: Finding) -> str:
    return "".join(f"\n  propose {p.kind} {p.url} ({_counted(p)}{p.reason})" for p in one.proposals)


def _counted(one: Proposal) -> str:
    return "" if one.entries is None else f"{one.entries} entries; "
