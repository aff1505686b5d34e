"""Adding an entry to its file without touching a letter of what stands there."""

import io
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from crawlers import codes
from crawlers.errors import DataError
from matcher import catalogue
from matcher.places import Gazetteer

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")


def home_file(folder: Path, pair: str, gazetteer: Gazetteer) -> Path:
    """The file of a pair's partner: the one that has entries of it, or <cc>/<region>.yml by its English name."""
    partner = codes.pair(pair, "pairs", "").partner
    for path in sorted(folder.glob("*/*.yml")):
        if any(str(p).endswith(f":{partner}") for e in catalogue.read(path)[:1] for p in e.pairs[:1]):
            return path
    country = codes.country_of(partner).lower()
    if codes.is_country(partner):
        return folder / country / "_country.yml"
    known = gazetteer.places.get(partner)
    name = known.names.get("en", (partner,))[0] if known else partner
    slug = re.sub(r"[^a-z]+", "-", name.lower().replace("region", "")).strip("-")
    return folder / country / f"{slug}.yml"


def add(folder: Path, record: dict[str, Any], gazetteer: Gazetteer) -> Path:
    """Appends `record` to the file of its first pair; returns that file.

    The whole catalogue is loaded with the new entry from a copy before the file is replaced: a fault leaves
    everything as it was and is raised as DataError.
    """
    if not _ID.fullmatch(str(record.get("id", ""))):
        raise DataError("add", "id", record.get("id"), "lower-case words joined by hyphens, at least two")
    path = home_file(folder, record["pairs"][0], gazetteer)
    before = path.read_text(encoding="utf-8") if path.is_file() else "names_checked: null\nentries:\n"
    after = before.rstrip("\n") + "\n\n" + as_yaml(record)
    replace(folder, path, after, gazetteer)
    return path


def replace(folder: Path, path: Path, after: str, gazetteer: Gazetteer) -> None:
    """Gives a file of the catalogue another content, if the whole catalogue loads with it; else raises DataError."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "catalogue"
        shutil.copytree(folder, copy)
        draft = copy / path.relative_to(folder)
        draft.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(after, encoding="utf-8")
        try:
            catalogue.load(copy, gazetteer)
        except DataError as error:
            where = error.where.replace(str(copy), str(folder))
            raise DataError(where, error.field, error.found, error.allowed, error.repair) from None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_text(after, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise DataError(path, "", error.strerror or str(error), "a file that you can write") from None


def as_yaml(record: dict[str, Any]) -> str:
    """The entry as the catalogue's files write it: lists and short mappings on one line."""
    yaml = YAML()
    yaml.width = 4000
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    text = io.StringIO()
    yaml.dump({"entries": [_styled(yaml, record)]}, text)
    return text.getvalue().split("\n", 1)[1]


def _styled(yaml: YAML, record: dict[str, Any]) -> Any:
    styled = yaml.map()
    for key, value in record.items():
        if value in (None, "", [], {}):
            continue
        if key in ("title", "book") and isinstance(value, dict):
            styled[key] = yaml.map()
            for inner, each in value.items():
                if each not in (None, [], ""):
                    styled[key][inner] = _flow(yaml, each) if inner != "urls" else each
        else:
            styled[key] = _flow(yaml, value)
    return styled


def _flow(yaml: YAML, value: Any) -> Any:
    if isinstance(value, dict):
        styled = yaml.map(**{key: _flow(yaml, each) for key, each in value.items()})
        styled.fa.set_flow_style()
        return styled
    if isinstance(value, list):
        styled = yaml.seq([_flow(yaml, each) for each in value])
        styled.fa.set_flow_style()
        return styled
    return value
