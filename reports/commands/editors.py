"""`mediagap editors`: who works on the desk."""

import sys
from typing import Annotated

import typer

from reports import editors, work
from reports.commands import options, tokens
from reports.commands.options import ConfigOption, DbOption, JsonOption
from reports.editors import Editor, Role
from reports.terminal import say, tell

app = typer.Typer(no_args_is_help=True, help="Who works on the desk.")
app.add_typer(tokens.app, name="tokens")
NameArgument = Annotated[str, typer.Argument(help="Name as it stands beside decisions; may be a pseudonym.")]
PasswordOption = Annotated[
    bool,
    typer.Option("--password-stdin", help="Read the password from standard input instead of making one up."),
]


@app.command()
def add(
    name: NameArgument,
    role: Annotated[str, typer.Option(help="`reader` reads, `editor` decides as well.")] = Role.EDITOR.value,
    region: Annotated[list[str] | None, typer.Option(help="Of their start page, such as BY-MA; several times.")] = None,
    password_stdin: PasswordOption = False,
    config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Add somebody and print their password, once. Example: mediagap editors add Anna --region BY-MA"""
    password = _password(password_stdin)
    database = work.open_for(options.settings(config_file, db))
    one = editors.add(database, name, role, region or [], password)
    _show([one], as_json, None if password_stdin else password)


@app.command()
def reset(
    name: NameArgument, password_stdin: PasswordOption = False,
    config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Give a new password, end all sessions, let in again. Example: mediagap editors reset Anna"""
    password = _password(password_stdin)
    one = editors.reset(work.open_for(options.settings(config_file, db)), name, password)
    _show([one], as_json, None if password_stdin else password)


@app.command("list")
def list_(config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False) -> None:
    """List who works on the desk. Example: mediagap editors list --json"""
    found = editors.everybody(work.open_for(options.settings(config_file, db), write=False))
    _show(found, as_json)
    if not found and not as_json:
        tell("Nobody.")


@app.command()
def disable(
    name: NameArgument, config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False
) -> None:
    """Keep somebody out; their decisions stay. Example: mediagap editors disable Anna"""
    _show([editors.disable(work.open_for(options.settings(config_file, db)), name)], as_json)


def _password(from_input: bool) -> str:
    return sys.stdin.readline().rstrip("\r\n") if from_input else editors.made_up_password()


def _show(found: list[Editor], as_json: bool, password: str | None = None) -> None:
    if as_json:
        told = {"password": password} if password else {}
        options.print_json(
            [{"name": e.name, "role": e.role, "regions": list(e.regions), "disabled": e.disabled, **told} for e in found]
        )  # fmt: skip
        return
    for one in found:
        tell(
            "  ".join(
                filter(None, [one.name, one.role, " ".join(one.regions), "disabled" if one.disabled else ""])
            )
        )
    if password:
        say("The password is kept nowhere and shown this once:")
        tell(password)
