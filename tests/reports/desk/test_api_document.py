"""The description of the API is true: of every route, of what the demo answers, and of what a fuzzer gets."""

import json
import shutil
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as examples
from schemathesis import openapi
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

from matcher import catalogue
from reports import editors, work
from reports.config import Settings
from reports.coverage import Value
from reports.desk import api_asked, api_document, gaplist
from reports.desk.api import FILE
from reports.desk.app import create_app
from reports.desk.guard import Guard, Place
from tests.reports.desk.api_client import program, token_of
from tests.reports.desk.browsing import ADDRESS, PASSWORD, PORT

EXAMPLES = 15
"""Of what a fuzzer sends, right and wrong, to each operation."""
READS = [
    "/gaps", "/gaps?value=all&sort=title&page=2", "/gaps?q=гомель брянск", "/pairs", "/pairs/BY-MA:RU-KOS", "/entries", "/entries?q=kostroma",
    "/entries/mogilev-kostroma-agreement-2006", "/entries/bobruisk-kostroma-twinning-2012", "/articles?q=Кострома", "/articles/1", "/articles/301",
    "/entries/", "/review", "/decisions", "/leads", "/leads?region=BY-MA", "/inventory", "/inventory?region=BY-MA", "/proposals", "/sources", "/matrix", "/status",
]  # fmt: skip


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def anna(settings: Settings) -> str:
    return token_of(settings, "Anna", "document")


@pytest.fixture(scope="module")
def own(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A program with a desk whose archive and catalogue may be written to."""
    folder = tmp_path_factory.mktemp("fuzzed")
    for path in (demo / "mediagap.db", *demo.glob("mediagap.db.catalogue*")):
        shutil.copy(path, folder)
    shutil.copytree(catalogue.CATALOGUE, folder / "catalogue")
    found = Settings(db=folder / "mediagap.db", sources=demo / "sources", catalogue=folder / "catalogue")
    with closing((db := work.open_for(found)).conn):
        editors.add(db, "Anna", "editor", ["BY-MA"], PASSWORD)
    desk = create_app(found, Place.of(found.desk, "127.0.0.1", PORT))
    client = program(desk, token_of(found, "Anna", "fuzz"))
    lead, *_ = client.get("/api/leads").json()["leads"]
    question, *_ = client.get("/api/inventory").json()["questions"]
    named, until = (
        {name: lead[name] for name in ("entry", "kind", "side")},
        str(date.today() + timedelta(days=7)),
    )
    for path, body in (  # so that no list of what was said is empty
        ("decisions", {"article": 1, "entry": "tsvet-naftan", "verdict": "unsure"}),
        ("leads", named | {"work": "taken", "until": until}),
        ("inventory", {"entry": question["entry"], "answer": "yes", "source": "https://example.by/act"}),
    ):
        assert client.post(f"/api/{path}", json=body).status_code == 201
    return client


def test_the_file_is_what_routes_and_shapes_say() -> None:
    again = "write it anew: python -m reports.desk.api_document"
    assert FILE.read_text(encoding="utf-8") == api_document.written(), again


def test_every_route_and_method_is_described_and_no_other(
    desk: Guard, described: dict[str, Any], anna: str
) -> None:
    (mounted,) = (one.app for one in desk.app.routes if one.path == "/api")
    there = {(one.path_format, name.lower()) for one in mounted.state.listed for name in one.methods}
    assert there == {(path, method) for path, methods in described["paths"].items() for method in methods}
    for path, methods in described["paths"].items():
        # found by asking, not by the table that the description is made of
        refused = program(desk, anna).patch("/api" + path.replace("{number}", "1"))
        assert refused.status_code == 405, path
        assert set(refused.headers["allow"].lower().split(", ")) == set(methods)


def test_it_is_served_as_it_is(desk: Guard) -> None:
    assert program(desk).get("/api/openapi.json").content == FILE.read_bytes()


@pytest.mark.parametrize("path", READS)
def test_what_the_demo_answers_is_described(own: TestClient, described: dict[str, Any], path: str) -> None:
    if path == "/entries/":  # that of the fact which `own` has written
        path += own.get("/api/inventory").json()["answers"][0]["entry"]
    answer = own.get("/api" + path)
    assert answer.status_code == 200, answer.text
    shape = path.partition("?")[0]
    for pattern, start in (("{pair}", "/pairs/"), ("{entry}", "/entries/"), ("{number}", "/articles/")):
        shape = start + pattern if shape.startswith(start) else shape
    one = described["paths"][shape]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    name = one["$ref"].rpartition("/")[2]
    schema = described["components"]["schemas"][name] | {"components": described["components"]}
    jsonschema_rs.Draft202012Validator(schema, validate_formats=True).validate(answer.json())


def test_the_filters_are_those_of_the_page() -> None:
    query = api_asked.GapQuery().wanted
    assert query == gaplist.Wanted()
    fields = api_asked.GapQuery.model_fields
    assert set(fields) == set(gaplist.Wanted.__dataclass_fields__)
    assert set(get_args(fields["sort"].annotation)) == set(gaplist.SORTS)
    assert set(get_args(api_asked.Values)) == {*Value, "all"}
    for name, steps in (("share", gaplist.SHARES), ("times", gaplist.TIMES)):
        (words, _) = get_args(fields[name].annotation)
        assert set(get_args(words)) == set(map(str, steps))


CONFIG = SchemathesisConfig.from_dict(
    {"checks": {"negative_data_rejection": {"expected-statuses": [404, 413, 414, 415, 422]}}}
)
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
    response_headers_conformance, negative_data_rejection,
]  # fmt: skip


def operations() -> list[Any]:
    """Without what a token opens: `test_api` tries the door, and a fuzzer would do nothing else."""
    document = json.loads(FILE.read_text(encoding="utf-8"))
    for methods in document["paths"].values():
        for one in methods.values():
            one.pop("security", None)
    return [found.ok() for found in openapi.from_dict(document, config=CONFIG).get_all_operations()]


def can_be_wrong(operation: dict[str, Any]) -> bool:
    """What takes nothing, or any text as a name, cannot be asked wrongly."""
    return "requestBody" in operation or any(
        one["in"] == "query" or one["schema"]["type"] != "string" for one in operation.get("parameters", ())
    )


def tried() -> list[Any]:
    return [
        pytest.param(one, mode, id=f"{one.label} {mode.value}")
        for one in operations()
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
        if mode is GenerationMode.POSITIVE or can_be_wrong(one.definition.raw)
    ]


@pytest.mark.parametrize(("operation", "mode"), tried())
def test_a_fuzzer_gets_only_what_is_described(own: TestClient, operation: Any, mode: GenerationMode) -> None:
    @examples(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(mode))
    def ask(case: Any) -> None:
        sent = case.as_transport_kwargs(base_url=f"{ADDRESS}/api")
        del sent["cookies"]  # there are none, and httpx warns of what is none too
        if isinstance(sent.get("data"), (bytes, str)):
            sent["content"] = sent.pop("data")
        case.validate_response(own.request(**sent), checks=CHECKS)

    ask()
