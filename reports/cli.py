"""The command line: `mediagap COMMAND`. Exit codes: 0; 1 only with --fail-on; 2 usage, settings or data;
3 nothing could be observed; 4 busy; 70 internal error; 130 ended by Ctrl-C, 143 by a request to terminate.
"""

import errno
import gc
import os
import signal
import sqlite3
import sys
import tempfile
import traceback
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import NoReturn

import typer

from crawlers import store
from crawlers.errors import Interrupted, MediagapError
from reports.terminal import say

_COMMANDS = {
    "demo": "passes.demo",
    "run": "passes.run",
    "crawl": "passes.crawl",
    "gaps": "lists.gaps",
    "leads": "lists.leads",
    "measures": "lists.measures",
    "pairs": "lists.pairs",
    "check": "answers.check",
    "report": "answers.report",
    "schedule": "operate.schedule",
    "status": "operate.status",
    "init": "install.init",
    "backup": "install.backup",
    "restore": "install.restore",
    "prune": "install.prune",
    "desk": "operate.desk",
    "import": "passes.import_",
    "doctor": "install.doctor_",
}
"""Where each command stands below reports.commands."""
_GROUPS = {
    "match": "match",
    "articles": "articles",
    "article": "articles",
    "lead": "leads",
    "editors": "editors",
    "letter": "letter",
    "audit": "audit",
    "subscribers": "subscribers",
    "catalogue": "catalogue",
    "sources": "sources",
}
"""Modules there that hold several, as `app`."""
_OTHER_NAMES = frozenset({"article"})


def program(wanted: str = "") -> typer.Typer:
    """The commands, or only the `wanted` one where there is such a one: to import what all of them need takes
    longer than to answer a question.
    """
    app = typer.Typer(
        no_args_is_help=True, add_completion=True, pretty_exceptions_enable=False, help=__doc__,
        callback=lambda: None,  # keeps it a program of commands where there is only one
    )  # fmt: skip
    known = wanted in _COMMANDS or wanted in _GROUPS
    for name, where in _COMMANDS.items():
        if not known or name == wanted:
            module, _, function = where.partition(".")
            app.command(name)(getattr(import_module(f"reports.commands.{module}"), function))
    for name, module in _GROUPS.items():
        if not known or name == wanted:
            group = import_module(f"reports.commands.{module}").app
            app.add_typer(group, name=name, hidden=name in _OTHER_NAMES)
    return app


_BETWEEN_COLLECTIONS = 100_000
"""Objects: a catalogue and an archive make hundreds of thousands that stay, and Python's 700 has each walked through
time and again.
"""
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def _end(number: int, _: FrameType | None) -> None:
    """Ends what is being done, once: an impatient second Ctrl-C must not break the tidying up."""
    for one in ENDING:
        signal.signal(one, signal.SIG_IGN)
    raise Interrupted(number)


def main() -> None:
    """Runs a command; errors that the user can mend are one line."""
    gc.set_threshold(_BETWEEN_COLLECTIONS)
    for number in ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup and background jobs have it
            signal.signal(number, _end)
    try:
        program(next((one for one in sys.argv[1:] if not one.startswith("-")), ""))()
    except Interrupted as ended:
        say(f"mediagap: {ended}; what was stored is whole, and the next run goes on from there")
        sys.exit(ended.exit_code)
    except MediagapError as error:
        say(f"mediagap: {error}")
        sys.exit(error.exit_code)
    except sqlite3.OperationalError as error:
        known = store.database_error(error, "database")
        if not isinstance(known, MediagapError):
            raise
        say(f"mediagap: {known}")
        sys.exit(known.exit_code)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            _internal(error)
        say(
            f"mediagap: {error.filename or 'output'}: found no space left on the disk, allowed: free space; free some and run again"
        )
        sys.exit(2)
    except Exception as error:  # noqa: BLE001 - the outermost edge
        _internal(error)


def _internal(error: Exception) -> NoReturn:
    """A fault of ours: one line for the user, the traceback into a file that can be sent to us."""
    path = Path(tempfile.gettempdir()) / f"mediagap-error-{os.getpid()}.log"
    told = f"see {path}"
    try:
        path.write_text(traceback.format_exc(), encoding="utf-8")
    except OSError as full:
        told = f"the traceback could not be written to {path}: {full.strerror}"
    say(f"mediagap: internal error: {type(error).__name__}: {error}; {told}")
    sys.exit(70)
