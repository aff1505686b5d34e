"""`mediagap catalogue`: the agreements and projects that coverage is measured against."""

import typer

from crawlers import registry
from matcher import catalogue
from reports import config
from reports.commands import options
from reports.commands.options import ConfigOption, JsonOption
from reports.terminal import tell

app = typer.Typer(no_args_is_help=True, help="The agreements and projects that coverage is measured against.")


@app.command()
def export(config_file: ConfigOption = None) -> None:
    """Print one JSON object per entry. Example: mediagap catalogue export > entries.jsonl"""
    for record in catalogue.load(config.load(config_file).catalogue).export():
        options.print_json(record)


@app.command()
def check(config_file: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Validate all data files. Example: mediagap catalogue check"""
    settings = config.load(config_file)
    known = catalogue.load(settings.catalogue)
    outlets = registry.load(settings.sources)
    counts = {
        "entries": len(known.entries), "lines": len(known.lines), "pairs": len(known.pairs()),
        "places": len(known.gazetteer.places), "organisations": len(known.gazetteer.organisations),
        "outlets": len(outlets),
    }  # fmt: skip
    options.print_json(counts) if as_json else tell(", ".join(f"{n} {name}" for name, n in counts.items()))
