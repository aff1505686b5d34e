"""Serving the desk: one process, which believes no header of a client but those of a configured proxy."""

from collections.abc import Callable

import uvicorn

from reports.config import Settings
from reports.desk.app import create_app
from reports.desk.guard import MOST_HEADERS, Place
from reports.desk.patience import Impatient

MOST_AT_ONCE = 200
"""Requests; further ones are told to come again."""


def config(settings: Settings, host: str, port: int, ports: tuple[int, ...] = ()) -> uvicorn.Config:
    """`ports`: of this machine, from which articles may be fetched. Raises DataError for what is wrong with data or settings."""
    app = create_app(settings, Place.of(settings.desk, host, port), ports)
    proxies = list(settings.desk.proxies)
    return uvicorn.Config(
        app, host, port, http=Impatient, ws="none", log_level="warning", server_header=False,
        proxy_headers=bool(proxies), forwarded_allow_ips=proxies, h11_max_incomplete_event_size=MOST_HEADERS * 2,
        limit_concurrency=MOST_AT_ONCE, timeout_keep_alive=5, timeout_graceful_shutdown=5,
    )  # fmt: skip


def serve(settings: Settings, host: str, port: int, say: Callable[[str], object]) -> None:
    """Answers until the process is asked to end."""
    made = config(settings, host, port)
    say(f"The desk is at {settings.desk.address or f'http://{host}:{port}'} until Ctrl-C")
    uvicorn.Server(made).run()
