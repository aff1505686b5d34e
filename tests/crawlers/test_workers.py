"""Reading in processes of their own: slow, hungry and dying ones cost their own document only."""

import asyncio
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from crawlers import workers
from crawlers.document import NotAFeed
from crawlers.workers import HERE_FIRST, SMALL, Unreadable, Workers

BIG = SMALL + 1


@contextmanager
def pool(seconds: int = 30) -> Iterator[Workers]:
    one = Workers(count=1, seconds=seconds)
    try:
        yield one
    finally:
        one.close()


def whose() -> int:
    return os.getpid()


def test_small_runs_start_no_process() -> None:
    async def run() -> list[int]:
        with pool() as one:
            return [await one.run(SMALL, whose) for _ in range(HERE_FIRST + 1)]

    *first, last = asyncio.run(run())
    assert set(first) == {os.getpid()}
    assert last != os.getpid()


def refuse() -> None:
    raise NotAFeed("an HTML page")


def test_errors_pass_through() -> None:
    async def run() -> None:
        with pool() as one:
            await one.run(BIG, refuse)

    with pytest.raises(NotAFeed, match="an HTML page"):
        asyncio.run(run())


def hungry() -> int:
    return len(bytearray(workers.MOST_MEMORY))


def test_faults_cost_one_document() -> None:
    """Too slow even for a signal to be handled, too hungry; then a good one."""

    async def run() -> list[str]:
        told = []
        with pool(seconds=1) as one:
            one.grace = 1
            for function, arguments in ((time.sleep, (30,)), (hungry, ()), (whose, ())):
                try:
                    await one.run(BIG, function, *arguments)  # type: ignore[arg-type]
                    told.append("read")
                except Unreadable as error:
                    told.append(str(error))
        return told

    assert asyncio.run(run()) == [
        "reading it took longer than 1 s", "reading it took more than 2000 MB", "read",
    ]  # fmt: skip
