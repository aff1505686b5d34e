"""What a program does with the desk: requests with a token."""

from contextlib import closing
from datetime import UTC, datetime

from starlette.testclient import TestClient

from reports import work
from reports.config import Settings
from reports.desk import tokens
from reports.desk.guard import Guard
from tests.reports.desk.browsing import ADDRESS


def token_of(settings: Settings, editor: str, name: str) -> str:
    with closing((db := work.open_for(settings)).conn):
        return tokens.add(db, editor, name, 30, datetime.now(UTC))


def program(desk: Guard, token: str = "") -> TestClient:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    return TestClient(desk, base_url=ADDRESS, headers=headers, raise_server_exceptions=False)
