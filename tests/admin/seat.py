"""A tab at the desk, without a screen."""

import threading
import time
from collections.abc import Callable

import socketio

from tests.harness.client import Client


class Seat:
    """`stats` and `events` are what came, in order; it does not come back when it is cut."""

    def __init__(self, client: Client):
        self.client = client
        self.stats: list[dict] = []
        self.events: list[dict] = []
        self.changed = threading.Condition()
        self.socket = socketio.Client(reconnection=False)
        for name, heard in (("stats", self.stats), ("admin.event", self.events)):
            self.socket.on(name, lambda data, heard=heard: self.hear(heard, data), namespace="/admin")
        self.socket.on("disconnect", lambda *_: self.hear([], None), namespace="/admin")

    def hear(self, heard: list, data) -> None:
        with self.changed:
            heard.append(data)
            self.changed.notify_all()

    def sit(self) -> "Seat":
        self.socket.connect(
            self.client.base_url, headers={"Cookie": self.client.cookie()}, transports=["websocket"],
            namespaces=["/admin"], wait_timeout=5,
        )
        return self

    def watch(self, *topics: str) -> dict:
        return self.socket.call("watch", {"topics": list(topics)}, namespace="/admin", timeout=5)

    def wait_for(self, condition: Callable[["Seat"], object], patience: float = 8.0):
        deadline = time.monotonic() + patience
        with self.changed:
            while not (value := condition(self)):
                assert self.changed.wait(max(0.0, deadline - time.monotonic())), f"not within {patience} s"
        return value

    def is_cut(self) -> bool:
        return "/admin" not in self.socket.namespaces
