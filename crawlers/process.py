"""The crawling process: a reactor runs once per process, so each crawl and each check has its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import IO, Any

Event = dict[str, Any]


def run_child(arguments: dict[str, Any], errors: IO[str], on_event: Callable[[Event], object]) -> int:
    """Runs `crawlers.child` to its end, handing on each event it tells; returns its exit code."""
    command = [sys.executable, "-m", "crawlers.child", json.dumps(arguments)]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, text=True, encoding="utf-8",
        env={**os.environ, "SCRAPY_SETTINGS_MODULE": "crawlers.settings", "PYTHONUTF8": "1"},
    ) as child:  # fmt: skip
        assert child.stdout is not None
        try:
            for line in child.stdout:
                on_event(json.loads(line))
            return child.wait()
        except BaseException:
            child.terminate()  # Scrapy finishes the transaction it is in; the rest stays pending
            child.wait()
            raise
