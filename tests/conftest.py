"""What all tests share."""

import os
from pathlib import Path

import pytest

from tests.program import mediagap


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of recorded public collections, which are not part of the repository."""
    named = os.environ.get("MEDIAGAP_CORPORA")
    if not named:
        pytest.skip("MEDIAGAP_CORPORA names no folder of recorded collections")
    return Path(named)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `mediagap demo` wrote, made once; tests only read it."""
    folder = tmp_path_factory.mktemp("demo")
    done = mediagap("demo", "--out", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def on_demo(demo: Path) -> dict[str, str]:
    """The environment in which commands work on the demo's database and sources."""
    return {"MEDIAGAP_SOURCES": str(demo / "sources"), "MEDIAGAP_DB": str(demo / "mediagap.db")}
