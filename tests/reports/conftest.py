"""What tests of the real command share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reports import newsstand
from tests.reports.newsstand import Newsstand


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Newsstand]:
    with newsstand.opened(tmp_path) as one:
        yield one
