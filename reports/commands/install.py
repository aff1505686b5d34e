"""Commands that set an installation up and keep it sound: init, doctor, backup, restore, prune."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from reports import backup as copies
from reports import config, doctor, settings_file, work
from reports import prune as pruning
from reports.commands import options
from reports.commands.options import ConfigOption, DbOption, JsonOption
from reports.doctor import Finding, Level
from reports.terminal import say, tell


def init(
    contact: Annotated[str | None, typer.Option(help="Address or page at which sites reach you.")] = None,
    zone: Annotated[str | None, typer.Option(help="Time zone of the schedule, such as Europe/Minsk.")] = None,
    smtp_host: Annotated[str | None, typer.Option(help="Server that takes the letters.")] = None,
    sender: Annotated[str | None, typer.Option(help="From whom letters are.")] = None,
    config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Write a settings file that explains itself, check the place, make the database. Example: mediagap init --contact desk@example.org"""
    path = config_file or config.FILE
    asked = {
        ("crawl", "contact"): contact,
        ("schedule", "zone"): zone,
        ("smtp", "host"): smtp_host,
        ("sender",): sender,
    }
    chosen: dict[config.Key, object] = {key: value for key, value in asked.items() if value is not None}
    if db:
        chosen["db",] = str(db)
    if path.exists():
        say(f"{path} is there already and stays as it is")
    else:
        text = settings_file.text(chosen)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
        path.chmod(0o600)  # a password may come to stand in it
        say(f"{path} written; every key is explained in it")
    settings = options.settings(path, db)
    found = doctor.place(settings, _now())
    with closing(work.open_for(settings).conn):
        found.append(Finding("database", Level.OK, str(settings.db)))
    _show(found, as_json)


def doctor_(config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False) -> None:
    """Examine database, clock, disk, mail, catalogue, sources, runs and backups; exit code 2 if something is wrong. Example: mediagap doctor"""
    _show(doctor.examine(options.settings(config_file, db), _now()), as_json)


def backup(config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False) -> None:
    """Copy the database while it is in use, and open the copy to check it. Example: mediagap backup"""
    made = copies.make(options.settings(config_file, db), _now())
    _tell({"file": str(made), "bytes": made.stat().st_size}, f"{made}: whole", as_json)


def restore(
    file: Annotated[Path, typer.Argument(help="Made by `mediagap backup`.")],
    config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Put a backup in the place of the database, which stays beside it. Example: mediagap restore backups/mediagap-20261123T040000Z.db"""
    settings = options.settings(config_file, db)
    done = copies.restore(settings, file, _now())
    if done.replaced:
        say(f"what stood there before is now {done.replaced}")
    if done.kept_deliveries is None:
        say(
            "it could not be read: letters sent since the backup are not known; see `mediagap letter status` before sending"
        )
    data = {
        "db": str(settings.db),
        "replaced": str(done.replaced or ""),
        "deliveries_kept": done.kept_deliveries,
    }
    _tell(
        data, f"{settings.db}: restored, {done.kept_deliveries or 0} deliveries since the backup kept", as_json
    )


def prune(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count; take nothing away.")] = False,
    config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Take away what [retention] of the settings lets go; no text and no evidence. Example: mediagap prune --dry-run"""
    settings = options.settings(config_file, db)
    with closing((database := work.open_for(settings)).conn):
        gone = pruning.prune(database, settings, _now(), dry_run)
    files = [*map(str, gone.letters), *map(str, gone.backups)]
    told = f"{gone.job_runs} runs of jobs, {gone.robots} robots.txt, {len(gone.letters)} letters, {len(gone.backups)} backups"
    data = {"job_runs": gone.job_runs, "robots": gone.robots, "files": files, "dry_run": dry_run}
    _tell(data, f"{'Would go' if dry_run else 'Gone'}: {told}", as_json)


def _show(found: Sequence[Finding], as_json: bool) -> None:
    if as_json:
        options.print_json([asdict(one) for one in found])
    for one in found if not as_json else ():
        tell(f"{one.level:5} {one.what}: {one.found}" + (f"; {one.repair}" if one.repair else ""))
    if any(one.level is Level.WRONG for one in found):
        raise typer.Exit(2)


def _tell(data: dict[str, Any], line: str, as_json: bool) -> None:
    if as_json:
        options.print_json(data)
    else:
        tell(line)


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
