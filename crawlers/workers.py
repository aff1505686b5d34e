"""Reading documents beside the crawl: in processes that may be slow, grow or die without harm to it.

One large feed keeps feedparser busy for half a minute and trafilatura needs a fifteenth of a second a page, in
which no answer of another site would be taken; and trafilatura's memory grows with the pages that it has
read. So reading is done by a few processes, each replaced after TASKS documents.
"""

import asyncio
import contextlib
import multiprocessing
import multiprocessing.pool
import resource
import signal
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

TASKS = 250
"""Documents that one process reads before a fresh one takes its place."""
MOST_SECONDS = 120
"""A document that takes longer is given up; the longest honest one of 50,000 entries takes a third."""
MOST_MEMORY = 2_000_000_000
HERE_FIRST, SMALL = 20, 200_000
"""The first documents of a run are read in the crawl itself if they are small: starting processes takes as long."""


class Unreadable(Exception):
    """Reading took too long, took too much memory or ended the process that read."""


class Workers:
    """A pool that starts when it is first needed."""

    def __init__(self, count: int = 2, seconds: int = MOST_SECONDS) -> None:
        self._count, self._seconds = count, seconds
        self._done = 0
        self._pool: multiprocessing.pool.Pool | None = None
        self._free = asyncio.Semaphore(count)
        self.grace = 5.0
        """Seconds that a process has to answer beyond those that reading may take."""

    async def run(self, size: int, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of a function on a document of `size` bytes; its exceptions pass through.

        Raises Unreadable where the function does not come to an end.
        """
        self._done += 1
        if self._pool is None and self._done <= HERE_FIRST and size <= SMALL:
            return function(*args, **kwargs)
        async with self._free:  # time in a queue is none of the document's
            return await self._apart(function, *args, **kwargs)

    async def _apart(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        if self._pool is None:
            self._pool = _started(self._count)
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()

        def settle(outcome: T | BaseException) -> None:
            if answer.done():
                return
            if isinstance(outcome, BaseException):
                answer.set_exception(outcome)
            else:
                answer.set_result(outcome)

        def tell(outcome: T | BaseException) -> None:
            with contextlib.suppress(RuntimeError):  # the crawl has ended meanwhile
                loop.call_soon_threadsafe(settle, outcome)

        task = (self._seconds, function, args, kwargs)
        self._pool.apply_async(_read, task, callback=tell, error_callback=tell)
        try:
            # a process that died tells nothing
            return await asyncio.wait_for(answer, self._seconds + self.grace)
        except TimeoutError:
            raise Unreadable(f"reading it took longer than {self._seconds} s") from None
        except MemoryError:
            raise Unreadable(f"reading it took more than {MOST_MEMORY // 10**6} MB") from None

    def close(self) -> None:
        if self._pool is not None:
            self._pool.terminate()
            self._pool.join()
            self._pool = None


def _started(count: int) -> multiprocessing.pool.Pool:
    # neither fork, which copies the reactor and an open database, nor spawn, which imports all for each process
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        ["crawlers.listing", "crawlers.parse", "crawlers.sitemap", "crawlers.wordpress"]
    )
    return context.Pool(count, _prepare, maxtasksperchild=TASKS)


def _prepare() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the crawl ends its workers itself
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # which ends the process even inside a library written in C
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _read(seconds: int, function: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
    signal.alarm(seconds)
    try:
        return function(*args, **kwargs)
    finally:
        signal.alarm(0)
