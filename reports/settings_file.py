"""The settings file that documents itself: every key with its meaning, and its default as a comment."""

import ast
import json
import tomllib
from collections.abc import Mapping
from functools import cache
from inspect import cleandoc
from itertools import pairwise
from pathlib import Path
from textwrap import wrap
from typing import Any

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
        lines += [f"# {line}" for line in wrap(meaning(key), 108)]
        set_ = key in chosen
        lines.append(f"{'' if set_ else '# '}{key[-1]} = {_toml(chosen[key] if set_ else default)}")
    lines.append(
        "\n# Who gets the weekly letter; `mediagap subscribers add` keeps readers in the database instead."
    )
    lines.append("# [[recipients]]")
    for name, field in Recipient.model_fields.items():
        lines += [
            f"# {name} = {_toml('' if field.is_required() else field.default)}  # {_meanings()[Recipient.__name__][name]}"
        ]
    whole = "\n".join(lines) + "\n"
    build(Settings, tomllib.loads(whole), "settings")
    return whole


def meaning(key: Key) -> str:
    """The text below a key in its section."""
    section: Any = Settings
    for name in key[:-1]:
        section = section.model_fields[name].annotation
    return _meanings()[section.__name__][key[-1]]


@cache
def _meanings() -> dict[str, dict[str, str]]:
    # read here rather than by pydantic, which would read the module again for each section at each start
    found: dict[str, dict[str, str]] = {}
    sections = ast.parse(Path(config.__file__).read_text(encoding="utf-8")).body
    for section in (one for one in sections if isinstance(one, ast.ClassDef)):
        for one, below in pairwise(section.body):
            match one, below:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                    found.setdefault(section.name, {})[name] = cleandoc(text)
    return found


def _toml(value: object) -> str:
    """A value as TOML writes it; what has no default, or one that depends on the place, is empty."""
    if value is None or value in _OF_THE_PROGRAM:
        return '""'
    return json.dumps(str(value) if isinstance(value, Path) else value, ensure_ascii=False)
