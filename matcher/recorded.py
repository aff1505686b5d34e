"""Recorded articles of public collections, for measuring."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from matcher.records import Text


def articles(corpora: Path) -> Iterator[Text]:
    """Articles of all collections; collections of sentences are no articles and are left out."""
    for path in sorted(corpora.glob("*/*.jsonl.gz")):
        if "sentences" in path.name:
            continue
        with gzip.open(path) as lines:
            for number, line in enumerate(lines, start=1):
                record = json.loads(line)
                yield Text(
                    f"{path.parent.name}:{number}", record.get("title") or "", record.get("text") or "",
                    record.get("language"),
                )  # fmt: skip
