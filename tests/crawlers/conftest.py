"""A real database and a real press for each test that asks for one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from crawlers import store
from crawlers.migrations import migrations
from tests.crawlers.local_press import Press


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    database = store.open_database(tmp_path / "mediagap.db", [migrations])
    yield database
    database.conn.close()


@pytest.fixture
def press(tmp_path: Path) -> Iterator[Press]:
    local = Press(tmp_path)
    yield local
    local.close()
