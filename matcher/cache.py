"""What a command would otherwise make anew each time: the catalogue out of a hundred files."""

from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from crawlers import codes, datafile, kept
from matcher import catalogue, entries, partialdate, places, texts
from matcher.catalogue import Catalogue
from matcher.entries import Entry
from matcher.places import Gazetteer, PlaceFile

_ENTRIES = TypeAdapter(tuple[Entry, ...])
_PLACES = TypeAdapter(dict[Path, PlaceFile])


def load(folder: Path, cached: Path) -> Catalogue:
    """The catalogue of `folder` from `cached`, or from its files where that is missing or of other content.

    `cached` is a file of ours that is written anew whenever the data files have changed. It is JSON and read
    as data through the same models as the files. Raises DataError as `catalogue.load` does. A cache that
    cannot be written costs time on the next call, nothing else.
    """
    try:
        version = catalogue.fingerprint(folder, sorted(places.PLACES.glob("*.yml")))
    except OSError:
        return catalogue.load(folder)  # says which file cannot be read
    known = last_good(cached)
    if known is not None and known.version == version:
        return known
    loaded = catalogue.load(folder)
    kept.write(cached, _plain(f"{version}-{_SHAPE}", loaded))
    return loaded


_SHAPE = kept.digest_of(entries, places, catalogue, partialdate, texts, codes, datafile)
"""Fingerprint of the models: another version of the program reads the files again."""


def last_good(cached: Path) -> Catalogue | None:
    """The catalogue as it was when it was last read whole, whatever its files hold by now; None: never."""
    stored = kept.read(cached, f"-{_SHAPE}")
    if stored is None:
        return None
    try:
        files = _PLACES.validate_python(stored.get("places"))
        found = {entry.id: entry for entry in _ENTRIES.validate_python(stored.get("entries"))}
    except ValidationError:
        return None  # somebody else wrote it
    return Catalogue(found, Gazetteer(files), stored["key"].removesuffix(f"-{_SHAPE}"))


def _plain(key: str, loaded: Catalogue) -> dict[str, Any]:
    return {
        "key": key,
        "places": {str(path): file.model_dump(mode="json") for path, file in loaded.gazetteer.files.items()},
        "entries": [entry.model_dump(mode="json") for entry in loaded.entries.values()],
    }
