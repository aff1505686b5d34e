"""`mediagap lead`: saying who works on a reason to write, and seeing who does."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from crawlers import codes
from crawlers.errors import DataError
from matcher import lookup
from reports import lead_work, work
from reports.commands import options
from reports.commands.options import ByOption, ConfigOption, DbOption, JsonOption
from reports.lead_work import State, Work
from reports.terminal import tell

app = typer.Typer(no_args_is_help=True, help="Say and see who works on a reason to write.")


@app.command("set")
def set_(
    entry: Annotated[str, typer.Argument(help="Id or any name of the agreement or project.")],
    kind: Annotated[str, typer.Argument(help="Kind of lead, such as partner, term or anniversary.")],
    side: Annotated[str, typer.Argument(help="Whose it is, such as BY-HO.")],
    state: Annotated[Work, typer.Argument(help="What is said of it.")],
    until: Annotated[str | None, typer.Option(help="Last day, of taken and put_off.")] = None,
    note: Annotated[str, typer.Option(help="Why; of written: the link or citation.")] = "",
    by: ByOption = "",
    config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Take a lead, put it off, decline it or say that it is written. Example: mediagap lead set 'Кострома Бобруйск' term BY-MA taken --until 2026-12-01"""
    settings = options.settings(config_file, db)
    known = work.known(settings)
    meant = lookup.one(known, entry, "lead set")
    whose = codes.region(side, "lead set", "side")
    sides = sorted({code for pair in meant.pairs for code in pair})
    if whose not in sides:
        raise DataError("lead set", "side", side, " ".join(sides))
    last = options.moment(until, "--until")
    said = lead_work.say(
        work.open_for(settings), known.entries, meant.id, kind, whose, state, by or options.user(),
        datetime.now(UTC), last.date() if last else None, note,
    )  # fmt: skip
    _print([said], as_json)


@app.command("list")
def list_(config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False) -> None:
    """List the leads that somebody has said something of. Example: mediagap lead list"""
    settings = options.settings(config_file, db)
    said = lead_work.states(work.open_for(settings, write=False), datetime.now(UTC)).values()
    _print([one for one in said if one.work is not Work.OPEN], as_json)


def _print(listed: list[State], as_json: bool) -> None:
    if as_json:
        options.print_json([
            {"entry": one.entry, "kind": one.kind, "side": one.side, "work": one.work.value, "by": one.author,
             "said": one.said.isoformat(), "until": str(one.until) if one.until else None, "note": one.note}
            for one in listed
        ])  # fmt: skip
        return
    for one in listed:
        until = f" until {one.until}" if one.until else ""
        note = f": {one.note}" if one.note else ""
        tell(f"{one.entry} {one.kind} {one.side}: {one.work.value}{until}, {one.author}{note}")
    if not listed:
        tell("nobody has said anything of a lead")
