"""What tests of the real command share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from crawlers import store
from reports.work import TABLES
from tests.reports import newsstand
from tests.reports.newsstand import Newsstand


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Newsstand]:
    with newsstand.opened(tmp_path) as one:
        yield one


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    database = store.open_database(tmp_path / "mediagap.db", TABLES)
    yield database
    database.conn.close()
