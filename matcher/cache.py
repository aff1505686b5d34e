"""The catalogue as it was last read, so that a command need not read a hundred files again."""

import json
import logging
from pathlib import Path

from pydantic import TypeAdapter

from matcher import catalogue, entries, places
from matcher.catalogue import Catalogue
from matcher.entries import Entry
from matcher.places import Gazetteer, PlaceFile

_ENTRIES = TypeAdapter(tuple[Entry, ...])
_log = logging.getLogger(__name__)


def load(folder: Path, cached: Path) -> Catalogue:
    """The catalogue of `folder` from `cached`, or from its files where that is missing or of other content.

    `cached` is a file of ours that is written anew whenever the data files have changed. It is JSON and read
    as data through the same models as the files. Raises DataError as `catalogue.load` does. A cache that
    cannot be written costs time on the next call, nothing else.
    """
    version = catalogue.fingerprint(folder, sorted(places.PLACES.glob("*.yml")))
    key = f"{version}-{_SHAPE}"
    known = _read(cached, key)
    if known is not None:
        return Catalogue(known[0], known[1], version)
    loaded = catalogue.load(folder)
    _write(cached, key, loaded)
    return loaded


_SHAPE = catalogue.digest([Path(module.__file__) for module in (entries, places, catalogue) if module.__file__])
"""Fingerprint of the models: another version of the program reads the files again."""


def _read(cached: Path, key: str) -> tuple[dict[str, Entry], Gazetteer] | None:
    try:
        stored = json.loads(cached.read_bytes())
    except (OSError, ValueError):
        return None
    if not isinstance(stored, dict) or stored.get("key") != key:
        return None
    gazetteer = Gazetteer(
        {Path(name): PlaceFile.model_validate(file) for name, file in stored["places"].items()}
    )
    return {entry.id: entry for entry in _ENTRIES.validate_python(stored["entries"])}, gazetteer


def _write(cached: Path, key: str, loaded: Catalogue) -> None:
    stored = {
        "key": key,
        "places": {str(path): file.model_dump(mode="json") for path, file in loaded.gazetteer.files.items()},
        "entries": [entry.model_dump(mode="json") for entry in loaded.entries.values()],
    }
    part = cached.with_name(cached.name + ".part")
    try:
        part.write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")
        part.replace(cached)
    except OSError as error:
        _log.info("the catalogue's cache %s was not written: %s", cached, error)
