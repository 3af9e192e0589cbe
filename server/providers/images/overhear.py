"""Blocking work heard from outside: the generator that every vendor's `make` returns."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from threading import Thread

from server.providers.images.job import Picture, Progress, Submitted
from server.providers.images.patience import Patience

HEARTBEAT = 0.25

Said = Submitted | Progress | Picture
Say = Callable[[Submitted | Progress], None]


def overhear(work: Callable[[Say], Picture], patience: Patience) -> Iterator[Said]:
    """Run `work` in a thread; yield what it says, Progress() at each quarter second of silence, and its picture last.

    Closing the generator ends `patience`, by which the work's calls stop as soon.
    """
    said: SimpleQueue = SimpleQueue()
    outcome: Future = Future()
    Thread(target=_run, args=(work, said, outcome), name="picture", daemon=True).start()
    try:
        yield from _hear(said)
        yield outcome.result()
    finally:
        patience.end()


def _run(work: Callable[[Say], Picture], said: SimpleQueue, outcome: Future) -> None:
    try:
        outcome.set_result(work(said.put))
    except BaseException as error:
        outcome.set_exception(error)
    finally:
        said.put(None)


def _hear(said: SimpleQueue) -> Iterator[Said]:
    while True:
        try:
            word = said.get(timeout=HEARTBEAT)
        except Empty:
            word = Progress()
        if word is None:
            return
        yield word
