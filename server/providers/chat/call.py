"""One HTTP exchange in a thread of its own, so that whoever reads it can stop at any moment."""

import queue
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from typing import Self

import httpx

from server.providers.chat import refusals

TICK = 0.25
MAX_BYTES = 64 * 1024 * 1024
MAX_REFUSAL = 64 * 1024


@dataclass(frozen=True)
class Patience:
    """Seconds to wait: for the connection, for the next byte, and for the whole answer."""

    connect: float = 5.0
    silence: float = 60.0
    total: float = 600.0

    def shortened(self, silence: float, total: float) -> "Patience":
        return replace(self, silence=min(self.silence, silence), total=min(self.total, total))

    def timeout(self) -> httpx.Timeout:
        return httpx.Timeout(self.silence, connect=self.connect)


@dataclass(frozen=True)
class Head:
    """How an answer began; `body` is filled for refusals only."""

    status: int
    headers: httpx.Headers
    body: bytes = b""

    @property
    def framed(self) -> bool:
        """Whether the server says where its answer ends, so that a cut one cannot look complete."""
        return "content-length" in self.headers or "chunked" in self.headers.get("transfer-encoding", "")


class Call:
    """`head` and `pieces` hand on what the thread reads and raise ProviderError; leaving the `with` hangs up."""

    def __init__(self, client: httpx.Client, request: httpx.Request, patience: Patience):
        self._client, self._request = client, request
        self._deadline = time.monotonic() + patience.total
        self._arrivals: queue.SimpleQueue = queue.SimpleQueue()
        self._socket: socket.socket | None = None
        self._closed = False
        request.extensions["trace"] = self._remember_socket
        threading.Thread(target=self._run, name="chat-call", daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def head(self) -> Iterator[Head | None]:
        """None for each quarter of a second of waiting, then the head, which comes last and surely."""
        for arrival in self.pieces():
            yield arrival
            if arrival is not None:
                return

    def pieces(self) -> Iterator[bytes | None]:
        """The body as it arrives; None for each quarter of a second of silence."""
        while (arrival := self._next()) is not StopIteration:
            if isinstance(arrival, Exception):
                raise refusals.from_transport(arrival)
            yield arrival

    def close(self) -> None:
        """Hang up; the thread, which may be waiting for bytes, wakes and ends."""
        self._closed = True
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def _next(self) -> object:
        if time.monotonic() > self._deadline:
            return httpx.ReadTimeout("The answer took too long.")
        try:
            return self._arrivals.get(timeout=TICK)
        except queue.Empty:
            return None

    def _run(self) -> None:
        try:
            with self._client, closing(self._client.send(self._request, stream=True)) as response:
                self._exchange(response)
        except Exception as error:  # whatever failed here belongs to the reader, not to this thread
            self._arrivals.put(error)
        else:
            self._arrivals.put(StopIteration)

    def _exchange(self, response: httpx.Response) -> None:
        if response.status_code == 200:
            self._arrivals.put(Head(200, response.headers))
            self._pass_on(response)
        else:
            self._arrivals.put(Head(response.status_code, response.headers, _beginning(response)))

    def _pass_on(self, response: httpx.Response) -> None:
        size = 0
        for piece in response.iter_bytes():
            size += len(piece)
            if self._closed:
                return
            if size > MAX_BYTES:
                raise httpx.ReadError("The answer is too long.")
            self._arrivals.put(piece)

    def _remember_socket(self, event: str, info: dict) -> None:
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._socket = info["return_value"].get_extra_info("socket")
            if self._closed:
                self.close()


def _beginning(response: httpx.Response) -> bytes:
    body = b""
    for piece in response.iter_bytes():
        body += piece
        if len(body) >= MAX_REFUSAL:
            break
    return body[:MAX_REFUSAL]
