"""`mediagap catalogue`: the agreements and projects that coverage is measured against, and their upkeep."""

import json
import sys
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from crawlers import codes, registry
from crawlers.errors import DataError
from matcher import catalogue, lookup
from matcher import proposals as proposing
from matcher.catalogue import Catalogue
from matcher.keeping import add as adding
from matcher.keeping import change, tables
from matcher.keeping import diff as differences
from matcher.keeping.stats import stats as counted
from reports import config, liveness, work
from reports import proposed as proposed_to
from reports.commands import ask, options
from reports.commands.options import ConfigOption, DbOption, JsonOption, NowOption
from reports.restricted import Withheld
from reports.terminal import say, tell

app = typer.Typer(no_args_is_help=True, help="The agreements and projects that coverage is measured against.")


@app.command()
def export(
    form: Annotated[Literal["jsonl", "csv", "xlsx"], typer.Option("--format", help="What to write.")] = "jsonl",
    out: Annotated[Path | None, typer.Option(help="File; standard output by default.")] = None,
    config_file: ConfigOption = None,
) -> None:  # fmt: skip
    """Write all entries. Example: mediagap catalogue export --format xlsx --out catalogue.xlsx"""
    records = list(_catalogue(config_file).export())
    if form == "jsonl":
        content = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records).encode()
    else:
        content = (tables.as_csv if form == "csv" else tables.as_xlsx)(tables.rows(records))
    if out is None:
        sys.stdout.buffer.write(content)
        return
    try:
        part = out.with_name(out.name + ".part")
        part.write_bytes(content)
        part.replace(out)
    except OSError as error:
        raise DataError(out, "", error.strerror or str(error), "a file that you can write") from None
    say(f"{len(records)} entries in {out}")


