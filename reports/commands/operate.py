"""Commands that keep an installation going: schedule, status."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from reports import status as state
from reports import work
from reports.commands import options
from reports.commands.options import ConfigOption, DbOption, JsonOption
from reports.terminal import say, tell


def schedule(config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False) -> None:
    """Crawl, match and write the weekly letters when they are due, until stopped; --json: each remark as an object. Example: mediagap schedule --config mediagap.toml"""
    # here and not above: no other command should wait for APScheduler to be imported
    from reports.schedule import keep

    settings = options.settings(config_file, db)
    keep(settings, _remark if as_json or settings.log == "json" else lambda line, _: say(line))


def _remark(line: str, data: dict[str, object]) -> None:
    options.print_json({"at": datetime.now(UTC).isoformat(timespec="seconds"), "remark": line.strip(), **data})


def status(config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False) -> None:
    """Show who keeps the schedule, last and next runs, failing sources and what waits. Example: mediagap status --json"""
    settings = options.settings(config_file, db)
    database = work.open_for(settings, write=False)
    version = work.version(settings)
    now = datetime.now(UTC).replace(microsecond=0)
    found = state.read(database, work.polled(settings), settings.schedule, version, now, settings.imap.interval)
    if as_json:
        options.print_json(state.plain(found))
    for line in state.lines(found, settings.schedule) if not as_json else ():
        tell(line)


def desk(
    host: Annotated[str, typer.Option(help="Address to listen at; another than this machine's needs [desk] address.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen at.")] = 8040,
    config_file: ConfigOption = None, db: DbOption = None,
) -> None:  # fmt: skip
    """Serve the pages on which editors browse and decide, until stopped. Example: mediagap desk --port 8040"""
    # here and not above: no other command should wait for the web framework to be imported
    from reports.desk.serve import serve

    serve(options.settings(config_file, db), host, port, say)
