"""`mediagap subscribers`: who gets the weekly letter."""

from typing import Annotated, Any

import typer
from sqlite_utils import Database

from crawlers import registry
from crawlers.errors import DataError
from reports import config, i18n, subscribers, work
from reports.commands import options
from reports.commands.options import ConfigOption, DbOption, JsonOption
from reports.subscribers import ALL, Subscriber
from reports.terminal import tell
from reports.tidy import one_line

app = typer.Typer(no_args_is_help=True, help="Who gets the weekly letter.")
AskedArgument = Annotated[str, typer.Argument(help="Address, or token of an unsubscribe mail.")]


@app.command()
def add(
    address: Annotated[str, typer.Argument(help="Mail address.")],
    consent: Annotated[str, typer.Option(help="Day on which the reader agreed, such as 2026-11-20.")],
    region: Annotated[list[str] | None, typer.Option(help="Region, such as BY-MA; may be given several times.")] = None,
    pair: Annotated[list[str] | None, typer.Option(help="Pair, such as BY-MA:RU-KOS; several times.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All pairs of the catalogue.")] = False,
    name: Annotated[str, typer.Option(help="How the letter addresses the reader.")] = "",
    language: Annotated[str, typer.Option("--lang", help="Language: " + ", ".join(i18n.LANGUAGES) + ".")] = "en",
    profile: Annotated[
        str, typer.Option(help="Country whose restrictions hold for the reader, or `strictest`.")
    ] = "strictest",
    outlet: Annotated[str | None, typer.Option(help="Id of the reader's own paper.")] = None,
    config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Add a reader. Example: mediagap subscribers add a@b.org --region BY-MA --lang be --consent 2026-11-20"""
    settings = options.settings(config_file, db)
    topics = tuple(
        dict.fromkeys(map(subscribers.topic, [*(region or ()), *(pair or ()), *([ALL] if everything else [])]))
    )
    if not topics:
        raise DataError("subscribers add", "", "nothing to write about", "--region, --pair or --all")
    if outlet is not None and outlet not in registry.load(settings.sources):
        raise DataError("subscribers add", "--outlet", outlet, "the id of an outlet")
    agreed = options.moment(consent)
    one = Subscriber(
        config.mail_address(address, "subscribers add", "address"), one_line(name, 100), topics, i18n.reader(language).language, _profile(profile),
        outlet, agreed.date() if agreed else None, stored=True,
    )  # fmt: skip
    database = work.open_for(settings)
    subscribers.add(database, one)
    _show(database, [one], as_json)


@app.command("list")
def list_(config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False) -> None:
    """List the readers, those of the settings file too. Example: mediagap subscribers list --json"""
    settings = options.settings(config_file, db)
    database = work.open_for(settings, write=False)
    _show(database, subscribers.everybody(database, settings.recipients), as_json)


@app.command()
def remove(
    who: AskedArgument, config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False
) -> None:
    """Forget a reader. Example: mediagap subscribers remove a@b.org"""
    settings = options.settings(config_file, db)
    database = work.open_for(settings)
    one = subscribers.find(database, settings.recipients, who)
    subscribers.remove(database, one)
    options.print_json({"removed": one.address}) if as_json else tell(f"{one.address}: removed")


@app.command()
def pause(
    who: AskedArgument,
    resume: Annotated[bool, typer.Option("--resume", help="Send letters again.")] = False,
    config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Send a reader no letters until told otherwise. Example: mediagap subscribers pause a@b.org"""
    settings = options.settings(config_file, db)
    database = work.open_for(settings)
    one = subscribers.find(database, settings.recipients, who)
    subscribers.pause(database, one, not resume)
    _show(database, [subscribers.find(database, settings.recipients, one.address)], as_json)


def _profile(text: str) -> str:
    """`strictest`, `open` or a country in capitals, as restrictions name it."""
    known = ("strictest", "open")
    if text.lower() in known:
        return text.lower()
    if len(text) != 2 or not text.isascii() or not text.isalpha():
        raise DataError("subscribers add", "--profile", text, "strictest, open or a country such as BY")
    return text.upper()


def _show(db: Database, found: list[Subscriber], as_json: bool) -> None:
    if as_json:
        options.print_json([_plain(db, one) for one in found])
        return
    for one in found:
        notes = [*one.topics, one.language, one.profile, one.outlet or "", "paused" if one.paused else ""]
        notes.append("" if one.stored else "settings file")
        tell(f"{one.address}  {' '.join(filter(None, notes))}")
    if not found:
        tell("Nobody.")


def _plain(db: Database, one: Subscriber) -> dict[str, Any]:
    return {
        "address": one.address, "name": one.name, "topics": list(one.topics), "language": one.language,
        "profile": one.profile, "outlet": one.outlet, "consent": str(one.consent) if one.consent else None,
        "paused": one.paused, "stored": one.stored, "token": subscribers.token(db, one),
    }  # fmt: skip
