"""How long a vendor may keep us waiting, and how a waiting call is stopped from another thread."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from server.errors import ProviderError

TIMED_OUT = "The image server did not answer in time. Nothing was charged."


class Stopped(Exception):
    """The call was ended by us: nobody waits for its answer any more."""


class Patience:
    """At most `silence` seconds without news and `longest` seconds in all.

    `heard()` and `end()` may be called from any thread.
    """

    _lent = threading.local()

    def __init__(self, silence: float = 120.0, longest: float = 1800.0):
        self._silence = silence
        self._end = time.monotonic() + longest
        self._ended = threading.Event()
        self.heard()

    def heard(self) -> None:
        self._heard = time.monotonic()

    def end(self) -> None:
        self._ended.set()

    def left(self) -> float:
        """Seconds left; raises Stopped, or ProviderError(timeout) when there are none."""
        if self._ended.is_set():
            raise Stopped
        left = min(self._heard + self._silence, self._end) - time.monotonic()
        if left <= 0:
            raise ProviderError("timeout", TIMED_OUT, permanent=False, unsure=True)
        return left

    def pause(self, seconds: float) -> None:
        """Wait, but no longer than patience lasts; raises as `left` does."""
        self._ended.wait(min(seconds, self.left()))
        self.left()

    @classmethod
    def current(cls) -> "Patience | None":
        """What this thread reads with."""
        return getattr(cls._lent, "patience", None)

    @contextmanager
    def lend(self) -> Iterator[None]:
        """Rule every read of this thread's sockets inside the block."""
        before, self._lent.patience = self.current(), self
        try:
            yield
        finally:
            self._lent.patience = before
