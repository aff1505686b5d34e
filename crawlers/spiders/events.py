"""Progress of a crawl for the process that started it: one line of JSON an event."""

import json
import os
import sys
from typing import Any


def emit(event: dict[str, Any]) -> None:
    """Tells an event. Where nobody listens any more, the crawl goes on untold: the one who started it was killed."""
    try:
        sys.stdout.write(json.dumps(event, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # raised on into a spider, it would leave out the pages that a listing has just announced
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
