"""Commands that keep an installation going: schedule, status."""

from datetime import UTC, datetime

from matcher.match import version_of
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
    version = version_of(work.known(settings))
    now = datetime.now(UTC).replace(microsecond=0)
    found = state.read(database, work.polled(settings), settings.schedule, version, now)
    if as_json:
        options.print_json(state.plain(found))
    for line in state.lines(found, settings.schedule) if not as_json else ():
        tell(line)
