"""Reading in processes of their own: slow, hungry and dying ones cost their own document only."""

import asyncio
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from crawlers import workers
from crawlers.document import NotAFeed
from crawlers.workers import HERE_FIRST, SMALL, Unreadable, Workers

BIG = SMALL + 1


@contextmanager
def pool(seconds: int = 30, patience: int = workers.PATIENCE) -> Iterator[Workers]:
    one = Workers(1, seconds, patience)
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


def busy() -> None:
    while True:
        pass


def dies() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def unsendable() -> object:
    return threading.Lock()


def test_faults_cost_one_document() -> None:
    """Too busy, too hungry, dying; then a good one."""

    async def run() -> list[str]:
        told = []
        with pool(seconds=1, patience=600) as one:
            for function in (busy, hungry, dies, whose):
                try:
                    await one.run(BIG, function)  # type: ignore[arg-type]
                    told.append("read")
                except Unreadable as error:
                    told.append(str(error))
        return told

    assert asyncio.run(run()) == [
        "reading it took longer than 1 s of processor time", "reading it took more than 2000 MB", "reading it ended the process that read, with code -11", "read",
    ]  # fmt: skip


def test_document_that_only_waits_is_given_up() -> None:
    async def run() -> None:
        with pool(seconds=1, patience=2) as one:
            await one.run(BIG, time.sleep, 30)  # in which no handler of a signal would run

    with pytest.raises(Unreadable, match="longer than 2 s"):
        asyncio.run(run())


def test_slow_machine_makes_no_document_unreadable() -> None:
    """Sleeping stands for the time in which other programs have the processor."""

    async def run() -> None:
        with pool(seconds=1) as one:
            await one.run(BIG, time.sleep, 1.5)

    asyncio.run(run())


def test_result_that_can_not_be_sent_is_an_error_of_its_own() -> None:
    async def run() -> None:
        with pool() as one:
            with pytest.raises(RuntimeError, match="lock"):
                await one.run(BIG, unsendable)
            await one.run(BIG, whose)

    asyncio.run(run())


def test_process_is_replaced_after_its_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "TASKS", 2)

    async def run() -> list[int]:
        with pool() as one:
            return [await one.run(BIG, whose) for _ in range(4)]

    first, second, third, fourth = asyncio.run(run())
    assert first == second != third == fourth


def test_closing_waits_for_no_document() -> None:
    async def run() -> None:
        with pool(seconds=600) as one:
            reading = asyncio.ensure_future(one.run(BIG, busy))
            while not one._readers or not one._readers[0].asked:
                await asyncio.sleep(0.01)
            one.close()
            with pytest.raises(Unreadable, match="ended the process that read"):
                await reading

    asyncio.run(run())
