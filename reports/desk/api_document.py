"""Writes the description of the API from its routes and shapes: `python -m reports.desk.api_document`."""

import json
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from reports.desk import guard
from reports.desk.api import FILE, create_api
from reports.desk.api_problem import BELOW, MEDIA_TYPE
from reports.desk.api_shapes import Problem

VERSION = "1"
_TEXT = """The reads and decisions of the desk. Names of values, and what counts as covered, are those of the report's page on method.

A token (`mediagap editors tokens add`) opens it as the editor whose it is; cookies do not. Titles and sentences are in the language of Accept-Language (en, ru, be).. What is not described here is refused."""

_FOR_ALL = {
    "414": "The address is too long.", "421": "This name is not served here.", "431": "There are too many headers.",
    "500": "This could not be answered.",
}  # fmt: skip
_FOR_READERS = {
    "401": "There is no token, or a wrong one.",
    "429": "Too many wrong tokens came from this address; see Retry-After.",
    "503": "The database is at work; see Retry-After.",
}
_FOR_EDITORS = {"403": "The token is not that of an editor."}
_FOR_WRITES = {
    "413": f"The body is longer than {guard.MOST_BODY} bytes.", "415": "The body is no application/json.",
    "409": "It cannot be done as things stand.",
}  # fmt: skip
_FOR_ASKED = {"422": "Something in query or body is not allowed."}
_FOR_NAMED = {"404": "There is nothing of this name."}
_FAULTS = _FOR_ALL | _FOR_READERS | _FOR_EDITORS | _FOR_WRITES | _FOR_ASKED | _FOR_NAMED
_AGAIN = ("429", "503")


def document(app: FastAPI) -> dict[str, Any]:
    """OpenAPI 3.1. The errors, which the routes do not name, are added by what each route needs and takes."""
    found = get_openapi(
        title="mediagap desk",
        version=VERSION,
        description=_TEXT,
        routes=app.routes,
        separate_input_output_schemas=False,
    )
    for path, methods in found["paths"].items():
        for method, one in methods.items():
            one["responses"] = {code: kept for code, kept in one["responses"].items() if code != "422"} | {
                code: {"$ref": f"#/components/responses/{code}"} for code in sorted(_codes(path, method, one))
            }
            for parameter in one.get("parameters", ()):
                parameter["schema"] = _without_null(_without_titles(parameter["schema"]))
    parts = found["components"]
    for name in ("HTTPValidationError", "ValidationError"):
        parts["schemas"].pop(name)
    parts["schemas"]["Problem"] = Problem.model_json_schema()
    parts["responses"] = {code: _response(code) for code in sorted(_FAULTS)}
    parts["schemas"] = _without_titles(parts["schemas"])
    return {**found, "servers": [{"url": BELOW.rstrip("/")}]}


def _codes(path: str, method: str, one: dict[str, Any]) -> set[str]:
    if "security" not in one:
        return set(_FOR_ALL)
    editors = "for editors" in one["description"] or method == "post"
    return {
        *_FOR_ALL, *_FOR_READERS,
        *(_FOR_EDITORS if editors else ()), *(_FOR_WRITES if method == "post" else ()),
        *(_FOR_ASKED if "parameters" in one or "requestBody" in one else ()),
        *(_FOR_NAMED if "{" in path else ()),
    }  # fmt: skip


def _response(code: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "description": _FAULTS[code],
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if code in _AGAIN:
        found["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds."}}
    return found


def _without_null(schema: Any) -> Any:
    """What may be left out of a query is no null there."""
    others = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    if len(others) != 1:
        return schema
    return {key: value for key, value in schema.items() if key != "anyOf"} | others[0]


def _without_titles(schema: Any) -> Any:
    """pydantic makes one of each name, which says nothing more."""
    if isinstance(schema, list):
        return [_without_titles(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _without_titles(value) for key, value in schema.items() if not (key == "title" and isinstance(value, str))
    }  # fmt: skip


def written() -> str:
    return json.dumps(document(create_api()), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
