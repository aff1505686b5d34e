"""A desk on a copy of the demo's database, with an editor and a reader."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from reports import editors, work
from reports.config import Settings
from reports.desk.app import create_app
from reports.desk.guard import Guard, Place
from tests.reports.desk.browsing import ADDRESS, PASSWORD, PORT
from tests.reports.desk.in_browser import Served, served


@pytest.fixture(scope="session")
def settings(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Of the desk that is only read from, but for its sessions."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copy(demo / "mediagap.db", folder)
    found = Settings(db=folder / "mediagap.db", sources=demo / "sources")
    with closing((db := work.open_for(found)).conn):
        editors.add(db, "Anna", "editor", ["BY-MA"], PASSWORD)
        editors.add(db, "Ryhor", "reader", [], PASSWORD)
    return found


@pytest.fixture(scope="session")
def desk(settings: Settings) -> Guard:
    return create_app(settings, Place.of(settings.desk, "127.0.0.1", PORT))


@pytest.fixture
def client(desk: Guard) -> TestClient:
    """A browser without cookies."""
    return TestClient(desk, base_url=ADDRESS, follow_redirects=False, raise_server_exceptions=False)


@pytest.fixture(scope="session")
def own_desk(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A desk that answers on a port, on copies that tests may change."""
    with served(demo, tmp_path_factory.mktemp("served")) as found:
        yield found


@pytest.fixture
def address(own_desk: Served) -> str:
    return own_desk.address
