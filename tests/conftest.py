"""What all tests share."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of recorded public collections, which are not part of the repository."""
    named = os.environ.get("MEDIAGAP_CORPORA")
    if not named:
        pytest.skip("MEDIAGAP_CORPORA names no folder of recorded collections")
    return Path(named)
