"""Running the real command as its user does: a process with arguments, an environment and two streams."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping

COMMAND = [sys.executable, "-c", "from reports.cli import main; main()"]


def started(*arguments: str, env: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    """The running process of `mediagap ARGUMENTS`."""
    return subprocess.Popen(
        [*COMMAND, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, env={**os.environ, "PYTHONUTF8": "1", **(env or {})},
        # tests that run in the background ignore Ctrl-C, and what they start would too
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip


def mediagap(
    *arguments: str, env: Mapping[str, str] | None = None, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    """The ended process of `mediagap ARGUMENTS`."""
    return subprocess.run(
        [*COMMAND, *arguments], input=stdin, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONUTF8": "1", **(env or {})},
    )  # fmt: skip
