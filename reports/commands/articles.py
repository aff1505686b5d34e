"""`mediagap articles`: looking up what was printed, adding what was missed, deciding what covers what."""

from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from crawlers import archive, codes, registry
from crawlers.dates import stamp
from crawlers.errors import DataError
from matcher import decisions, lookup
from matcher.decisions import Verdict
from matcher.records import Grade
from reports import articles, evidence, work
from reports.commands import options
from reports.commands.options import ByOption, ConfigOption, DbOption, JsonOption, ReasonOption
from reports.config import Settings
from reports.restricted import Withheld
from reports.terminal import tell

app = typer.Typer(
    no_args_is_help=True, help="Look up what was printed, add what was missed, decide what covers what."
)


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
    for decision in one["decisions"]:
        tell(_decided(decision))
    tell(f"\n{one['text']}")


@app.command()
def decide(
    article: Annotated[str, typer.Argument(help="Number or address of the article.")],
    entry: Annotated[str, typer.Argument(help="Id or any name of the agreement or project.")],
    verdict: Annotated[Verdict, typer.Argument(help="Does the article cover it?")],
    reason: ReasonOption = "", by: ByOption = "",
    config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Say whether an article covers an entry. Example: mediagap articles decide 17 'Кострома Бобруйск' yes

    It outweighs the matcher, and holds until the article's text changes.
    """
    settings = options.settings(config_file, db)
    known = work.known(settings)
    meant = lookup.one(known, entry, "articles decide").id
    database = work.open_for(settings)
    number = articles.number_of(database, _withheld(settings), article)
    decisions.decide(
        database, known.entries, number, meant, verdict, by or options.user(), datetime.now(UTC), reason
    )
    one = articles.show(database, _withheld(settings), number)
    if as_json:
        options.print_json(one["decisions"][-1] | {"article": number})
    else:
        tell(f"{number} {one['title']}\n{_decided(one['decisions'][-1])}")


@app.command()
def add(
    address: Annotated[str, typer.Argument(help="The article's page.")],
    entry: Annotated[
        str | None, typer.Option(help="Say also that it covers this entry: its id or any name.")
    ] = None,
    day: Annotated[str | None, typer.Option(help="Day of publication, where the page does not say it.")] = None,
    reason: ReasonOption = "", by: ByOption = "",
    config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Fetch an article that was missed and match it. Example: mediagap articles add https://example.by/news/17"""
    settings = options.settings(config_file, db)
    known = work.known(settings)
    meant = lookup.one(known, entry, "articles add").id if entry else None
    stated = options.moment(day, "--day")
    database = work.open_for(settings)
    added = evidence.add(settings, database, address, stated.date() if stated else None)
    if meant:
        now = datetime.now(UTC)
        decisions.decide(
            database, known.entries, added.article, meant, Verdict.YES, by or options.user(), now, reason
        )
    found = [*added.result.matches, *added.result.near_misses]
    if as_json:
        options.print_json({
            "article": added.article, "new": added.new, "outlet": added.outlet.id, "title": added.title,
            "url": added.url, "day": str(added.day) if added.day else None, "decided": meant,
            "matches": [{"entry": m.entry, "grade": m.grade.value, "score": m.score} for m in found],
        })  # fmt: skip
        return
    tell(f"{added.article} {added.day or 'undated'} {added.outlet.title}: {added.title}")
    for match in found:
        tell(f"{match.grade.value}: {match.entry} ({match.score})")
    if meant:
        tell(f"yes: {meant}")
    elif not any(match.grade is Grade.ABOUT for match in found):
        tell(f"If it covers an entry: mediagap articles decide {added.article} ENTRY yes")
    if added.day is None:
        tell("The page names no date: add it again with --day, or it counts in no period.")


@app.command()
def reopened(config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False) -> None:
    """List decisions whose article has changed since. Example: mediagap articles reopened"""
    settings = options.settings(config_file, db)
    database, withheld = work.open_for(settings, write=False), _withheld(settings)
    found = []
    for one in decisions.reopened(database):
        (article,) = archive.articles(database, "a.id = ?", (one.article,))
        if withheld.may_show(article.outlet, article.url):
            found.append((one, article.title))
    if as_json:
        keys = ("article", "entry", "verdict", "author", "reason")
        options.print_json([
            {key: getattr(one, key) for key in keys} | {"decided": stamp(one.decided), "title": title}
            for one, title in found
        ])  # fmt: skip
        return
    for one, title in found:
        tell(f"{one.article} {title}")
        tell(f"  {one.verdict.value} by {one.author} on {one.decided.date()}, of an earlier text: {one.entry}")
    if not found:
        tell("no decision waits to be looked at again")


def _decided(one: dict[str, Any]) -> str:
    reason = f": {one['reason']}" if one["reason"] else ""
    told = f"{one['verdict']} by {one['author']} on {one['decided'][:10]}, {one['entry']}{reason}"
    return told + (" (the text has changed since: it holds no more)" if one["reopened"] else "")


def _withheld(settings: Settings) -> Withheld:
    return Withheld(registry.load(settings.sources), settings.profile, datetime.now(UTC).date())
