"""The loader is the validator: for each rule one broken catalogue, and a message that names the fault."""

from typing import NamedTuple

import pytest

from crawlers.errors import DataError

