"""Matching in several processes, each with a matcher of its own."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing.connection import wait
from typing import TypeVar

from matcher import forms
from matcher.catalogue import Catalogue
from matcher.match import Matcher
from matcher.model import Model
from matcher.records import Result, Text

K = TypeVar("K")
_AHEAD = 2  # batches that wait for each process


def answers(
    matcher: Matcher, batches: Iterable[tuple[K, list[Text]]], processes: int
) -> Generator[tuple[K, list[Result]], None, None]:
    """The results of each batch, in the order of the batches; `K` is whatever the caller knows a batch by.

    With one process the texts are matched here. The others end with this one, however it ends.
    """
    if processes < 2:
        for key, texts in batches:
            yield key, [matcher.match(one) for one in texts]
        return
    # neither fork, which copies an open database, nor spawn, which imports all for each process
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["matcher.match"])
    started = (matcher.catalogue, matcher.learned, forms.remembered())
    pool = ProcessPoolExecutor(processes, context, _start, started)
    running: deque[tuple[K, Future[list[Result]]]] = deque()
    try:
        for key, texts in batches:
            running.append((key, pool.submit(_match, texts)))
            if len(running) >= processes * _AHEAD:
                first, done = running.popleft()
                yield first, done.result()
        while running:
            first, done = running.popleft()
            yield first, done.result()
    finally:
        pool.shutdown(cancel_futures=True)


def usable() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0))


_here: list[Matcher] = []


def _start(catalogue: Catalogue, learned: Model | None, made: dict[str, list[str]]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started it ends it
    threading.Thread(target=_end_with_parent, daemon=True).start()
    forms.remember(made)
    _here.append(Matcher(catalogue, learned))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _match(texts: list[Text]) -> list[Result]:
    return [_here[0].match(one) for one in texts]
