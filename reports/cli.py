"""The command line: `mediagap COMMAND`. Exit codes: 0; 1 only with --fail-on; 2 usage, settings or data;
3 nothing could be observed; 4 busy; 70 internal error.
"""

import json
import logging
import sqlite3
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from crawlers import codes, importer, registry, store
from crawlers.errors import DataError, MediagapError
from matcher import catalogue, lookup
from matcher.match import Matcher
from matcher.records import Text
from reports import config, site, work
from reports.coverage import LineSide, Value
from reports.view import View

app = typer.Typer(no_args_is_help=True, add_completion=True, pretty_exceptions_enable=False, help=__doc__)
catalogue_app = typer.Typer(
    no_args_is_help=True, help="The agreements and projects that coverage is measured against."
)
app.add_typer(catalogue_app, name="catalogue")
console = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)

ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="Settings file; ./mediagap.toml if there is one.")
]
DbOption = Annotated[Path | None, typer.Option("--db", help="Database; mediagap.db by default.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print data as JSON.")]
NowOption = Annotated[str | None, typer.Option("--now", help="Day to report on, such as 2026-11-23.")]


def main() -> None:
    """Runs a command; errors that the user can mend are one line."""
    try:
        app()
    except MediagapError as error:
        errors.print(f"mediagap: {error}", markup=False)
        sys.exit(error.exit_code)
    except sqlite3.OperationalError as error:
        known = store.database_error(error, "database")
        if not isinstance(known, MediagapError):
            raise
        errors.print(f"mediagap: {known}", markup=False)
        sys.exit(known.exit_code)
    except Exception as error:
        logging.getLogger("mediagap").exception("internal error")
        errors.print(f"mediagap: internal error: {type(error).__name__}: {error}", markup=False)
        sys.exit(70)


def _settings(path: Path | None, db: Path | None) -> config.Settings:
    settings = config.load(path)
    return settings.model_copy(update={"db": db}) if db else settings


def _say(line: str) -> None:
    errors.print(line, markup=False)


