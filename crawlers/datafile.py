"""Strict reading of the YAML files that people keep: sources, catalogue, places, words."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from crawlers.errors import DataError

Model = TypeVar("Model", bound=BaseModel)


class Strict(BaseModel):
    """Base of all data records: unknown keys are refused, records do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class _Loader(yaml.CBaseLoader):
    """Every scalar is text (`no` is not False, `012` is not 10), or None where it is empty or a bare
    `null`; and a key may stand once.
    """

    def construct_scalar(self, node: yaml.ScalarNode) -> Any:
        if not node.style and node.value in ("", "~", "null"):
            return None
        return super().construct_scalar(node)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: dict[str, int] = {}
        for key, _ in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(problem="a list or mapping as key", problem_mark=key.start_mark)
            if key.value in seen:
                raise _DuplicateKey(key.value, seen[key.value], line)
            seen[key.value] = line
        return super().construct_mapping(node, deep=deep)


class _DuplicateKey(Exception):
    pass


def read_yaml(path: Path) -> Any:
    """The content of a YAML file with all scalars as text; raises DataError when it cannot be read."""
    try:
        content = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise DataError(path, "", "no such file", "a YAML file", "check the path or reinstall") from None
    except OSError as error:
        raise DataError(path, "", error.strerror or str(error), "a readable file") from None
    except UnicodeDecodeError as error:
        raise DataError(path, f"byte {error.start}", error.reason, "UTF-8 text") from None
    try:
        return yaml.load(content, _Loader)
    except _DuplicateKey as error:
        key, first, second = error.args
        raise DataError(path, f"line {second}", f"{key} (also on line {first})", "a key once") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}" if mark else ""
        raise DataError(path, line, getattr(error, "problem", None) or str(error), "valid YAML") from None


def build(model: type[Model], data: Any, where: object) -> Model:
    """`data` as a `model`; the first thing wrong with it becomes a DataError that names the field."""
    if data is None:
        raise DataError(where, "", "nothing", "the keys " + ", ".join(sorted(model.model_fields)))
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise fault(error.errors(), where, ", ".join(sorted(model.model_fields))) from None


def fault(errors: Sequence[Any], where: object, known: str = "the documented keys") -> DataError:
    """The first of pydantic's errors in our words. `known`: the keys of the outermost model."""
    # a misspelt key is told before the key that is then missing
    first = min(errors, key=lambda one: one["type"] != "extra_forbidden")
    field = ".".join(str(part) for part in first["loc"])
    cause = first.get("ctx", {}).get("error")
    if isinstance(cause, DataError):
        return DataError(where, cause.field or field, cause.found, cause.allowed, cause.repair)
    if first["type"] == "extra_forbidden":
        allowed = known if len(first["loc"]) == 1 else "the documented keys"
        return DataError(where, field, "an unknown key", allowed)
    if first["type"] == "missing":
        return DataError(where, field, "nothing", "this key is required")
    return DataError(where, field, first["input"], _in_words(first["msg"]))


def _in_words(message: str) -> str:
    """pydantic's message in the form that follows "allowed:"."""
    for head in ("Input should be ", "Value error, ", "String should ", "Value should "):
        message = message.removeprefix(head)
    return message[:1].lower() + message[1:] if message[:1].isupper() and message[1:2].islower() else message
