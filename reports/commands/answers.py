"""Commands that say what is covered and what is not: check, report."""

from pathlib import Path
from typing import Annotated

import typer

from matcher import lookup
from matcher.catalogue import Catalogue
from matcher.entries import Entry
from reports import brief, i18n, look, plain, terminal
from reports.commands import options
from reports.commands.options import ConfigOption, DbOption, JsonOption, LanguageOption, NowOption
from reports.coverage import Value
from reports.terminal import tell


def check(
    query: Annotated[str, typer.Argument(help="Any name, part of a name, or id.")],
    since: Annotated[str | None, typer.Option(help="Only texts of this day and later, such as 2026-09-01.")] = None,
    as_brief: Annotated[bool, typer.Option("--brief", help="Print a page of Markdown to hand on.")] = False,
    fail_on: Annotated[str | None, typer.Option(help="`gap`: exit with 1 if a side is one.")] = None,
    language: LanguageOption = None,
    config_file: ConfigOption = None, db: DbOption = None, now: NowOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Show the coverage of one agreement or project on both sides. Example: mediagap check 'Кострома Бобруйск'"""
    options.fail_on(fail_on)
    first = options.moment(since, "--since")
    settings, moment = options.settings(config_file, db), options.moment(now)
    known = look.known(settings)
    entry = _one(known, query, i18n.reader(language or settings.language), as_json)
    line = next(line for line, members in known.lines.items() if entry.id in members)
    database = look.open_for(settings, write=False)
    view = look.view(settings, database, moment, language, part=known.of_line(line), pages=False)
    sides = view.of_line(line)
    day = first.date() if first else None
    if as_brief:
        text = brief.brief(view, line)
        if as_json:
            options.print_json({"line": line, "brief": text})
        else:
            options.print_text(text)
    elif as_json:
        options.print_json([plain.gap(view, one, day) for one in sides])
    else:
        terminal.entry(view, entry, sides, day)
        terminal.rates(database)
    if fail_on and any(one.value is Value.NONE_FOUND for one in sides):
        raise typer.Exit(1)


def _one(known: Catalogue, query: str, reader: i18n.Reader, as_json: bool) -> Entry:
    """The entry that a query means; several are listed before the error that says how to choose."""
    try:
        return lookup.one(known, query, "check")
    except lookup.Several as several:
        titles = {entry.id: reader.title(entry) for entry in several.fitting}
        if as_json:
            options.print_json([{"entry": key, "title": title} for key, title in titles.items()])
        for key, title in titles.items() if not as_json else ():
            tell(f"{key}  {title}")
        raise


def report(
    out: Annotated[Path | None, typer.Option(help="Folder for the pages.")] = None,
    archive: Annotated[
        bool, typer.Option("--archive", help="Print what was reported on entries not known to work today.")
    ] = False,
    language: LanguageOption = None,
    config_file: ConfigOption = None, db: DbOption = None, now: NowOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Write the report as static pages. Example: mediagap report --out report --now 2026-11-23"""
    settings, moment = options.settings(config_file, db), options.moment(now)
    view = look.view(settings, look.open_for(settings, write=False), moment, language)
    if archive:
        past = view.past
        if as_json:
            options.print_json([plain.past(one) for one in past])
        else:
            terminal.archive(view, past)
        return
    from reports import work  # late: what passes need would keep a question waiting

    written = work.write_report(look.open_for(settings), view, out or settings.report)
    if as_json:
        options.print_json(plain.summary(view, written))
    else:
        tell(f"{len(written)} pages; start with {(out or settings.report) / 'index.html'}")
