"""What changed between two exports of the catalogue."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawlers.errors import DataError


@dataclass(frozen=True)
class Change:
    """One entry that was added, removed or changed; for a change the fields with both values."""

    id: str
    what: str
    """added, removed or changed."""
    title: str
    fields: dict[str, tuple[Any, Any]]


def read_export(path: Path) -> dict[str, dict[str, Any]]:
    """Records of `mediagap catalogue export` by id; raises DataError for a file that is no export."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(path, "", str(error), "an export of the catalogue") from None
    records: dict[str, dict[str, Any]] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            records[record["id"]] = record
        except (ValueError, KeyError, TypeError):
            raise DataError(f"{path}:{number}", "", line[:60], "a JSON object with an id") from None
    return records


def diff(old: dict[str, dict[str, Any]], new: dict[str, dict[str, Any]]) -> list[Change]:
    """Changes from `old` to `new`, by id."""
    found = []
    for key in sorted({*old, *new}):
        before, after = old.get(key), new.get(key)
        title = (after or before or {}).get("title", {}).get("en", key)
        if before is None or after is None:
            found.append(Change(key, "added" if before is None else "removed", title, {}))
            continue
        fields = {
            field: (before.get(field), after.get(field))
            for field in sorted({*before, *after})
            if before.get(field) != after.get(field)
        }
        if fields:
            found.append(Change(key, "changed", title, fields))
    return found
