"""What a browser does with the desk's pages."""

import re
from typing import Any

from starlette.testclient import TestClient

PORT = 8040
ADDRESS = f"http://127.0.0.1:{PORT}"
PASSWORD = "correct horse battery"


def token(client: TestClient, page: str = "/sign-in") -> str:
    found = re.search(r'name="token" value="([0-9a-f]+)"', client.get(page).text)
    assert found is not None
    return found[1]


def send(client: TestClient, path: str, origin: str = ADDRESS, **fields: str) -> Any:
    """Posts a form of the desk with the token of the visitor's session."""
    data = {"token": token(client)} | fields
    return client.post(path, data=data, headers={"origin": origin})


def sign_in(client: TestClient, name: str = "Anna", password: str = PASSWORD, **fields: str) -> Any:
    return send(client, "/sign-in", name=name, password=password, **fields)
