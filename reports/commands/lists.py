"""Commands that list: gaps, leads, pairs."""

from typing import Annotated

import typer

from crawlers import codes
from crawlers.codes import Pair
from crawlers.errors import DataError
from matcher import lookup
from reports import beside, brief, choose, gap_table, look, plain, terminal
from reports.choose import Choice, Sort, Status
from reports.commands import options
from reports.commands.options import ConfigOption, DbOption, JsonOption, LanguageOption, NowOption
from reports.coverage import Only, coverage
from reports.measures import PLANS, tables
from reports.rollups import by_pair

PairOption = Annotated[str | None, typer.Option(help="Only this pair, such as BY-MA:RU-KOS.")]
RegionOption = Annotated[str | None, typer.Option(help="Only this region or country, such as BY-MA or KZ.")]


def gaps(
    pair: PairOption = None, region: RegionOption = None,
    sector: Annotated[str | None, typer.Option(help="Only this sector, such as machinery.")] = None,
    status: Annotated[Status, typer.Option(help="Gaps, one kind of them, or what is no gap for another reason.")] = Status.GAP,
    min_observed: Annotated[float, typer.Option(help="Only where at least so many percent of the outlet-days were observed.", min=0, max=100)] = 0,
    sort: Annotated[Sort, typer.Option(help="What comes first.")] = Sort.SILENCE,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    fail_on: Annotated[str | None, typer.Option(help="`gap`: exit with 1 if there is one.")] = None,
    language: LanguageOption = None,
    config_file: ConfigOption = None, db: DbOption = None, now: NowOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """List what nothing was found on. Example: mediagap gaps --pair BY-MA:RU-KOS"""
    options.fail_on(fail_on)
    settings, moment = options.settings(config_file, db), options.moment(now)
    choice = Choice(_pair(pair), _region(region), sector, status, min_observed / 100)
    database = look.open_for(settings, write=False)
    view = look.view(settings, database, moment, language, pages=False)
    sectors = {one for entry in view.snapshot.catalogue.entries.values() for one in entry.sector}
    if sector is not None and sector not in sectors:
        raise DataError("--sector", "", sector, " ".join(sorted(sectors)))
    found = choose.chosen(view, choice, sort)
    if as_json:
        options.print_json([plain.gap(view, one) for one in found])
    elif as_csv:
        options.print_text(gap_table.as_csv(view, found).decode("utf-8-sig"))
    else:
        terminal.gaps(view, found, status)
        terminal.rates(database)
    if fail_on and found:
        raise typer.Exit(1)


def leads(
    pair: PairOption = None, region: RegionOption = None,
    language: LanguageOption = None,
    config_file: ConfigOption = None, db: DbOption = None, now: NowOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """List reasons to write now, the most pressing first. Example: mediagap leads --region BY-MA"""
    settings, moment = options.settings(config_file, db), options.moment(now)
    wanted = _pair(pair), _region(region)
    view = look.view(settings, look.open_for(settings, write=False), moment, language, pages=False)
    found = choose.leads_of(view.leads, *wanted)
    if as_json:
        options.print_json([plain.lead(view, one, brief.why(view, one)) for one in found])
    else:
        terminal.leads(view, found)


def measures(
    plan: Annotated[str | None, typer.Argument(help="Id or any name of a plan or programme; all without it.")] = None,
    side: Annotated[str | None, typer.Option(help="Only what this side published, such as BY-MA.")] = None,
    language: LanguageOption = None,
    config_file: ConfigOption = None, db: DbOption = None, now: NowOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Show each measure of a plan and what a side published on it, by month. Example: mediagap measures 'план Орёл' --side BY-MA"""
    settings, moment = options.settings(config_file, db), options.moment(now)
    known, line = look.known(settings), None
    if plan is not None:
        entry = lookup.one(known, plan, "measures")
        if entry.kind not in PLANS:
            raise DataError(
                "measures", "entry", entry.id, f"a {' or '.join(PLANS)}; {entry.id} is: {entry.kind}"
            )
        line = next(line for line, members in known.lines.items() if entry.id in members)
    database, whose = look.open_for(settings, write=False), _region(side)
    view = look.view(settings, database, moment, language, catalogue=known, pages=False)
    view.beside = beside.read(database, view.snapshot.now, view.hidden)
    found = [one for one in tables(view, line) if whose in (None, one.plan.side)]
    if as_json:
        options.print_json([plain.measures(one) for one in found])
    else:
        terminal.measures(view, found)


def pairs(
    control: Annotated[str | None, typer.Option(help="Only the outlets of one kind of founder: state private public exile unknown.")] = None,
    language: LanguageOption = None,
    config_file: ConfigOption = None, db: DbOption = None, now: NowOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """List pairs with what each side reported of what works today. Example: mediagap pairs"""
    known = ("state", "private", "public", "exile", "unknown")
    if control not in (None, *known):
        raise DataError("--control", "", control, " ".join(known))
    settings, moment = options.settings(config_file, db), options.moment(now)
    database = look.open_for(settings, write=False)
    view = look.view(settings, database, moment, language, pages=False)
    lines = coverage(view.snapshot, Only(control=control)) if control else view.lines
    found = {pair: one for pair, one in by_pair(lines).items() if one.expected}
    if as_json:
        options.print_json([plain.rollup(one, view.trends, pair) for pair, one in found.items()])
    else:
        terminal.pairs(view, found)
        terminal.rates(database)


def _pair(text: str | None) -> Pair | None:
    return codes.pair(text, "--pair", "") if text else None


def _region(text: str | None) -> str | None:
    return codes.region(text, "--region", "") if text else None
