"""Running the real command as its user does: a process with arguments, an environment and two streams."""

import atexit
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

COMMAND = [sys.executable, "-c", "from reports.cli import main; main()"]


def started(*arguments: str, env: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    """The running process of `mediagap ARGUMENTS`."""
    return subprocess.Popen(
        [*COMMAND, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, env=_environment(env),
        # tests that run in the background ignore Ctrl-C, and what they start would too
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip


def mediagap(
    *arguments: str, env: Mapping[str, str] | None = None, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    """The ended process of `mediagap ARGUMENTS`, forked from one that has imported the program."""
    with tempfile.TemporaryDirectory() as folder:
        files = {name: Path(folder) / name for name in ("stdin", "stdout", "stderr")}
        for name, path in files.items():
            path.write_text(stdin if name == "stdin" else "", encoding="utf-8")
        paths = {name: str(path) for name, path in files.items()}
        job = {"arguments": arguments, "env": _environment(env), "cwd": str(Path.cwd()), **paths}
        server = _server()
        assert server.stdin is not None
        assert server.stdout is not None
        print(json.dumps(job), file=server.stdin, flush=True)
        code = int(server.stdout.readline())
        out, err = (files[name].read_text(encoding="utf-8") for name in ("stdout", "stderr"))
    return subprocess.CompletedProcess(["mediagap", *arguments], code, out, err)


@cache
def _server() -> subprocess.Popen[str]:
    """One for each process that runs tests. It ends when its input does, with the tests."""
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.forkserver"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=_environment(None), cwd=Path(__file__).parents[1],
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    atexit.register(server.communicate)
    return server


def _environment(more: Mapping[str, str] | None) -> dict[str, str]:
    return {**os.environ, "PYTHONUTF8": "1", **(more or {})}
