"""`mediagap audit`: a random sample of the tool's claims, checked by hand."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Literal

import typer

from reports import audit, audit_rates, work
from reports.audit_rates import Claim
from reports.commands import options
from reports.commands.options import ByOption, ConfigOption, DbOption, JsonOption, NowOption
from reports.terminal import tell

app = typer.Typer(no_args_is_help=True, help="Check a random sample of the tool's claims by hand.")


@app.command()
def draw(
    config_file: ConfigOption = None, db: DbOption = None, now: NowOption = None, as_json: JsonOption = False
) -> None:
    """Draw the sample of the month, once, and list it. Example: mediagap audit draw"""
    settings = options.settings(config_file, db)
    database = work.open_for(settings)
    view = work.view(settings, database, options.moment(now))
    listed = audit.draw(database, view)
    if as_json:
        options.print_json([asdict(one) for one in listed])
        return
    for one in listed:
        if one.kind is Claim.GAP:
            claim = f"nothing found on {one.entry} in {one.side} ({one.pair})"
        else:
            claim = f"article {one.article} is about {one.entry}"
        tell(f"{one.id} {one.answer or 'to check'}: {claim}")
    tell(f"{len(listed)} drawn; answer with: mediagap audit answer NUMBER right|wrong")


@app.command()
def answer(
    number: Annotated[int, typer.Argument(help="As `draw` lists it.")],
    verdict: Annotated[Literal["right", "wrong"], typer.Argument(help="Of the tool's claim.")],
    note: Annotated[str, typer.Option(help="What was found, such as an address.")] = "",
    by: ByOption = "",
    config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Say whether a claim is right. Example: mediagap audit answer 3 wrong --note https://example.by/news/17"""
    settings = options.settings(config_file, db)
    audit.answer(work.open_for(settings), number, verdict, by or options.user(), datetime.now(UTC), note)
    if as_json:
        options.print_json({"number": number, "answer": verdict})
    else:
        tell(f"{number}: {verdict}")


@app.command()
def rates(config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False) -> None:
    """Show how many of the checked claims were wrong. Example: mediagap audit rates"""
    settings = options.settings(config_file, db)
    found = audit_rates.rates(work.open_for(settings, write=False))
    if as_json:
        options.print_json([one.plain() for one in found])
        return
    for one in found:
        tell(one.line)
    if not found:
        tell("nothing has been checked yet")
