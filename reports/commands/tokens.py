"""`mediagap editors tokens`: with what programs use the desk."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from crawlers.dates import stamp
from reports import work
from reports.commands import options
from reports.commands.options import ConfigOption, DbOption, JsonOption
from reports.desk import tokens
from reports.desk.tokens import Token
from reports.terminal import say, tell

app = typer.Typer(no_args_is_help=True, help="With what programs use the desk, in an editor's name.")
EditorArgument = Annotated[str, typer.Argument(help="Whose name stands beside what is decided with it.")]
NameArgument = Annotated[str, typer.Argument(help="What it is for.")]


@app.command()
def add(
    editor: EditorArgument, name: NameArgument,
    days: Annotated[int, typer.Option(help=f"Days until it ends, at most {tokens.MOST_DAYS}.")] = tokens.USUAL_DAYS,
    config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Make a token and print it, once. Example: mediagap editors tokens add Anna "weekly sheet" """
    database, now = work.open_for(options.settings(config_file, db)), datetime.now(UTC)
    token = tokens.add(database, editor, name, days, now)
    (one,) = (o for o in tokens.listed(database) if (o.editor.casefold(), o.name) == (editor.casefold(), name))
    if as_json:
        options.print_json([_plain(one, now) | {"token": token}])
        return
    tell(_line(one, now))
    say("The token is kept nowhere and shown this once:")
    tell(token)


@app.command("list")
def list_(config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False) -> None:
    """List tokens with their last day of use. Example: mediagap editors tokens list --json"""
    found = tokens.listed(work.open_for(options.settings(config_file, db), write=False))
    now = datetime.now(UTC)
    if as_json:
        options.print_json([_plain(one, now) for one in found])
        return
    for one in found:
        tell(_line(one, now))
    if not found:
        tell("None.")


@app.command()
def revoke(
    editor: EditorArgument, name: NameArgument,
    config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """End a token at once. Example: mediagap editors tokens revoke Anna "weekly sheet" """
    tokens.revoke(work.open_for(options.settings(config_file, db)), editor, name)
    if as_json:
        options.print_json({"editor": editor, "name": name, "revoked": True})
    else:
        tell(f"{editor}: {name}: revoked")


def _plain(one: Token, now: datetime) -> dict[str, object]:
    return {
        "editor": one.editor, "name": one.name, "made": stamp(one.made), "until": stamp(one.until),
        "expired": one.until <= now, "used": str(one.used) if one.used else None,
    }  # fmt: skip


def _line(one: Token, now: datetime) -> str:
    state = "expired" if one.until <= now else "until"
    return f"{one.editor}: {one.name}  {state} {one.until.date()}  last used {one.used or 'never'}"