@app.command()
def check(config_file: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Validate all data files, never from the cache. Example: mediagap catalogue check"""
    settings = config.load(config_file)
    found = counted(catalogue.load(settings.catalogue))
    counts = {
        "entries": found.entries, "lines": found.lines, "pairs": found.pairs, "places": found.places,
        "organisations": found.organisations, "outlets": len(registry.load(settings.sources)),
    }  # fmt: skip
    if as_json:
        options.print_json(counts)
    else:
        tell(", ".join(f"{n} {name}" for name, n in counts.items()))


@app.command()
def stats(config_file: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Count entries by chapter, pair, kind, status and language. Example: mediagap catalogue stats --json"""
    known = _catalogue(config_file)
    data: dict[str, Any] = asdict(counted(known))
    today = datetime.now(UTC).date()
    states = [liveness.stated(entry, today).state.value for entry in known.entries.values()]
    data["watched_or_archive"] = {state: states.count(state) for state in sorted(set(states))}
    if as_json:
        options.print_json(data)
        return
    tell(", ".join(f"{data[key]} {key}" for key in ("entries", "lines", "pairs", "places", "organisations")))
    for title, key in (
        ("By chapter of the book", "by_chapter"), ("By kind", "by_kind"), ("By status in the book", "by_status"),
        ("Known of today, without an archive of news", "watched_or_archive"),
        ("With a title or name in", "languages"), ("By home pair", "by_pair"),
    ):  # fmt: skip
        tell(f"\n{title}")
        for name, number in data[key].items():
            tell(f"  {number:>5}  {name}")


@app.command()
def show(
    query: Annotated[str, typer.Argument(help="An id, or any name.")],
    config_file: ConfigOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Show all that the catalogue says of one entry. Example: mediagap catalogue show forum-of-regions-4"""
    known = _catalogue(config_file)
    entry = lookup.one(known, query, "catalogue show")
    record = next(one for one in known.export() if one["id"] == entry.id)
    if as_json:
        options.print_json(record)
        return
    tell(f"{entry.id}: {entry.kind.value}, {entry.status.value} as of {entry.status_as_of}")
    for language, title in entry.title.items():
        tell(f"  {language}: {title}")
    tell(
        "Parties: " + "; ".join(f"{p['name'].get('en') or p['id']} ({p['region']})" for p in record["parties"])
    )
    for key, value in record.items():
        if key not in ("id", "kind", "title", "parties", "status", "status_as_of") and value not in (
            None,
            [],
            {},
        ):
            tell(f"{key}: {_inline(value)}")
    line = next(members for members in known.lines.values() if entry.id in members)
    if len(line) > 1:
        tell("Line: " + " -> ".join(line))


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="An earlier export.")],
    new: Annotated[Path, typer.Argument(help="A later export.")],
    as_json: JsonOption = False,
) -> None:
    """Say what changed between two exports. Example: mediagap catalogue diff old.jsonl new.jsonl"""
    changes = differences.diff(differences.read_export(old), differences.read_export(new))
    if as_json:
        options.print_json([asdict(one) for one in changes])
        return
    for one in changes:
        tell(f"{one.what}: {one.id} ({one.title})")
        for field, (before, after) in one.fields.items():
            tell(f"  {field}: {_inline(before)} -> {_inline(after)}")
    tell(f"{len(changes)} entries differ" if changes else "no difference")


@app.command()
def add(config_file: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Ask for the fields of a new entry and add it to its file. Example: mediagap catalogue add"""
    settings = config.load(config_file)
    known = catalogue.load(settings.catalogue)
    record = ask.entry(known)
    path = adding.add(settings.catalogue, record, known.gazetteer)
    if as_json:
        options.print_json({"id": record["id"], "file": str(path)})
    else:
        tell(f"{record['id']} stands at the end of {path}")


proposed = typer.Typer(invoke_without_command=True, help="Agreements that the news report and no entry is.")
app.add_typer(proposed, name="proposals")


@proposed.callback()
def proposals(
    context: typer.Context,
    config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """List new agreements that articles report, with the articles. Example: mediagap catalogue proposals"""
    if context.invoked_subcommand is not None:
        return
    settings = options.settings(config_file, db)
    withheld = Withheld(registry.load(settings.sources), settings.profile, datetime.now(UTC).date())
    with closing((database := work.open_for(settings)).conn):
        shown = proposed_to.shown(database, work.known(settings), withheld)
    if as_json:
        options.print_json([one.plain() for one in shown])
        return
    for one in shown:
        tell(f"{one.number}  {one.record['title']['en']} ({one.pair}, {one.kind.value})")
        for article in one.articles:
            tell(f"    {article.day} {article.outlet or article.source}: {article.title}")
    if not shown:
        tell("no article reports a document that no entry is")


@proposed.command()
def accept(
    number: Annotated[int, typer.Argument(help="As `proposals` prints it.")],
    config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Add the suggested entry to its file, to be completed there. Example: mediagap catalogue proposals accept 3"""
    settings = options.settings(config_file, db)
    known = catalogue.load(settings.catalogue)
    with closing((database := work.open_for(settings)).conn):
        record = proposing.one(database, known, number).record
        path = adding.add(settings.catalogue, record, known.gazetteer)
        proposing.settle(database, number, accepted=True)
    if as_json:
        options.print_json({"id": record["id"], "file": str(path)})
    else:
        tell(f"{record['id']} stands at the end of {path}; complete it there")


@proposed.command()
def reject(
    number: Annotated[int, typer.Argument(help="As `proposals` prints it.")],
    config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Take a proposal off the list for good. Example: mediagap catalogue proposals reject 3"""
    settings = options.settings(config_file, db)
    with closing((database := work.open_for(settings)).conn):
        proposing.one(database, work.known(settings), number)
        proposing.settle(database, number, accepted=False)
    if as_json:
        options.print_json({"rejected": number})
    else:
        tell(f"{number} is off the list")


@app.command("set")
def set_(
    query: Annotated[str, typer.Argument(metavar="ENTRY", help="Id or any name of the entry.")],
    field: Annotated[str, typer.Argument(help="status_now, signed, starts or ends.")],
    value: Annotated[
        str, typer.Argument(help="A date; of status_now: " + " ".join(change.STATUS_NOW) + ".")
    ],
    source: Annotated[str, typer.Option(help="Of status_now: address of the page or act that shows it.")] = "",
    date: Annotated[str, typer.Option(help="Of status_now: since when, such as 2026-11; today by default.")] = "",
    config_file: ConfigOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Say what is known of an entry today. Example: mediagap catalogue set forum-of-regions-4 status_now ended --source https://example.by/act"""
    settings, today = config.load(config_file), datetime.now(UTC).date()
    known = catalogue.load(settings.catalogue)
    entry = lookup.one(known, query, "catalogue set").id
    if field == "status_now":
        path = change.set_status(
            settings.catalogue, entry, value, date or str(today), source, today, known.gazetteer
        )
    elif source or date:
        raise DataError("catalogue set", field, source or date, "--source and --date with status_now only")
    else:
        path = change.set_date(settings.catalogue, entry, field, value, known.gazetteer)
    state = liveness.stated(catalogue.load(settings.catalogue, known.gazetteer).entries[entry], today).state
    if as_json:
        options.print_json({"id": entry, "file": str(path), "state": state.value})
    else:
        tell(f"{entry}: {field} {value}, state of today: {state.value}; {path}")


@app.command()
def questions(
    pair: Annotated[str | None, typer.Option(help="Only of this pair, such as BY-MA:RU-KOS.")] = None,
    config_file: ConfigOption = None, db: DbOption = None, now: NowOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """List entries without a sign of life, with the command that answers. Example: mediagap catalogue questions"""
    settings = options.settings(config_file, db)
    wanted = codes.pair(pair, "--pair", "") if pair else None
    view = work.view(settings, work.open_for(settings, write=False), options.moment(now))
    found = [one for one in view.questions if wanted is None or wanted in one.entry.pairs]
    if as_json:
        options.print_json([
            {"entry": one.entry.id, "title": view.reader.title(one.entry), "status": one.entry.status.value,
             "status_as_of": str(one.entry.status_as_of)}
            for one in found
        ])  # fmt: skip
        return
    for one in found:
        entry = one.entry
        tell(f"{view.reader.title(entry)}: {entry.status.value} as of {entry.status_as_of}; what is it today?")
        tell(f"  mediagap catalogue set {entry.id} status_now active --source ADDRESS   # or ended, denounced")
    tell(f"{len(found)} questions" if found else "no question")


def _catalogue(config_file: Path | None) -> Catalogue:
    return catalogue.load(config.load(config_file).catalogue)


def _inline(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
