"""The cache of the sources gives the outlets of the files, and never old or broken ones."""

import json
import shutil
from pathlib import Path

import pytest

from crawlers import registry, sources_cache
from crawlers.errors import DataError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two real sources, one of them read from listing pages."""
    listing = next(path for path in registry.SOURCES.glob("*/*.yml") if "kind: listing" in path.read_text())
    for path in (listing, registry.SOURCES / "by" / "by-gp.yml"):
        to = tmp_path / "sources" / path.parent.name / path.name
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, to)
    return tmp_path / "sources"


def change(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_all_outlets_come_back_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = sources_cache.load(registry.SOURCES, tmp_path / "cache.json")
    monkeypatch.setattr(registry, "read_yaml", refuse)
    again = sources_cache.load(registry.SOURCES, tmp_path / "cache.json")
    monkeypatch.undo()
    assert list(again.items()) == list(first.items()) == list(registry.load().items())


def refuse(*_: object) -> object:
    raise AssertionError("a file was read again")


def test_changed_file_is_read_again(folder: Path, tmp_path: Path) -> None:
    cached, file = tmp_path / "cache.json", folder / "by" / "by-gp.yml"
    before = sources_cache.load(folder, cached)["by-gp"]
    change(file, f"family: {before.family}", "family: another")
    assert sources_cache.load(folder, cached)["by-gp"].family == "another"


@pytest.mark.parametrize("break_", [
    lambda folder: change(folder / "by" / "by-gp.yml", "country: BY", "country: Belarus"),
    lambda folder: (folder / "by").rename(folder / "kz"),
    lambda folder: shutil.copy(folder / "by" / "by-gp.yml", folder / "by" / "by-gp-2.yml"),
])  # fmt: skip
def test_broken_files_are_refused_though_a_cache_is_there(folder: Path, tmp_path: Path, break_: object) -> None:
    sources_cache.load(folder, tmp_path / "cache.json")
    assert callable(break_)
    break_(folder)
    with pytest.raises(DataError):
        sources_cache.load(folder, tmp_path / "cache.json")


def test_removed_file_is_gone(folder: Path, tmp_path: Path) -> None:
    assert "by-gp" in sources_cache.load(folder, tmp_path / "cache.json")
    (folder / "by" / "by-gp.yml").unlink()
    assert list(sources_cache.load(folder, tmp_path / "cache.json")) == list(registry.load(folder))


@pytest.mark.parametrize("content", ["", "{", "[]", '{"key": "other"}'])
def test_cache_that_is_none_is_written_anew(folder: Path, tmp_path: Path, content: str) -> None:
    cached = tmp_path / "cache.json"
    cached.write_text(content, encoding="utf-8")
    assert sources_cache.load(folder, cached) == registry.load(folder)
    assert len(json.loads(cached.read_text(encoding="utf-8"))["outlets"]) == 2


def test_folder_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such folder"):
        sources_cache.load(tmp_path / "none", tmp_path / "cache.json")


def test_cache_that_somebody_else_changed_is_written_anew(folder: Path, tmp_path: Path) -> None:
    cached = tmp_path / "cache.json"
    whole = sources_cache.load(folder, cached)
    for old, new in (('"outlets"', '"inlets"'), ('"country": "BY"', '"country": "Belarus"')):
        change(cached, old, new)
        assert sources_cache.load(folder, cached) == whole
