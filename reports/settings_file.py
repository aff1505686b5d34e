"""The settings file that documents itself: every key with its meaning, and its default as a comment."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from textwrap import wrap

from crawlers import registry
from crawlers.datafile import build
from matcher import catalogue
from reports import config
from reports.config import Key, Recipient, Settings

HEAD = """\
# Settings of mediagap. A line that begins with # shows a default; take the # away to change it.
# Any key can be overridden by a variable of the environment: hour of [schedule] by MEDIAGAP_SCHEDULE_HOUR.
# Unknown keys and variables are refused.
"""
_OF_THE_PROGRAM = (registry.SOURCES, catalogue.CATALOGUE)


def text(chosen: Mapping[Key, object]) -> str:
    """The file with `chosen` set. Raises DataError for a value that the settings would refuse."""
    lines, section = [HEAD], ""
    for key, field in config.each_key():
        if ".".join(key[:-1]) != section:
            section = ".".join(key[:-1])
            lines.append(f"\n[{section}]")
        default = field.get_default(call_default_factory=True)
        lines += [f"# {line}" for line in wrap(field.description or "", 108)]
        set_ = key in chosen
        lines.append(f"{'' if set_ else '# '}{key[-1]} = {_toml(chosen[key] if set_ else default)}")
    lines.append(
        "\n# Who gets the weekly letter; `mediagap subscribers add` keeps readers in the database instead."
    )
    lines.append("# [[recipients]]")
    for name, field in Recipient.model_fields.items():
        lines += [f"# {name} = {_toml('' if field.is_required() else field.default)}  # {field.description}"]
    whole = "\n".join(lines) + "\n"
    build(Settings, tomllib.loads(whole), "settings")
    return whole


def _toml(value: object) -> str:
    """A value as TOML writes it; what has no default, or one that depends on the place, is empty."""
    if value is None or value in _OF_THE_PROGRAM:
        return '""'
    return json.dumps(str(value) if isinstance(value, Path) else value, ensure_ascii=False)
