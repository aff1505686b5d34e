"""`mediagap sources retire, restore, retired`: which sources an editor no longer wants asked."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from crawlers import registry, retired
from crawlers.dates import stamp
from crawlers.retired import Decision
from reports import work
from reports.commands import options
from reports.commands.options import ByOption, ConfigOption, DbOption, JsonOption
from reports.config import Settings
from reports.terminal import tell

SubjectArgument = Annotated[
    str, typer.Argument(help="An outlet, such as by-gp, or one source of it, by-gp/feed.")
]
WhyOption = Annotated[str, typer.Option(help="The reason, on one line.")]


def add_to(app: typer.Typer) -> None:
    for command in (retire, restore):
        app.command()(command)
    app.command("retired")(list_)


def retire(
    subject: SubjectArgument, why: WhyOption, by: ByOption = "",
    config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Ask a source no more; from then on its days are not observed. Example: mediagap sources retire by-gp/feed --why "closed in May\""""
    _decide(retired.retire, subject, by, why, options.settings(config_file, db), as_json)


def restore(
    subject: SubjectArgument, why: WhyOption, by: ByOption = "",
    config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Ask a retired source again. Example: mediagap sources restore by-gp/feed --why "a new site since June\""""
    _decide(retired.restore, subject, by, why, options.settings(config_file, db), as_json)


def list_(config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False) -> None:
    """List what is retired: since when, by whom and why. Example: mediagap sources retired --json"""
    settings = options.settings(config_file, db)
    outlets, found = options.visible(settings), retired.retired(work.open_for(settings, write=False))
    # what no file knows any more is listed too; what may not be named is not
    hidden = set(registry.load(settings.sources)) - set(outlets)
    listed = [one for subject, one in found.items() if subject.partition("/")[0] not in hidden]
    if as_json:
        options.print_json([plain(one) for one in listed])
        return
    for one in listed:
        tell(_line(one))
    tell(f"{len(listed)} retired")


def plain(one: Decision) -> dict[str, Any]:
    return {"subject": one.subject, "retired": one.retired, "at": stamp(one.at), "by": one.by, "why": one.why}


def _line(one: Decision) -> str:
    return (
        f"{one.subject}: {'retired' if one.retired else 'restored'} on {one.at:%Y-%m-%d} by {one.by}: {one.why}"
    )


def _decide(
    act: Callable[..., Decision], subject: str, by: str, why: str, settings: Settings, as_json: bool
) -> None:
    database = work.open_for(settings)
    done = act(database, options.visible(settings), subject, by or options.user(), why, datetime.now(UTC))
    if as_json:
        options.print_json(plain(done))
    else:
        tell(_line(done))
