"""Files that spare a command what it would otherwise make anew each time. None of them is ever needed or believed
blindly: each says what it was made of, and one that is missing, broken or of something else is made again.
"""

import hashlib
import json
import logging
import os
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

_log = logging.getLogger(__name__)


def digest(paths: Iterable[Path], below: Path | None = None) -> str:
    """Fingerprint of files by content and by name, or where they stand `below` a folder. Raises OSError."""
    found = hashlib.blake2b(digest_size=6)
    for path in paths:
        name = path.relative_to(below).as_posix() if below else path.name
        found.update(name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def digest_of(*modules: ModuleType) -> str:
    """Fingerprint of parts of the program: what another version of it has kept is made again."""
    return digest([Path(module.__file__) for module in modules if module.__file__])


def read(path: Path, key: str) -> dict[str, Any] | None:
    """What a file of ours holds, if it is one whose key ends so."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and str(found.get("key")).endswith(key) else None


def write(path: Path, content: dict[str, Any]) -> None:
    """Writes a file whole or not at all. One that cannot be written costs time on the next call, nothing else."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")  # of two at once neither gets the other's lines
    try:
        part.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        _log.info("the cache %s was not written: %s", path, error)
