"""The crawling process: a reactor runs once per process, so each crawl and each check has its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import IO, Any

Event = dict[str, Any]

# Not -m: each process that reads documents for the child would import its module, and Scrapy with it, again.
_CHILD = "import sys; from crawlers.child import main; sys.exit(main(sys.argv[1]))"

END_SECONDS = 1.0
"""How long a crawling process that was asked to end may take before it is asked more strongly."""


def run_child(
    arguments: dict[str, Any], errors: IO[str], on_event: Callable[[Event], object], held: Sequence[int] = ()
) -> int:
    """Runs `crawlers.child` to its end, handing on each event it tells; returns its exit code.

    `held`: open files that the child holds too, for as long as it lives.
    """
    command = [sys.executable, "-c", _CHILD, json.dumps(arguments)]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, text=True, encoding="utf-8",
        env={**os.environ, "SCRAPY_SETTINGS_MODULE": "crawlers.settings", "PYTHONUTF8": "1"}, pass_fds=held,
    ) as child:  # fmt: skip
        assert child.stdout is not None
        try:
            for line in child.stdout:
                on_event(json.loads(line))
            return child.wait()
        except BaseException:
            _end(child)
            raise


def _end(child: subprocess.Popen[str]) -> None:
    """Ends the child: it finishes the transaction it is in, and what it did not read stays pending.

    Asked once, Scrapy waits for the answers under way, which a silent site never gives; asked again, it does
    not. A child that hears neither loses at worst the transaction it is in.
    """
    for ask in (child.terminate, child.terminate, child.kill):
        ask()
        try:
            child.wait(END_SECONDS)
            return
        except subprocess.TimeoutExpired:
            continue
    child.wait()
