"""The loader is the validator: each message reads *file: field: found, allowed*."""

from pathlib import Path
from typing import Any

import pytest

from crawlers.datafile import Strict, build, read_yaml
from crawlers.errors import Busy, DataError, MediagapError, NothingObserved


class Inner(Strict):
    word: str


class Record(Strict):
    name: str
    count: int = 0
    inner: tuple[Inner, ...] = ()


def load(folder: Path, content: str | bytes) -> Any:
    path = folder / "a.yml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_yaml(path)


@pytest.mark.parametrize(
    ("content", "value"),
    [
        pytest.param("a: no", "no", id="no is not false"),
        pytest.param("a: 012", "012", id="leading zero"),
        pytest.param("a: 1.10", "1.10", id="trailing zero"),
        pytest.param("a: 2026-11-09", "2026-11-09", id="day"),
        pytest.param("a: null", None, id="bare null"),
        pytest.param("a: ~", None, id="tilde"),
        pytest.param("a:", None, id="nothing"),
        pytest.param("a: 'null'", "null", id="quoted null"),
        pytest.param('a: "~"', "~", id="quoted tilde"),
        pytest.param("a: ''", "", id="quoted nothing"),
        pytest.param("a: |\n  null\n", "null\n", id="null in a block"),
        pytest.param("a: [x, null]", ["x", None], id="null in a list"),
        pytest.param("a: {b: null}", {"b": None}, id="null in a mapping"),
    ],
)
def test_scalars_are_text_or_nothing(tmp_path: Path, content: str, value: object) -> None:
    assert load(tmp_path, content) == {"a": value}


@pytest.mark.parametrize("content", ["", "# only a comment\n"])
def test_empty_file_is_nothing(tmp_path: Path, content: str) -> None:
    assert load(tmp_path, content) is None


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param("a: 1\nb: 2\na: 3\n", "line 3: found 'a (also on line 1)', allowed: a key once", id="key twice"),
        pytest.param(
            "x:\n  - b: 1\n    b: 2\n", "line 3: found 'b (also on line 2)', allowed: a key once",
            id="key twice, deep inside",
        ),
        pytest.param("a: b: c\n", "line 1: found 'mapping values are not allowed", id="two colons"),
        pytest.param("a: [1, 2\nb: 3\n", "allowed: valid YAML", id="open bracket"),
        pytest.param("a: 1\n\tb: 2\n", "line 2: found", id="tab"),
        pytest.param("a: 1\n---\nb: 2\n", "allowed: valid YAML", id="two documents"),
        pytest.param("a: *missing\n", "line 1: found", id="unknown anchor"),
        pytest.param("a: \x01\n", "allowed: valid YAML", id="control character"),
        pytest.param("название: Гомель".encode("windows-1251"), "byte 0: found 'invalid", id="not UTF-8"),
        pytest.param("? [a, b]\n: c\n", "allowed: valid YAML", id="a list as key"),
    ],
)  # fmt: skip
def test_broken_yaml_is_refused(tmp_path: Path, content: str | bytes, says: str) -> None:
    with pytest.raises(DataError) as caught:
        load(tmp_path, content)
    assert str(caught.value).startswith(f"{tmp_path / 'a.yml'}: ")
    assert says in str(caught.value)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_yaml(tmp_path / "gone.yml")
    assert str(caught.value) == (
        f"{tmp_path / 'gone.yml'}: found no such file, allowed: a YAML file; check the path or reinstall"
    )


def test_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="allowed: a readable file"):
        read_yaml(tmp_path)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(
            {"name": "a", "colour": "red"}, "colour: found 'an unknown key', allowed: count, inner, name",
            id="unknown key",
        ),
        pytest.param(
            {"name": "a", "inner": [{"word": "b", "x": "c"}]},
            "inner.0.x: found 'an unknown key', allowed: the documented keys", id="unknown key inside",
        ),
        pytest.param({}, "name: found nothing, allowed: this key is required", id="missing key"),
        pytest.param({"name": None}, "name: found None, allowed: a valid string", id="null for text"),
        pytest.param({"name": ["a"]}, "name: found ['a'], allowed: a valid string", id="list for text"),
        pytest.param({"name": "a", "count": "few"}, "count: found 'few', allowed: a valid integer", id="number"),
        pytest.param({"name": "a", "inner": [{}]}, "inner.0.word: found nothing, allowed: this", id="deep"),
        pytest.param(None, "a.yml: found nothing, allowed: the keys", id="empty file"),
        pytest.param(["a"], "a.yml: found ['a'], allowed: a valid dictionary", id="list for mapping"),
    ],
)  # fmt: skip
def test_broken_record_is_refused(data: object, says: str) -> None:
    with pytest.raises(DataError) as caught:
        build(Record, data, "a.yml")
    assert str(caught.value).startswith("a.yml: ")
    assert says in str(caught.value)


def test_record_is_built_of_text() -> None:
    record = build(Record, {"name": "no", "count": "12", "inner": [{"word": "a"}]}, "a.yml")
    assert record == Record(name="no", count=12, inner=(Inner(word="a"),))


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (DataError("a.yml", "key", "x", "y"), "a.yml: key: found 'x', allowed: y"),
        (DataError("a.yml", "", "x", "y", "do z"), "a.yml: found 'x', allowed: y; do z"),
        (DataError("a.yml", "key", None, "y"), "a.yml: key: found None, allowed: y"),
        (DataError("a.yml", "", "no such file", "y"), "a.yml: found no such file, allowed: y"),
        (DataError("a.yml", "", "a\n  b", "y"), "a.yml: found 'a\\n b', allowed: y"),
        (DataError("a.yml", "", "ж" * 200, "y"), f"a.yml: found '{'ж' * 156}..., allowed: y"),
    ],
)
def test_message_is_one_readable_line(error: DataError, text: str) -> None:
    assert str(error) == text


@pytest.mark.parametrize(
    ("error", "code"), [(DataError("a", "b", "c", "d"), 2), (NothingObserved("a"), 3), (Busy("a"), 4)]
)
def test_errors_of_the_user_have_their_exit_codes(error: MediagapError, code: int) -> None:
    assert error.exit_code == code
