"""The table from answers and errors to outcomes."""

import pytest

from crawlers import outcome
from crawlers.outcome import READ, Outcome


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (200, None), (304, Outcome.UNCHANGED), (404, Outcome.GONE), (410, Outcome.GONE), (401, Outcome.BLOCKED),
        (403, Outcome.BLOCKED), (429, Outcome.BLOCKED), (451, Outcome.BLOCKED), (408, Outcome.TIMEOUT),
        (504, Outcome.TIMEOUT), (400, Outcome.ERROR), (500, Outcome.ERROR), (502, Outcome.ERROR),
        (503, Outcome.ERROR), (204, Outcome.ERROR), (302, Outcome.ERROR),
    ],
)  # fmt: skip
def test_status(status: int, expected: Outcome | None) -> None:
    assert outcome.of_status(status) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("TimeoutError", Outcome.TIMEOUT), ("TCPTimedOutError", Outcome.TIMEOUT),
        ("DownloadTimeoutError", Outcome.TIMEOUT), ("DNSLookupError", Outcome.GONE),
        ("CannotResolveHostError", Outcome.GONE), ("RobotsForbidden", Outcome.FORBIDDEN),
        ("IgnoreRequest", Outcome.ERROR), ("PrivateHost", Outcome.ERROR), ("ConnectionRefusedError", Outcome.ERROR),
        ("ResponseNeverReceived", Outcome.ERROR), ("SSLError", Outcome.ERROR), ("", Outcome.ERROR),
    ],
)  # fmt: skip
def test_error(name: str, expected: Outcome) -> None:
    assert outcome.of_error(name) is expected


@pytest.mark.parametrize("value", list(Outcome))
def test_only_a_document_that_was_shown_counts_as_read(value: Outcome) -> None:
    assert (value in READ) is (value in ("new", "unchanged"))
