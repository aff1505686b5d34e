"""Clients that send slowly are cut, or a few hundred of them would keep everybody else out."""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

HEAD = 10.0
"""Seconds until the head of a request must have come, from the connection or the last answer on."""
BODY = 20.0
"""Seconds for the body of a request."""


class Impatient(H11Protocol):
    """uvicorn waits for ever for the rest of a head; this does not."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._wait()

    def _wait(self) -> None:
        self.loop.call_later(HEAD, self._cut, self.cycle)

    def _cut(self, last: RequestResponseCycle | None) -> None:
        # another cycle: the head has come; one that is not complete: it is being answered
        if self.cycle is last and (last is None or last.response_complete):
            self.transport.close()
