"""`mediagap letter`: the weekly letter."""

from typing import Annotated

import typer

from crawlers.errors import DataError
from reports import work
from reports.commands import options
from reports.commands.options import ConfigOption, DbOption, JsonOption, NowOption
from reports.terminal import tell

app = typer.Typer(no_args_is_help=True, help="The weekly letter to editors.")


@app.callback()
def group() -> None:
    """Keeps `preview` a command of its own while it is the only one."""


@app.command()
def preview(
    to: Annotated[str | None, typer.Option("--to", help="Only the letter to this address.")] = None,
    config_file: ConfigOption = None, db: DbOption = None, now: NowOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Write the letters to the outbox folder and show their text. Example: mediagap letter preview --to a@b.org"""
    settings = options.settings(config_file, db)
    chosen = tuple(one for one in settings.recipients if to in (None, one.address))
    if not chosen:
        known = ", ".join(one.address for one in settings.recipients) or "none is set, see [[recipients]]"
        raise DataError("recipients", "address", to or "nobody", known)
    settings = settings.model_copy(update={"recipients": chosen})
    letters = work.letters(settings, work.open_for(settings, write=False), options.moment(now))
    if as_json:
        options.print_json([{"file": str(path), "subject": str(mail["Subject"])} for path, mail in letters])
        return
    for path, mail in letters:
        part = mail.get_body(("plain",))
        tell(f"{path}\nSubject: {mail['Subject']}\n")
        tell(part.get_content() if part else "")
