"""`mediagap sources`: the outlets, which of them can be observed, and how their sources do."""

from contextlib import closing
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from crawlers import codes, ledger, retired
from crawlers.errors import DataError
from crawlers.registry import Outlet
from reports import config, gather, work
from reports.commands import options, sources_check, sources_edit, sources_retire
from reports.commands.options import ConfigOption, DbOption, JsonOption, NowOption
from reports.health import DAYS, SourceHealth, Word, health
from reports.observed import known
from reports.terminal import tell

app = typer.Typer(no_args_is_help=True, help="The outlets, which can be observed, and how their sources do.")
app.command("check")(sources_check.check)
sources_edit.add_to(app)
sources_retire.add_to(app)


@app.command("list")
def list_(
    country: Annotated[str | None, typer.Option(help="Only this country, such as RU.")] = None,
    region: Annotated[str | None, typer.Option(help="Only this region, such as RU-KOS.")] = None,
    type_: Annotated[str | None, typer.Option("--type", help="Only press, agency, broadcaster, blog, official or corporate.")] = None,
    kind: Annotated[str | None, typer.Option(help="Only with a source that is a feed, sitemap, wordpress or listing; `none`: without one.")] = None,
    config_file: ConfigOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """List the outlets. Example: mediagap sources list --region RU-KOS --kind feed"""
    for option, value, allowed in (
        ("--type", type_, ("press", "agency", "broadcaster", "blog", "official", "corporate")),
        ("--kind", kind, ("feed", "sitemap", "wordpress", "listing", "none")),
    ):
        if value is not None and value not in allowed:
            raise DataError(option, "", value, ", ".join(allowed))
    nation = codes.region(country, "--country", "") if country else None
    area = codes.region(region, "--region", "") if region else None
    found = [
        o for o in options.visible(config.load(config_file)).values()
        if nation in (None, o.country) and area in (None, o.region) and type_ in (None, o.type)
        and (kind is None or kind in _kinds(o))
    ]  # fmt: skip
    if as_json:
        options.print_json([o.model_dump(mode="json") for o in found])
        return
    for o in found:
        tell(f"{o.id}  {o.place}  {o.level}  {o.type}  {'+'.join(_kinds(o))}  {o.title}")
    observable = sum(o.observable for o in found)
    tell(f"{len(found)} outlets, {observable} of them with a source by which they can be observed")


def _kinds(outlet: Outlet) -> list[str]:
    return sorted({source.kind for source in outlet.sources}) or ["none"]


@app.command()
def show(
    outlet: Annotated[str, typer.Argument(help="Id of an outlet.")],
    config_file: ConfigOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Show all that is known of an outlet. Example: mediagap sources show by-gp"""
    found = options.visible(config.load(config_file)).get(outlet)
    if found is None:
        raise DataError(
            "outlet", "", outlet, "the id of an outlet that may be shown here", "see `mediagap sources list`"
        )
    data = found.model_dump(mode="json")
    if as_json:
        options.print_json(data)
        return
    for key, value in data.items():
        if key != "sources" and value not in (None, [], ""):
            tell(f"{key}: {', '.join(map(str, value)) if isinstance(value, list) else value}")
    for source in found.sources:
        tell(f"source {found.source_id(source)}: {source.url}{'' if source.primary else ' (a rubric)'}")
    if not found.sources:
        tell("sources: none; known, not observable")


@app.command()
def stats(config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False) -> None:
    """Count the observable outlets of each side of each pair. Example: mediagap sources stats"""
    settings = options.settings(config_file, db)
    outlets = _without_retired(settings, options.visible(settings))
    watched = work.known(settings).pairs()
    sides = sorted({side for pair in watched for side in pair})
    counts = {side: _side(outlets, side) for side in sides}
    pairs = [{"pair": str(pair), "sides": {side: counts[side] for side in pair}} for pair in watched]
    blind = [side for side in sides if not counts[side]["observable"]]
    if as_json:
        options.print_json({"pairs": pairs, "not_observable": blind})
        return
    for pair in pairs:
        tell(
            f"{pair['pair']}  " + ";  ".join(f"{s} {_counted(counts[s])}" for s in str(pair["pair"]).split(":"))
        )
    tell(f"Sides of which no outlet can be observed: {', '.join(blind) or 'none'}")
    single = [side for side in sides if counts[side]["families"] == 1]
    tell(f"Sides with one publisher only, so that no silence can be claimed: {', '.join(single) or 'none'}")


def _without_retired(settings: config.Settings, outlets: dict[str, Outlet]) -> dict[str, Outlet]:
    """The outlets without the sources that are no longer asked; all of them where nothing was decided yet."""
    if not settings.db.is_file():
        return outlets
    with closing((database := work.open_for(settings, write=False)).conn):
        left_out = retired.sources_retired(database, outlets.values())
    return {
        name: one.model_copy(
            update={"sources": tuple(s for s in one.sources if one.source_id(s) not in left_out)}
        )
        for name, one in outlets.items()
    }


def _side(outlets: dict[str, Outlet], side: str) -> dict[str, int]:
    press = known(outlets, side)
    seen = [outlet for outlet in press if outlet.observable and not outlet.on_request]
    return {"known": len(press), "observable": len(seen), "families": len({o.family for o in seen})}


def _counted(counts: dict[str, int]) -> str:
    return (
        f"{counts['observable']} of {counts['known']} known outlets observable, {counts['families']} publishers"
    )


@app.command("health")
def health_(
    everything: Annotated[bool, typer.Option("--all", help="Those without a fault and those never tried too.")] = False,
    config_file: ConfigOption = None, db: DbOption = None, now: NowOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Show which sources fail, are quiet or lost items. Example: mediagap sources health --all"""
    settings, moment = options.settings(config_file, db), options.moment(now) or datetime.now(UTC)
    database, outlets = work.open_for(settings, write=False), options.visible(settings)
    attempts = ledger.attempts(database, moment)
    days = gather.judged_days(database, outlets, {one.source: one for one in attempts}, moment)
    left_out = retired.sources_retired(database, outlets.values())
    found = health(outlets, attempts, days, gather.newest_of_sources(database, moment), moment, left_out)
    if as_json:
        options.print_json([_plain(one) for one in found])
        return
    for one in found:
        if one.ails or one.retired or everything:
            tell(_line(one))
    counts = {word: sum(one.state is word for one in found) for word in Word}
    told = ", ".join(f"{count} {'failing' if word is Word.FAILS else word}" for word, count in counts.items())
    tell(f"{told}, of {len(found)} sources")
    places = sorted({one.observed_from or "" for one in found if one.last_read})
    if places:
        tell(
            f"Read from: {', '.join(place or 'a country that [crawl] country did not state' for place in places)}"
        )
    unknown = sum(one.quiet is None and one.state is Word.READ for one in found)
    if unknown:
        tell(
            f"Whether {unknown} of those read are quieter than expected is unknown: nothing is expected of them yet"
        )


def _line(one: SourceHealth) -> str:
    parts = [one.state.value]
    if one.retired:
        return f"{one.source}: {one.retired.message} ({one.retired.by})"
    if one.failing_since:
        since = f"since {one.failing_since:%Y-%m-%d} ({one.outcome}: {one.message})"
        read = f"fails {since}, last read {one.last_read:%Y-%m-%d}" if one.last_read else ""
        parts = [read or f"never read, tried {since}"]
    if one.state is Word.READ:
        told = {True: "quieter than expected", False: "as lively as expected", None: "liveliness unknown"}[
            one.quiet
        ]
        parts.append(f"{told} ({'?' if one.entries is None else one.entries} entries)")
    if one.state is not Word.NOT_TRIED:
        seen = f"{one.observed} observed, {one.lost} lost, {one.missing} not observed"
        parts.append(f"of the last {DAYS} days {seen}")
    return f"{one.source}: " + "; ".join(parts)


def _plain(one: SourceHealth) -> dict[str, Any]:
    moments = {name: getattr(one, name) for name in ("last_read", "failing_since", "newest")}
    return {
        "source": one.source, "outlet": one.outlet.id, "state": one.state, "outcome": one.outcome,
        "message": one.message, "entries": one.entries, "expected_entries": one.expected, "quiet": one.quiet,
        "too_old": one.too_old, "days": DAYS, "days_observed": one.observed, "days_lost": one.lost,
        "days_not_observed": one.missing, "observed_from": one.observed_from, "retired": sources_retire.plain(one.retired) if one.retired else None,
        **{name: at.isoformat() if at else None for name, at in moments.items()},
    }  # fmt: skip
