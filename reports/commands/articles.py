"""`mediagap articles`: looking up what was printed."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from crawlers import codes, registry
from crawlers.errors import DataError
from reports import articles, work
from reports.commands import options
from reports.commands.options import ConfigOption, DbOption, JsonOption
from reports.config import Settings
from reports.restricted import Withheld
from reports.terminal import tell

app = typer.Typer(no_args_is_help=True, help="Look up what was printed.")


@app.command()
def search(
    words: Annotated[str, typer.Argument(help='Words in any inflection; "in quotes" as they stand; begin*.')],
    pair: Annotated[str | None, typer.Option(help="Only on this pair, such as BY-MA:RU-KOS.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Only of the outlet with this id.")] = None,
    since: Annotated[str | None, typer.Option(help="Only from this day on, such as 2026-09-01.")] = None,
    limit: Annotated[int, typer.Option(help="At most so many.", min=1)] = 20,
    config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """List articles with all the words, the newest first. Example: mediagap articles search 'Кострома лён'"""
    settings = options.settings(config_file, db)
    wanted = codes.pair(pair, "--pair", "") if pair else None
    try:
        first = datetime.fromisoformat(since).date() if since else None
    except ValueError:
        raise DataError("--since", "", since, "a day such as 2026-09-01") from None
    found = articles.find(
        work.open_for(settings, write=False), _withheld(settings), words, wanted, outlet, first, limit
    )
    if as_json:
        options.print_json(found)
        return
    for one in found:
        tell(f"{one['id']}  {one['day'] or 'undated'}  {one['outlet'] or one['source']}: {one['title']}")
        tell(f"    {one['excerpt']}")
    if not found:
        tell("nothing found in the texts that were read")


@app.command()
def show(
    number: Annotated[int, typer.Argument(help="Number of the article, as `search` prints it.")],
    config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Show one article with its story and matches. Example: mediagap articles show 17"""
    settings = options.settings(config_file, db)
    one = articles.show(work.open_for(settings, write=False), _withheld(settings), number)
    if as_json:
        options.print_json(one)
        return
    tell(
        f"{one['title']}\n{one['day'] or 'undated'}, {one['outlet'] or one['source']}, {one['url'] or 'no address'}"
    )
    if one["story"]:
        told = one["story"]
        after = f" after {told['origin']}" if told["origin"] else ""
        tell(f"{told['kind']}{after}; {len(told['others'])} more print the same text")
    for match in one["matches"]:
        tell(f"{match['grade']}: {match['entry']} ({match['score']})")
    tell(f"\n{one['text']}")


def _withheld(settings: Settings) -> Withheld:
    return Withheld(registry.load(settings.sources), settings.profile, datetime.now(UTC).date())
