"""Commands that bring news in: demo, run, crawl, import."""

import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from crawlers import choice, codes, importer, registry
from crawlers.errors import DataError
from reports import i18n, plain, terminal, work
from reports.commands import options
from reports.commands.options import ConfigOption, DbOption, JsonOption, LanguageOption
from reports.terminal import say, tell
from reports.view import View

_MOST_TOLD = 20
"""Broken lines that are printed one by one."""


def demo(
    out: Annotated[Path, typer.Option(help="Folder for everything that is written.")] = Path("mediagap-demo"),
    language: LanguageOption = "en",
    serve: Annotated[
        bool, typer.Option("--serve", help="Keep the press up until Ctrl-C: the report's links open.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Show the whole way on an invented press, without any network. Example: mediagap demo --out /tmp/demo"""

    def finished(view: View, written: list[Path]) -> None:
        if as_json:
            options.print_json(plain.summary(view, written))
        else:
            terminal.summary(view)
            _what_next(out, written, serve)
        if serve:
            say("The press answers until Ctrl-C")
            work.wait_for_interrupt()

    i18n.reader(language or "en")  # refuses an unknown one before anything is done
    work.demo(out, language or "en", say, finished)


def _what_next(out: Path, written: list[Path], serve: bool) -> None:
    tell(f"\nReport:   {out / 'report' / 'index.html'} ({len(written)} files written below {out})")
    for path in written:
        if path.suffix == ".eml":
            tell(f"Letter:   {path}")
    tell(f"Database: {out / 'mediagap.db'}")
    if not serve:
        tell("The press has closed with this command; with --serve the report's links to it open.")
    # as it was called: in a virtual environment that is not active the bare name would not be found
    program = "mediagap" if shutil.which("mediagap") else sys.argv[0]
    asked = f"MEDIAGAP_SOURCES={out / 'sources'} {program} check 'Кострома Бобруйск' --db {out / 'mediagap.db'}"
    tell(f"Next:     {asked}")
    tell(f"          {program} run    (the real sources, into ./mediagap.db and ./report)")


def run(
    due: Annotated[bool, typer.Option("--due", help="Read only sources that are due, as a schedule would.")] = False,
    config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Read the configured sources, match, write report and letters. Example: mediagap run --db news.db"""
    view, written = work.run_pass(options.settings(config_file, db), say, due)
    if as_json:
        options.print_json(plain.summary(view, written))
        return
    terminal.summary(view)
    tell(f"\n{len(written)} files written")


def crawl(
    outlets: Annotated[list[str] | None, typer.Argument(help="Ids of outlets; all by default.")] = None,
    back_to: Annotated[str | None, typer.Option(help="Read sitemaps and WordPress listings back to this day.")] = None,
    pair: Annotated[str | None, typer.Option(help="Only outlets of its regions, or national in its countries.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many outlets.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="List the sources; fetch and write nothing.")] = False,
    shard: Annotated[str | None, typer.Option(help="One part of the outlets, such as 3/16.")] = None,
    config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Fetch new texts. Example: mediagap crawl --pair BY-MA:RU-KOS --back-to 2026-09-01"""
    settings, moment = options.settings(config_file, db), options.moment(back_to, "--back-to")
    known = registry.load(settings.sources)
    allowed = choice.to_fetch(known, outlets or (), settings.profile, datetime.now(UTC).date())
    chosen = choice.choose(
        [known[name] for name in allowed], codes.pair(pair, "--pair", "") if pair else None,
        choice.Shard.parse(shard) if shard else None, limit,
    )  # fmt: skip
    if not chosen:
        say(f"no outlet falls into shard {shard}" if shard else "no outlet is to be asked")
    if dry_run:
        _list([known[name] for name in chosen], as_json)
        return
    attempts = work.crawl(settings, say, chosen, moment.date() if moment else None) if chosen else []
    if as_json:
        options.print_json(
            [
                {"source": a.source, "outcome": a.outcome, "new": a.entries_new, "message": a.message}
                for a in attempts
            ]
        )
    for attempt in attempts if not as_json else ():
        tell(f"{attempt.source}: {attempt.outcome} {attempt.message}".rstrip())


def _list(outlets: list[registry.Outlet], as_json: bool) -> None:
    # without the pages that wait in the database: SQLite writes beside it even when it only reads
    sources = [{"source": o.source_id(s), "url": s.url} for o in outlets for s in o.sources]
    if as_json:
        options.print_json(sources)
    for one in sources if not as_json else ():
        tell(f"{one['source']}: {one['url']}")


def import_(
    files: Annotated[list[Path], typer.Argument(help="JSON Lines, plain or gzip.")],
    complete: Annotated[tuple[str, str, str] | None, typer.Option(help="OUTLET FROM TO: the archive is complete.")] = None,
    config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Add articles of archives: url, title, text, date, language, source. Example: mediagap import news.jsonl.gz"""
    settings = options.settings(config_file, db)
    outlets = registry.load(settings.sources)
    database = work.open_for(settings)
    now = datetime.now(UTC)
    results = []
    for path in files:
        say(f"Reading {path}")
        progress = terminal.Percent(path.stat().st_size if path.is_file() else 0)
        results.append(importer.import_file(database, path, outlets, now, progress))
        faults = results[-1].broken
        for line in faults[:_MOST_TOLD]:
            say(f"  {line}")
        if len(faults) > _MOST_TOLD:
            say(f"  and {len(faults) - _MOST_TOLD} more; --json lists all")
    work.group(settings, database, say)
    if complete:
        outlet, first, last = complete
        if outlet not in outlets:
            raise DataError("--complete", "", outlet, "the id of an outlet")
        broken = sum(len(one.broken) for one in results)
        if broken:
            raise DataError(
                "--complete", outlet, f"{broken} broken lines", "files without one: a line may be a text"
            )
        days = [
            moment.date()
            for moment in (options.moment(first, "--complete"), options.moment(last, "--complete"))
            if moment
        ]
        importer.declare_complete(database, outlet, days[0], days[1], now)
    if as_json:
        options.print_json([r.__dict__ for r in results])
    for r in results if not as_json else ():
        tell(f"{r.file}: {r.records} records, {r.added} added, {r.known} known, {len(r.broken)} broken")
