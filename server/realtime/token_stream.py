"""A reply as it is written: deltas to every tab, and the text so far for those who come later."""

import json
import threading
from datetime import datetime
from time import monotonic

from server.extensions import now, redis_client
from server.realtime import publisher

SHORTEST, A_VIEWER, LONGEST = 0.03, 0.0007, 0.1
KEPT = 900


def window(viewers: int) -> float:
    """Seconds between two deltas: the more who watch, the more each costs, so the fuller they go."""
    return min(SHORTEST + A_VIEWER * viewers, LONGEST)


def length(text: str) -> int:
    """The length as browsers count it, in UTF-16 code units."""
    return len(text) + sum(1 for character in text if character > "\uffff")


def written(message_id: str, attempt: int) -> dict:
    """{attempt, text} so far of that attempt at a reply; empty while nothing is known of it."""
    stored = redis_client.attempt(lambda client: client.get(_key(message_id)))
    known = json.loads(stored) if stored else None
    return known if known and known["attempt"] == attempt else {"attempt": attempt, "text": ""}


def _key(message_id: str) -> str:
    return f"reply:{message_id}"


class TokenStream:
    """Sends the first text at once, then one delta a window: fewer, fuller events is what keeps rooms cheap.

    The whole text is stored before each window is sent: who stops the reply keeps all the words that were seen, and a
    Redis that lost it has it back with the next one.
    """

    def __init__(self, workspace_id: str, message_id: str, attempt: int, viewers: int = 0):
        self.text = ""
        self.began_at: datetime | None = None
        self._workspace_id, self._message_id, self._attempt = workspace_id, message_id, attempt
        self._window = window(viewers)
        self._sent, self._offset, self._last = 0, 0, 0.0
        self._closed = False
        self._lock = threading.Condition()
        self._clock = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> "TokenStream":
        self._clock.start()
        return self

    def __exit__(self, *_exc) -> None:
        with self._lock:
            self._closed = True
            self._lock.notify()
        self._clock.join()

    def write(self, text: str) -> None:
        """Append to the reply; it leaves now when the window has passed, else with its end."""
        if not text:
            return
        with self._lock:
            self.text += text
            if monotonic() - self._last >= self._window:
                self._flush()
            else:
                self._lock.notify()

    def _tick(self) -> None:
        """Send what waits when its window ends."""
        with self._lock:
            while not self._closed:
                if self._sent == len(self.text):
                    self._lock.wait()
                elif (rest := self._last + self._window - monotonic()) > 0:
                    self._lock.wait(rest)
                else:
                    self._flush()
            self._flush()

    def _flush(self) -> None:
        delta = self.text[self._sent :]
        if not delta:
            return
        self._last = monotonic()
        stored = json.dumps({"attempt": self._attempt, "text": self.text})
        redis_client.attempt(lambda client: client.set(_key(self._message_id), stored, ex=KEPT))
        publisher.whisper(
            self._workspace_id,
            "message.delta",
            message_id=self._message_id,
            attempt=self._attempt,
            offset=self._offset,
            text=delta,
        )
        self.began_at = self.began_at or now()
        self._sent = len(self.text)
        self._offset += length(delta)
