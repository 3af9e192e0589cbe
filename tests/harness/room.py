"""A tab without a screen: a real Socket.IO client that joins a workspace and keeps in step."""

import threading
import time
from collections.abc import Callable

import socketio

from tests.harness.client import Client
from tests.harness.state import State

EPHEMERAL = (
    "message.delta", "image.progress", "presence", "head", "account", "workspaces", "draft", "transfer", "queue",
    "ticket", "asked", "signed_out", "draining",
)


class Room:
    """`events` are the durable envelopes in order, `whispers` the ephemeral `(name, data)` as they came."""

    def __init__(self, client: Client, workspace_id: str):
        self.client, self.workspace_id = client, workspace_id
        self.events: list[dict] = []
        self.whispers: list[tuple[str, dict]] = []
        self.state: State | None = None
        self.joined: dict | None = None
        self.changed = threading.Condition()
        self.socket = socketio.Client(reconnection_delay=0.2, reconnection_delay_max=1, randomization_factor=0)
        self.socket.on("connect", self.ask_to_join)
        self.socket.on("event", self.receive)
        for name in EPHEMERAL:
            self.socket.on(name, lambda data, name=name: self.overhear(name, data))

    def enter(self, patience: float = 10.0) -> "Room":
        """Connect, join and hold the first snapshot."""
        headers = {"Cookie": self.client.cookie()}
        self.socket.connect(self.client.base_url, headers=headers, transports=["websocket"], wait_timeout=patience)
        self.wait_for(lambda room: room.joined, patience)
        assert "error" not in self.joined, self.joined
        return self

    def leave(self) -> None:
        self.socket.disconnect()

    def call(self, name: str, data: object = None, patience: float = 10.0):
        """Say something and hear the acknowledgement."""
        return self.socket.call(name, data, timeout=patience)

    def wait_for(self, predicate: Callable[["Room"], object], patience: float = 15.0):
        """Wait until `predicate(room)` is true, looking at each arrival; its value."""
        deadline = time.monotonic() + patience
        with self.changed:
            while not (value := predicate(self)):
                left = deadline - time.monotonic()
                assert left > 0, f"not within {patience} s; the last of {len(self.events)} events: {self.events[-3:]}"
                self.changed.wait(left)
        return value

    def wait_for_event(self, kind: str, patience: float = 15.0, **fields) -> dict:
        """Wait for a durable event of a type whose entity has these fields; its data."""
        return self.wait_for(lambda room: next(room.found(kind, fields), None), patience)

    def found(self, kind: str, fields: dict):
        for envelope in self.events:
            entity = envelope["data"].get(kind.split(".")[0], envelope["data"])
            if envelope["type"] == kind and all(entity.get(name) == value for name, value in fields.items()):
                yield envelope["data"]

    def heard(self, name: str) -> list[dict]:
        """Every ephemeral event of one name so far."""
        return [data for said, data in self.whispers if said == name]

    def wait_for_seq(self, seq: int, patience: float = 15.0) -> State:
        """Wait until this tab has applied everything up to `seq`."""
        return self.wait_for(lambda room: room.state if room.state.seq >= seq else None, patience)

    def ask_to_join(self) -> None:
        known = {"since": self.state.seq, "epoch": self.state.epoch} if self.state else {"since": None}
        self.socket.emit("join", {"workspace_id": self.workspace_id, **known}, callback=self.join)

    def join(self, answer: dict) -> None:
        with self.changed:
            if answer.get("snapshot"):
                self.state = State(answer["snapshot"])
            for envelope in answer.get("events") or ():
                self.apply(envelope)
            self.joined = answer
            self.changed.notify_all()

    def receive(self, envelope: dict) -> None:
        with self.changed:
            late = self.state is None or envelope["seq"] > self.state.seq + 1
            if not late:
                self.apply(envelope)
            self.changed.notify_all()
        if late:
            self.ask_to_join()

    def apply(self, envelope: dict) -> None:
        if envelope["seq"] > self.state.seq:
            self.state.apply(envelope)
            self.events.append(envelope)

    def overhear(self, name: str, data: dict) -> None:
        with self.changed:
            self.whispers.append((name, data))
            self.changed.notify_all()
