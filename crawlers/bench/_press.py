"""A press on this machine for measurements: many hosts of 127.0.0.0/8, one port, one process of its own."""

import asyncio
import multiprocessing
import multiprocessing.synchronize
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import yaml

STALL = -1
"""Status of an answer that does not come."""
HANG_UP = -2


class Answer(NamedTuple):
    """What a host says to a request."""

    body: bytes
    status: int = 200
    headers: str = ""


Say = Callable[[int, str, dict[str, str]], Answer]
"""(number of the host, path, headers of the request) -> answer."""


def host(number: int) -> str:
    return f"127.{1 + number // 62_500}.{number // 250 % 250}.{number % 250 + 1}"


@contextmanager
def serving(say: Say) -> Iterator[int]:
    """Answers for all hosts in a process of its own; gives the port."""
    line = socket.create_server(("0.0.0.0", 0), backlog=1024)
    # fork: what a host says may be any function, and nothing has been started here yet
    process = multiprocessing.get_context("fork").Process(target=_serve, args=(line, say), daemon=True)
    process.start()
    try:
        yield line.getsockname()[1]
    finally:
        process.terminate()
        process.join()
        line.close()


def _serve(line: socket.socket, say: Say) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = dict(row.lower().split(": ", 1) for row in head[1:] if ": " in row)
            numbers = [int(part) for part in headers["host"].split(":")[0].split(".")]
            number = (numbers[1] - 1) * 62_500 + numbers[2] * 250 + numbers[3] - 1
            said = say(number, head[0].split()[1], headers)
            if said.status == STALL:
                await asyncio.sleep(60)
            elif said.status != HANG_UP:
                start = f"HTTP/1.1 {said.status} X\r\nContent-Length: {len(said.body)}\r\nConnection: close\r\n"
                writer.write(f"{start}{said.headers}\r\n".encode("latin-1") + said.body)
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def run() -> None:
        async with await asyncio.start_server(answer, sock=line) as server:
            await server.serve_forever()

    asyncio.run(run())


def write_outlets(folder: Path, sources: Sequence[Sequence[dict[str, Any]]], port: int) -> None:
    """A source file for each host; the `url` of a source is its path."""
    (folder / "by").mkdir(parents=True)
    for number, listed in enumerate(sources):
        home = f"http://{host(number)}:{port}"
        name = f"outlet-{number}"
        data = {
            "id": name, "title": name, "family": name, "homepage": home + "/", "country": "BY", "region": "BY-HO",
            "level": "regional", "type": "press", "control": "unknown", "languages": ["ru"],
            "time_zone": "Europe/Minsk", "verified": None,
            "sources": [one | {"url": home + str(one["url"])} for one in listed],
        }  # fmt: skip
        path = folder / "by" / f"{name}.yml"
        path.write_text(yaml.dump(data, Dumper=yaml.CSafeDumper), encoding="utf-8")
