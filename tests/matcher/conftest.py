"""The real catalogue and its matcher, once per session, and a tiny catalogue for each test that breaks one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from crawlers import text
from matcher import catalogue
from matcher.anchors import Anchors
from matcher.catalogue import Catalogue
from matcher.match import Matcher
from matcher.terms import Hit
from tests.matcher.tiny_catalogue import Tiny


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    return Tiny(tmp_path)


@pytest.fixture(scope="session")
def real() -> Catalogue:
    return catalogue.load()


@pytest.fixture(scope="session")
def matcher(real: Catalogue) -> Matcher:
    return Matcher(real)


@pytest.fixture(scope="session")
def anchors(real: Catalogue) -> Anchors:
    return Anchors(real)


@pytest.fixture(scope="session")
def find(anchors: Anchors) -> Callable[[str], list[Hit]]:
    """Hits in a text as the matcher would clean and fold it."""

    def found(raw: str) -> list[Hit]:
        clean = text.clean(raw)
        return anchors.find(clean, text.fold(clean))

    return found
