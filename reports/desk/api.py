"""The desk for programs: JSON below /api, opened by a token, described by openapi.json beside this file."""

from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.responses import Response

from reports.desk import api_deciding, api_health, api_reading
from reports.desk.api_faults import EXPECTED, failed
from reports.desk.visit import Desk

FILE = Path(__file__).with_name("openapi.json")
_own = APIRouter()
_ROUTERS = (api_reading.router, api_deciding.router, api_health.router, _own)


@_own.get("/openapi.json", response_class=Response, responses={200: {"content": {"application/json": {}}}})
def description() -> Response:
    """This description."""
    return Response(FILE.read_bytes(), media_type="application/json")


def create_api(desk: Desk | None = None) -> FastAPI:
    """An application to be mounted at /api; without a desk only for its description."""
    app = FastAPI(
        openapi_url=None, redirect_slashes=False, generate_unique_id_function=lambda route: route.name,
        exception_handlers=dict.fromkeys((*EXPECTED, Exception), failed),
    )  # fmt: skip
    for router in _ROUTERS:
        app.include_router(router)
    app.state.desk = desk
    app.state.listed = [one for router in _ROUTERS for one in router.routes if isinstance(one, APIRoute)]
    return app
