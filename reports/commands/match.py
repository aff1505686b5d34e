"""`mediagap match`: from texts to the entries that they are about, and why."""

import json
import sys
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.text import Text as Coloured

from crawlers.errors import DataError
from matcher import learned, lookup
from matcher.explain import Candidate, Explainer, Explanation, Spot
from matcher.records import Text, text_of
from reports import i18n, sample, told, work
from reports.commands import options
from reports.commands.options import ConfigOption, DbOption, JsonOption, LanguageOption
from reports.i18n import Reader
from reports.terminal import console, say, tell
from reports.told import SIDE_NAMES

app = typer.Typer(invoke_without_command=True, help="Match texts with the catalogue.")

_MOST_LISTED = 8
"""Candidates without a grade that are printed; --json has them all."""
_COLOURS = {"belarus": "bold green", "partner": "bold blue"}
_OTHER = "bold yellow"


@app.callback()
def match(
    context: typer.Context,
    stdin: Annotated[bool, typer.Option("--stdin", help="Match JSON Lines from standard input instead.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Also what was matched before; may be stopped and resumed.")] = False,
    processes: Annotated[int | None, typer.Option(min=1, help="Processes; as many as processors where it pays.")] = None,
    config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Match new articles of the archive. Example: mediagap match --stdin < articles.jsonl"""
    if context.invoked_subcommand is not None:
        return
    settings = options.settings(config_file, db)
    if not stdin:
        result = work.match(settings, work.open_for(settings), say, everything, processes)
        text = f"{result.articles} articles: {result.about} about, {result.mentions} mentions, {result.near_misses} near misses"
        options.print_json(result.__dict__) if as_json else tell(text)
        return
    matcher = work.matcher(settings)
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if line.strip():
            article = _article(line, number)
            found = matcher.match(article).plain()
            options.print_json({"id": article.id, "version": matcher.version, **found})


@app.command()
def explain(
    article: Annotated[str, typer.Argument(help="Address or number of an article of the archive, or a file.")],
    entry: Annotated[str | None, typer.Option(help="Only this entry, by its id or any name.")] = None,
    language: LanguageOption = None,
    config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Show what the matcher sees in one article. Example: mediagap match explain 17 --entry 'Кострома Бобруйск'"""
    settings = options.settings(config_file, db)
    reader = i18n.reader(language or settings.language)
    matcher = work.matcher(settings)
    known = matcher.catalogue
    wanted = lookup.one(known, entry, "--entry").id if entry else None
    table = Explainer(matcher).explain(sample.read(settings, article), wanted)
    if as_json:
        said = [told.sentence(reader, one) for one in table.candidates]
        plain = table.plain()
        for one, sentence in zip(plain["candidates"], said, strict=True):
            one["sentence"] = sentence
        options.print_json(plain)
        return
    graded = [one for one in table.candidates if one.found or wanted]
    others = [one for one in table.candidates if not (one.found or wanted)]
    shown = graded[0] if graded else None
    console.print(_coloured(table, shown))
    tell("\nPairs: " + (", ".join(map(str, table.pairs)) or "none"))
    for one in graded:
        tell()
        _table(reader, one, reader.title(known.entries[one.entry]))
    if others:
        tell(f"\n{len(others)} more were weighed:")
    for one in others[:_MOST_LISTED]:
        tell(f"  {one.probability or 0:.2f} {one.entry}: {reader.title(known.entries[one.entry])}")
    if not table.candidates:
        tell("The text names both sides of no entry.")


@app.command()
def learn(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only compare; nothing is written.")] = False,
    accept_lower: Annotated[str | None, typer.Option("--accept-lower", metavar="REASON", help="Take lower floors, and say why on one line.")] = None,
    author: options.ByOption = "",
    config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Learn from what editors decided: fit the weights anew, compare. Example: mediagap match learn --dry-run"""
    reason = None if accept_lower is None else _reason(accept_lower)
    settings = options.settings(config_file, db)
    now = datetime.now(UTC).replace(microsecond=0)
    try:
        # here and not above: scikit-learn is an extra, and slow to import
        from reports import learning
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("numpy", "sklearn"):
            raise
        raise DataError(
            "match learn", "scikit-learn", "nothing", "the package scikit-learn", "pip install 'mediagap[fit]'"
        ) from None
    found = learning.learn(settings, say, now)
    kept = not dry_run and (reason is not None or not found.outcome.lowered)
    if kept:
        learning.keep(settings, found, reason, author or options.user(), now)
    options.print_json({**learning.plain(found), "written": kept}) if as_json else tell(learning.table(found))
    if not (kept or dry_run):
        raise learning.below_floor(found)
    if kept:
        say(
            f"{settings.learned / learned.WEIGHTS} is written; the next `mediagap match` reads all articles again"
        )


def _reason(given: str) -> str:
    if not given.strip() or not given.isprintable():
        raise DataError("--accept-lower", "", given or "nothing", "the reason, on one line")
    return given.strip()


def _table(reader: Reader, one: Candidate, title: str) -> None:
    grade = f"{one.found.grade.value} {one.found.score:.2f}" if one.found else "not graded"
    weighed = "" if one.probability is None else f", probability {one.probability:.2f}"
    tell(f"{one.entry}: {grade}{weighed}\n  {title}\n  {told.sentence(reader, one)}")
    for side, name in SIDE_NAMES.items():
        spots = [f"{_at(n.spot)} {n.strength:.2f} {n.stands_for}" for n in one.named if n.side == side]
        tell(f"  {name}: " + ("; ".join(spots) or "none"))
    for reason in one.reasons:
        words = "; ".join(map(_at, reason.spots)) or ", ".join(reason.words)
        tell(f"  {reason.feature:<18} {reason.value:.2f}  {words}".rstrip())
    strongest = sorted(one.contributions.items(), key=lambda item: -abs(item[1]))[:_MOST_LISTED]
    for name, odds in strongest:
        values = ", ".join(f"{part} {one.features[part]:.2f}" for part in name.split("*"))
        tell(f"  {odds:+.2f} log-odds by {name} ({values})")


def _at(spot: Spot) -> str:
    return f"«{spot.word}» {spot.start}–{spot.end}"


def _coloured(table: Explanation, one: Candidate | None) -> Coloured:
    """The text with the names of the Belarusian side, of the partner's and the other evidence in three colours."""
    shown = Coloured(table.text)
    for reason in one.reasons if one else ():
        for spot in reason.spots:
            shown.stylize(_OTHER, spot.start, spot.end)
    for named in one.named if one else ():
        shown.stylize(_COLOURS[named.side], named.spot.start, named.spot.end)
    return shown


def _article(line: bytes, number: int) -> Text:
    where = f"standard input:{number}"
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise DataError(where, "", str(error), "one JSON object a line") from None
    return text_of(data, where, str(number))
