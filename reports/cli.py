"""The command line: `mediagap COMMAND`. Exit codes: 0; 1 only with --fail-on; 2 usage, settings or data;
3 nothing could be observed; 4 busy; 70 internal error.
"""

import logging
import sqlite3
import sys

import typer

from crawlers import store
from crawlers.errors import MediagapError
from reports.commands import answers, catalogue, letter, passes, sources
from reports.terminal import say

app = typer.Typer(no_args_is_help=True, add_completion=True, pretty_exceptions_enable=False, help=__doc__)
for command in (
    passes.demo,
    passes.run,
    passes.crawl,
    passes.match,
    answers.gaps,
    answers.check,
    answers.report,
):
    app.command()(command)
app.command("import")(passes.import_)
app.add_typer(letter.app, name="letter")
app.add_typer(catalogue.app, name="catalogue")
app.add_typer(sources.app, name="sources")


def main() -> None:
    """Runs a command; errors that the user can mend are one line."""
    try:
        app()
    except MediagapError as error:
        say(f"mediagap: {error}")
        sys.exit(error.exit_code)
    except sqlite3.OperationalError as error:
        known = store.database_error(error, "database")
        if not isinstance(known, MediagapError):
            raise
        say(f"mediagap: {known}")
        sys.exit(known.exit_code)
    except Exception as error:
        logging.getLogger("mediagap").exception("internal error")
        say(f"mediagap: internal error: {type(error).__name__}: {error}")
        sys.exit(70)
