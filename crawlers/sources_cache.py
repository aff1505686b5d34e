"""The outlets out of one file in place of hundreds, where that was made of the same ones."""

from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from crawlers import codes, datafile, kept, registry, restrictions, selectors, urls
from crawlers.registry import Outlet

_OUTLETS = TypeAdapter(tuple[Outlet, ...])
_SHAPE = kept.digest_of(registry, restrictions, selectors, codes, datafile, urls)
"""Fingerprint of the models: another version of the program reads the files again."""


def load(folder: Path, cached: Path) -> dict[str, Outlet]:
    """What `registry.load` gives and raises for `folder`, sooner where `cached` was made of the same files.

    `cached` is JSON and read through the same models; what it holds was valid when it was written.
    """
    try:
        key = f"{kept.digest(sorted(folder.glob('*/*.yml')), folder)}-{_SHAPE}"
    except OSError:
        return registry.load(folder)  # says which file cannot be read
    if stored := kept.read(cached, key):
        try:
            outlets = _OUTLETS.validate_python(stored.get("outlets"), context=selectors.CHECKED)
            return {one.id: one for one in outlets}
        except ValidationError:
            pass  # somebody else wrote it: it is written anew
    loaded = registry.load(folder)
    plain = [one.model_dump(mode="json", exclude_defaults=True) for one in loaded.values()]
    kept.write(cached, {"key": key, "outlets": plain})
    return loaded
