"""The cache beside the database gives the catalogue of the files, and never an old one."""

import json
from pathlib import Path

import pytest

from crawlers.errors import DataError
from matcher import cache, catalogue, forms, places, ready, russian
from matcher.catalogue import Catalogue
from matcher.records import Text
from tests.matcher.tiny_catalogue import Tiny


@pytest.fixture
def folder(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(places, "PLACES", tiny.places.parent)
    monkeypatch.setattr(places.load, "__defaults__", (tiny.places.parent,))
    return tiny.entries.parent.parent


def same(one: Catalogue, other: Catalogue) -> bool:
    return (one.entries, one.lines, one.version, one.gazetteer.files) == (
        other.entries, other.lines, other.version, other.gazetteer.files,
    )  # fmt: skip


def test_cached_is_what_the_files_say(folder: Path, tmp_path: Path) -> None:
    cached = tmp_path / "cache.json"
    first = cache.load(folder, cached)
    assert cached.is_file()
    assert same(first, cache.load(folder, cached))
    assert same(first, catalogue.load(folder))


def test_the_whole_catalogue_comes_back(tmp_path: Path) -> None:
    cached = tmp_path / "cache.json"
    assert same(cache.load(catalogue.CATALOGUE, cached), cache.load(catalogue.CATALOGUE, cached))


def test_changed_file_is_read_again(folder: Path, tiny: Tiny, tmp_path: Path) -> None:
    cache.load(folder, tmp_path / "cache.json")
    tiny.change('signed: "2006"', 'signed: "2007"')
    assert str(cache.load(folder, tmp_path / "cache.json").entries["tiny-agreement"].signed) == "2007"


def test_broken_file_is_refused_though_a_cache_is_there(folder: Path, tiny: Tiny, tmp_path: Path) -> None:
    cache.load(folder, tmp_path / "cache.json")
    tiny.change("status: in_force", "status: signed and sealed")
    with pytest.raises(DataError, match="status"):
        cache.load(folder, tmp_path / "cache.json")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"key": "other"}', b"\xff\xfe"])
def test_cache_that_is_none_is_written_anew(folder: Path, tmp_path: Path, content: bytes) -> None:
    cached = tmp_path / "cache.json"
    cached.write_bytes(content)
    loaded = cache.load(folder, cached)
    assert set(loaded.entries) == {"tiny-agreement", "tiny-plan", "tiny-shop"}
    assert cached.read_bytes() != content


@pytest.mark.parametrize(("old", "new"), [('"entries"', '"lines"'), ('"in_force"', '"signed and sealed"')])
def test_cache_that_somebody_else_changed_is_written_anew(
    folder: Path, tmp_path: Path, old: str, new: str
) -> None:
    cached = tmp_path / "cache.json"
    whole = cache.load(folder, cached)
    cached.write_text(cached.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert same(cache.load(folder, cached), whole)


def test_folder_that_cannot_be_written_costs_only_time(folder: Path, tmp_path: Path) -> None:
    assert cache.load(folder, tmp_path / "missing" / "cache.json").entries


def test_matcher_of_the_cache_declines_no_name_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cached = tmp_path / "cache.json"
    monkeypatch.setattr(forms, "_made", {})
    article = Text("1", "Могилёвской и Костромской области нужно новое соглашение о сотрудничестве", "")
    first = ready.matcher(cache.load(folder, cached), cached).match(article)
    assert first.matches
    monkeypatch.setattr(forms, "_made", {})
    monkeypatch.setattr(russian, "declined", refuse)
    monkeypatch.setattr(russian, "is_given_name", refuse)
    assert ready.matcher(cache.load(folder, cached), cached).match(article) == first


def refuse(*_: object) -> set[str]:
    raise AssertionError("a name was declined again")


def test_new_name_is_declined_beside_those_of_the_cache(folder: Path, tiny: Tiny, tmp_path: Path) -> None:
    cached = tmp_path / "cache.json"
    ready.matcher(cache.load(folder, cached), cached)
    tiny.change_places("ru: [Льнокомбинат]", "ru: [Льнокомбинат, Ткацкая фабрика]")
    ready.matcher(cache.load(folder, cached), cached)
    kept = json.loads(cached.with_suffix(".forms.json").read_text(encoding="utf-8"))["forms"]
    assert "ткацкой фабрикой" in kept["name ru Ткацкая фабрика"]
