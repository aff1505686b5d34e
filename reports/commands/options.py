"""What commands share: their common options, the settings and the printing of data."""

import getpass
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from crawlers import registry
from crawlers.errors import DataError
from crawlers.registry import Outlet
from reports import config, i18n
from reports.terminal import say

ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="Settings file; ./mediagap.toml if there is one.")
]
DbOption = Annotated[Path | None, typer.Option("--db", help="Database; mediagap.db by default.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print data as JSON.")]
LanguageOption = Annotated[
    str | None, typer.Option("--lang", help="Language of what is written: " + ", ".join(i18n.LANGUAGES) + ".")
]
NowOption = Annotated[str | None, typer.Option("--now", help="Day to report on, such as 2026-11-23.")]

ByOption = Annotated[str, typer.Option("--by", help="Who says so; by default the user of this machine.")]
ReasonOption = Annotated[str, typer.Option(help="Why, on one line.")]


def settings(path: Path | None, db: Path | None) -> config.Settings:
    """Settings of the file and the environment, with the database of the command line."""
    found = config.load(path)
    return found.model_copy(update={"db": db}) if db else found


def moment(text: str | None, option: str = "--now") -> datetime | None:
    """The day that an option names, at its beginning in UTC; raises DataError for anything else."""
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        raise DataError(option, "", text, "a day such as 2026-11-23") from None


def user() -> str:
    """The name of who runs the command; raises DataError where the machine has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container may run as a number only
        raise DataError("--by", "", "nothing", "the name of who decides") from None


def fail_on(text: str | None) -> None:
    """Raises DataError unless `--fail-on` is absent or names what a command can fail on."""
    if text not in (None, "gap"):
        raise DataError("--fail-on", "", text, "gap")


def print_text(text: str) -> None:
    """Data that is no JSON, as it is."""
    sys.stdout.write(text)


def print_json(data: Any) -> None:
    sys.stdout.write(json.dumps(data, ensure_ascii=False) + "\n")
    sys.stdout.flush()  # who reads along waits for the line


def visible(settings: config.Settings) -> dict[str, Outlet]:
    """The outlets that may be named here. How many may not is said, which is not."""
    outlets = registry.load(settings.sources)
    today = datetime.now(UTC).date()
    shown = {name: o for name, o in outlets.items() if not o.withheld(settings.profile, today)}
    if len(shown) < len(outlets):
        say(
            f"{len(outlets) - len(shown)} outlets are restricted for the profile {settings.profile} and not shown."
        )
    return shown
