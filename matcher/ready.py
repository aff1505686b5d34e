"""The matcher of a catalogue, sooner than from nothing: the forms of its names are kept in a file."""

from importlib import metadata
from pathlib import Path

from crawlers import kept, text
from matcher import belarusian, forms, russian
from matcher.catalogue import Catalogue
from matcher.match import Matcher
from matcher.model import Model


def matcher(known: Catalogue, cached: Path, learned: Model | None = None) -> Matcher:
    """The matcher of a catalogue, with the program's weights or learned ones.

    Forms of names are kept in a second file beside `cached`. They are a function of the names alone: of a
    catalogue that has changed only the new names are declined.
    """
    beside = cached.with_suffix(".forms.json")
    stored = kept.read(beside, _DECLENSION)
    if stored is not None:
        forms.remember(stored["forms"])
    built = Matcher(known, learned)
    made = forms.remembered()
    if stored is None or made.keys() - stored["forms"].keys():
        kept.write(beside, {"key": _DECLENSION, "forms": made})
    return built


_DECLENSION = "-".join(
    [
        kept.digest_of(forms, russian, belarusian, text),
        *map(metadata.version, ("pymorphy3", "pymorphy3-dicts-ru")),
    ]
)
"""Fingerprint of all that makes forms of a name."""
