"""Reading documents beside the crawl: in processes that may be slow, grow or die without harm to it.

One large feed keeps feedparser busy for half a minute and trafilatura needs a fifteenth of a second a page, in
which no answer of another site would be taken; and trafilatura's memory grows with the pages that it has
read. So reading is done by a few processes, each replaced after TASKS documents.
"""

import asyncio
import multiprocessing
import resource
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

TASKS = 250
"""Documents that one process reads before a fresh one takes its place."""
MOST_SECONDS = 120
"""Processor time that a document may take, so that a busy machine makes no good document an unreadable one. The
longest honest one, of 50,000 entries, takes a third."""
PATIENCE = 10
"""How many times as long it may take by the clock: a process that only waits uses no processor time."""
MOST_MEMORY = 2_000_000_000
HERE_FIRST, SMALL = 20, 200_000
"""The first documents of a run are read in the crawl itself if they are small: starting processes takes as long."""


class Unreadable(Exception):
    """Reading took too long, took too much memory or ended the process that read."""


class Workers:
    """Processes that start when they are first needed, each reading one document at a time."""

    def __init__(self, count: int = 2, seconds: int = MOST_SECONDS, patience: int = PATIENCE) -> None:
        self._seconds, self._patience = seconds, patience
        self._done = 0
        self._readers: list[_Reader] = []
        self._idle: list[_Reader] = []
        self._free = asyncio.Semaphore(count)

    async def run(self, size: int, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of a function on a document of `size` bytes; its exceptions pass through.

        Raises Unreadable where the function does not come to an end.
        """
        self._done += 1
        if not self._readers and self._done <= HERE_FIRST and size <= SMALL:
            return function(*args, **kwargs)
        async with self._free:  # time in a queue is none of the document's
            return await self._apart(function, *args, **kwargs)

    async def _apart(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        reader = self._idle.pop() if self._idle else self._started()
        try:
            good, told = await asyncio.to_thread(reader.ask, function, args, kwargs)
        except (EOFError, OSError):  # it died; another one reads what comes next
            self._ended(reader)
            raise Unreadable(self._why(reader.exit_code())) from None
        if reader.asked < TASKS:
            self._idle.append(reader)
        else:
            self._ended(reader)
        if isinstance(told, MemoryError):
            raise Unreadable(f"reading it took more than {MOST_MEMORY // 10**6} MB") from None
        if not good:
            raise told
        result: T = told
        return result

    def _started(self) -> "_Reader":
        self._readers.append(_Reader(self._seconds, self._seconds * self._patience))
        return self._readers[-1]

    def _ended(self, reader: "_Reader") -> None:
        reader.end()
        if reader in self._readers:  # it is not if all were ended meanwhile
            self._readers.remove(reader)

    def _why(self, code: int | None) -> str:
        if code == -signal.SIGPROF:
            return f"reading it took longer than {self._seconds} s of processor time"
        if code == -signal.SIGALRM:
            return f"reading it took longer than {self._seconds * self._patience} s"
        return f"reading it ended the process that read, with code {code}"

    def close(self) -> None:
        while self._readers:
            self._ended(self._readers[-1])


class _Reader:
    """A process, and the line to it."""

    def __init__(self, seconds: int, most: int) -> None:
        # neither fork, which copies the reactor and an open database, nor spawn, which imports all for each process
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(
            ["crawlers.listing", "crawlers.parse", "crawlers.sitemap", "crawlers.wordpress"]
        )
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, seconds, most), daemon=True)
        self._process.start()
        theirs.close()
        self.asked = 0

    def ask(self, function: Callable[..., Any], args: Any, kwargs: Any) -> tuple[bool, Any]:
        """Whether the function came to a result, and that or its exception; EOFError or OSError if it died."""
        self.asked += 1
        self._line.send((function, args, kwargs))
        answer: tuple[bool, Any] = self._line.recv()
        return answer

    def end(self) -> None:
        """Also while it reads: who waits for its answer is told that it died."""
        self._process.kill()
        self._process.join()

    def exit_code(self) -> int | None:
        return self._process.exitcode


def _serve(line: Connection, seconds: int, most: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the crawl ends its workers itself
    for one in (signal.SIGPROF, signal.SIGALRM):  # which end the process even inside a library written in C
        signal.signal(one, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    while True:
        try:
            function, args, kwargs = line.recv()
        except EOFError:  # the crawl has ended
            return
        signal.setitimer(signal.ITIMER_PROF, seconds)
        signal.setitimer(signal.ITIMER_REAL, most)
        try:
            answer = True, function(*args, **kwargs)
        except Exception as error:  # noqa: BLE001  # goes to who asked
            answer = False, error
        try:
            line.send(answer)
        except BrokenPipeError:
            return
        except Exception as error:  # noqa: BLE001  # what can not be sent, such as a result with a lock inside
            line.send((False, RuntimeError(f"{type(error).__name__}: {error}")))
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.setitimer(signal.ITIMER_REAL, 0)