def _now(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        raise DataError("--now", "", text, "a day such as 2026-11-23") from None


def _print_json(data: Any) -> None:
    sys.stdout.write(json.dumps(data, ensure_ascii=False) + "\n")


@app.command()
def demo(
    out: Annotated[Path, typer.Option(help="Folder for everything that is written.")] = Path("mediagap-demo"),
    language: Annotated[str, typer.Option("--lang")] = "en",
) -> None:
    """Show the whole way on an invented press, without any network. Example: mediagap demo --out /tmp/demo"""
    view, written = work.demo(out, language, _say)
    _summary(view)
    console.print(f"\nReport: {out / 'report' / 'index.html'}", markup=False)
    for path in written:
        if path.suffix == ".eml":
            console.print(f"Letter: {path}", markup=False)
    console.print(
        f"Next:   MEDIAGAP_SOURCES={out / 'sources'} mediagap check 'Кострома Бобруйск' --db {out / 'mediagap.db'}",
        markup=False,
    )


@app.command()
def run(config_file: ConfigOption = None, db: DbOption = None) -> None:
    """Read the configured sources, match, write report and letters. Example: mediagap run --db news.db"""
    view, written = work.run_pass(_settings(config_file, db), _say)
    _summary(view)
    console.print(f"\n{len(written)} files written", markup=False)


@app.command()
def crawl(
    outlets: Annotated[list[str] | None, typer.Argument(help="Ids of outlets; all by default.")] = None,
    back_to: Annotated[str | None, typer.Option(help="Read sitemaps and WordPress listings back to this day.")] = None,
    config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Fetch new texts. Example: mediagap crawl ru-kos-k1news --back-to 2026-09-01"""
    moment = _now(back_to)
    attempts = work.crawl(
        _settings(config_file, db), _say, tuple(outlets or ()), moment.date() if moment else None
    )
    if as_json:
        _print_json(
            [
                {"source": a.source, "outcome": a.outcome, "new": a.entries_new, "message": a.message}
                for a in attempts
            ]
        )
    for attempt in attempts if not as_json else ():
        console.print(f"{attempt.source}: {attempt.outcome} {attempt.message}", markup=False)


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="JSON Lines, plain or gzip.")],
    complete: Annotated[tuple[str, str, str] | None, typer.Option(help="OUTLET FROM TO: the archive is complete.")] = None,
    config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Add articles of archives: url, title, text, date, language, source. Example: mediagap import news.jsonl.gz"""
    settings = _settings(config_file, db)
    outlets = registry.load(settings.sources)
    database = work.open_for(settings)
    now = datetime.now(UTC)
    results = []
    for path in files:
        _say(f"Reading {path}")
        results.append(importer.import_file(database, path, outlets, now))
        for line in results[-1].broken:
            _say(f"  {line}")
    if complete:
        outlet, first, last = complete
        if outlet not in outlets:
            raise DataError("--complete", "", outlet, "the id of an outlet")
        days = [moment.date() for moment in (_now(first), _now(last)) if moment]
        importer.declare_complete(database, outlet, days[0], days[1], now)
    if as_json:
        _print_json([r.__dict__ for r in results])
    for r in results if not as_json else ():
        console.print(
            f"{r.file}: {r.records} records, {r.added} added, {r.known} known, {len(r.broken)} broken",
            markup=False,
        )


@app.command()
def match(
    stdin: Annotated[bool, typer.Option("--stdin", help="Match JSON Lines from standard input instead.")] = False,
    config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Match new articles of the archive. Example: mediagap match --stdin < articles.jsonl"""
    settings = _settings(config_file, db)
    if not stdin:
        result = work.match(settings, work.open_for(settings), _say)
        text = f"{result.articles} articles: {result.about} about, {result.mentions} mentions, {result.near_misses} near misses"
        _print_json(result.__dict__) if as_json else console.print(text, markup=False)
        return
    matcher = Matcher(catalogue.load(settings.catalogue))
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if line.strip():
            article = _article(line, number)
            found = matcher.match(article)
            matches = [m.plain() for m in (*found.matches, *found.near_misses)]
            _print_json({"id": article.id, "pairs": [list(pair) for pair in found.pairs], "matches": matches})


def _article(line: bytes, number: int) -> Text:
    where = f"standard input:{number}"
    try:
        data = json.loads(line)
    except ValueError as error:
        raise DataError(where, "", str(error), "one JSON object a line") from None
    if not isinstance(data, dict) or not (data.get("title") or data.get("text")):
        raise DataError(where, "title", "nothing", "an object with a title or a text")
    raw = data.get("published") or data.get("date")
    try:
        day = date.fromisoformat(str(raw)[:10]) if raw else None
    except ValueError:
        day = None  # an undated article is matched by no date
    return Text(
        str(data.get("id", number)), data.get("title") or "", data.get("text") or "", data.get("language"), day,
        data.get("outlet_country"), data.get("outlet_region"),
    )  # fmt: skip


@app.command()
def gaps(
    pair: Annotated[str | None, typer.Option(help="Only this pair, such as BY-MA:RU-KOS.")] = None,
    fail_on: Annotated[str | None, typer.Option(help="`gap`: exit with 1 if there is one.")] = None,
    config_file: ConfigOption = None, db: DbOption = None, now: NowOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """List what nothing was found on. Example: mediagap gaps --pair BY-MA:RU-KOS"""
    if fail_on not in (None, "gap"):
        raise DataError("--fail-on", "", fail_on, "gap")
    settings = _settings(config_file, db)
    moment = _now(now)
    view = work.view(settings, work.open_for(settings, write=False), moment)
    wanted = codes.pair(pair, "--pair", "") if pair else None
    found = [one for one in view.gaps if wanted in (None, one.pair)]
    if as_json:
        _print_json([_plain(one) for one in found])
    else:
        _table(view, found)
    if fail_on and found:
        raise typer.Exit(1)


@app.command()
def check(
    query: Annotated[str, typer.Argument(help="Any name, part of a name, or id.")],
    config_file: ConfigOption = None, db: DbOption = None, now: NowOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Show the coverage of one agreement or project on both sides. Example: mediagap check 'Кострома Бобруйск'"""
    settings = _settings(config_file, db)
    known = catalogue.load(settings.catalogue)
    found = lookup.find(known, query)
    if not found:
        near = "; ".join(f"{e.id} ({e.title['ru']})" for e in lookup.nearest(known, query))
        raise DataError("check", "", query, "a name or id of an entry", f"nearest: {near}")
    best = [one for one in found if one.score >= found[0].score - 3]
    if len(best) > 1:
        listed = "; ".join(f"{one.entry.id} ({one.entry.title['ru']})" for one in best[:8])
        raise DataError(
            "check", "", query, f"one of {len(best)} entries", f"add a word or give an id: {listed}"
        )
    moment = _now(now)
    view = work.view(settings, work.open_for(settings, write=False), moment)
    entry = best[0].entry
    line = next(line for line, members in known.lines.items() if entry.id in members)
    sides = [one for one in view.lines if one.line == line]
    if as_json:
        _print_json([_plain(one) for one in sides])
        return
    console.print(f"{view.reader.title(entry)} [{entry.id}]", markup=False)
    for one in sides:
        _side(view, one)


def _side(view: View, one: LineSide) -> None:
    console.print(f"\n{view.name(one.side)}: {view.value(one)} {view.reason(one)}", markup=False)
    console.print(
        f"  read: {view.seen(one.observed)}; interval {one.interval} days, silence {one.silence}", markup=False
    )
    for p in one.publications[-5:]:
        how = "own" if p.own else f"after {p.origin}"
        console.print(
            f"  {p.day} {view.outlet_name(p)}: {p.title} ({p.grade}, {how}) {p.url or ''}", markup=False
        )


@app.command()
def report(
    out: Annotated[Path | None, typer.Option(help="Folder for the pages.")] = None,
    language: Annotated[str | None, typer.Option("--lang")] = None,
    config_file: ConfigOption = None, db: DbOption = None, now: NowOption = None,
) -> None:  # fmt: skip
    """Write the report as static pages. Example: mediagap report --out report --now 2026-11-23"""
    settings = _settings(config_file, db)
    moment = _now(now)
    view = work.view(settings, work.open_for(settings, write=False), moment, language)
    written = site.write(view, out or settings.report)
    console.print(f"{len(written)} pages; start with {(out or settings.report) / 'index.html'}", markup=False)


@catalogue_app.command("export")
def catalogue_export(config_file: ConfigOption = None) -> None:
    """Print one JSON object per entry. Example: mediagap catalogue export > entries.jsonl"""
    for record in catalogue.load(config.load(config_file).catalogue).export():
        _print_json(record)


@catalogue_app.command("check")
def catalogue_check(config_file: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Validate all data files. Example: mediagap catalogue check"""
    settings = config.load(config_file)
    known = catalogue.load(settings.catalogue)
    outlets = registry.load(settings.sources)
    counts = {
        "entries": len(known.entries), "lines": len(known.lines), "pairs": len(known.pairs()),
        "places": len(known.gazetteer.places), "organisations": len(known.gazetteer.organisations),
        "outlets": len(outlets),
    }  # fmt: skip
    _print_json(counts) if as_json else console.print(
        ", ".join(f"{n} {name}" for name, n in counts.items()), markup=False
    )


def _summary(view: View) -> None:
    read = [s for s in view.sources if s.read]
    console.print(
        f"\n{len(read)} of {len(view.sources)} outlets could be read. Nothing is claimed about:", markup=False
    )
    for s in view.sources:
        if not s.read:
            console.print(f"  {s.outlet.title}: {view.outcome(s.outcomes[0])}", markup=False)
    _table(view, view.gaps)
    blind = sum(one.value is Value.UNOBSERVED for one in view.lines)
    console.print(f"{blind} more cannot be judged: their press was not observed well enough.", markup=False)


def _table(view: View, found: list[LineSide]) -> None:
    table = Table("Side", "Agreement or project", "Answer", "Last text", "Read")
    for one in found:
        last = f"{one.silence} days ago" if one.last_report else "none known"
        table.add_row(
            view.name(one.side), view.reader.title(one.entry), view.value(one), last, view.seen(one.observed)
        )
    console.print(table if found else "No gaps.")


def _plain(one: LineSide) -> dict[str, Any]:
    return {
        "line": one.line, "entry": one.entry.id, "pair": str(one.pair), "side": one.side, "value": one.value.value,
        "reason": one.reason, "gap": one.gap.value if one.gap else None, "own": one.own, "interval_days": one.interval,
        "silence_days": one.silence, "observed_share": round(one.observed.share, 4),
        "outlets": [s.outlet.id for s in one.observed.outlets],
        "articles": [
            {"url": p.url, "title": p.title, "day": str(p.day), "outlet": p.outlet, "grade": p.grade, "own": p.own}
            for p in one.publications
        ],
    }  # fmt: skip
