"""What a command would otherwise make anew each time: the catalogue out of a hundred files, the forms of its names."""

import json
import logging
from importlib import metadata
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from crawlers import text
from matcher import belarusian, catalogue, entries, forms, places, russian
from matcher.catalogue import Catalogue
from matcher.entries import Entry
from matcher.match import Matcher
from matcher.model import Model
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
    known = last_good(cached)
    if known is not None and known.version == version:
        return known
    loaded = catalogue.load(folder)
    _write(cached, _plain(f"{version}-{_SHAPE}", loaded))
    return loaded


def matcher(known: Catalogue, cached: Path, learned: Model | None = None) -> Matcher:
    """The matcher of a catalogue, with the program's weights or learned ones. Forms of names are kept in a second file beside `cached`.

    The forms are a function of the names alone: of a catalogue that has
    changed only the new names are declined.
    """
    beside = cached.with_suffix(".forms.json")
    stored = _stored(beside, _DECLENSION)
    if stored is not None:
        forms.remember(stored["forms"])
    built = Matcher(known, learned)
    made = forms.remembered()
    if stored is None or made.keys() - stored["forms"].keys():
        _write(beside, {"key": _DECLENSION, "forms": made})
    return built


def _digest(*modules: Any) -> str:
    return catalogue.digest([Path(module.__file__) for module in modules if module.__file__])


_SHAPE = _digest(entries, places, catalogue)
"""Fingerprint of the models: another version of the program reads the files again."""

_DECLENSION = "-".join(
    [_digest(forms, russian, belarusian, text), *map(metadata.version, ("pymorphy3", "pymorphy3-dicts-ru"))]
)
"""Fingerprint of all that makes forms of a name."""


def _stored(path: Path, key: str) -> dict[str, Any] | None:
    """What a cache file holds, if it is one whose key ends so."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and str(found.get("key")).endswith(key) else None


def last_good(cached: Path) -> Catalogue | None:
    """The catalogue as it was when it was last read whole, whatever its files hold by now; None: never."""
    stored = _stored(cached, f"-{_SHAPE}")
    if stored is None:
        return None
    gazetteer = Gazetteer(
        {Path(name): PlaceFile.model_validate(file) for name, file in stored["places"].items()}
    )
    found = {entry.id: entry for entry in _ENTRIES.validate_python(stored["entries"])}
    return Catalogue(found, gazetteer, stored["key"].removesuffix(f"-{_SHAPE}"))


def _plain(key: str, loaded: Catalogue) -> dict[str, Any]:
    return {
        "key": key,
        "places": {str(path): file.model_dump(mode="json") for path, file in loaded.gazetteer.files.items()},
        "entries": [entry.model_dump(mode="json") for entry in loaded.entries.values()],
    }


def _write(cached: Path, stored: dict[str, Any]) -> None:
    part = cached.with_name(cached.name + ".part")
    try:
        part.write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")
        part.replace(cached)
    except OSError as error:
        _log.info("the cache %s was not written: %s", cached, error)
