"""A tab on a bad line: what it hears may be lost, doubled or turned round before it is applied by its rules."""

import contextlib
import threading

import socketio
from socketio.exceptions import BadNamespaceError

from tests.harness.client import Client
from tests.harness.state import State


class CarelessTab:
    """`habit` is what happens to events on their way: none, drop (each other one), double, reverse (in pairs)."""

    def __init__(self, client: Client, workspace_id: str, habit: str = "none"):
        self.client, self.workspace_id, self.habit = client, workspace_id, habit
        self.state: State | None = None
        self.trouble: str | None = None
        self.types: set[str] = set()
        self.heard, self.kept = 0, None
        self.early: dict[int, dict] = {}
        self.lock = threading.RLock()
        self.cookie = client.cookie()
        self.connect()

    def connect(self) -> None:
        self.socket = socketio.Client(reconnection=False)
        self.socket.on("connect", self.join)
        self.socket.on("event", self.hear)
        self.socket.on("head", self.head)
        headers = {"Cookie": self.cookie}
        self.socket.connect(self.client.base_url, headers=headers, transports=["websocket"], wait_timeout=10)

    def join(self) -> None:
        known = {"since": self.state.seq, "epoch": self.state.epoch} if self.state else {"since": None}
        with contextlib.suppress(BadNamespaceError):  # it was cut this moment, and joins when it is back
            self.socket.emit("join", {"workspace_id": self.workspace_id, **known}, callback=self.joined)

    def joined(self, answer: dict) -> None:
        with self.lock:
            if answer.get("snapshot"):
                self.state = State(answer["snapshot"])
            for envelope in answer.get("events") or ():
                self.early[envelope["seq"]] = envelope
            self.advance()

    def hear(self, envelope: dict) -> None:
        with self.lock:
            self.heard += 1
            for each in self.spoiled(envelope):
                self.early[each["seq"]] = each
                self.advance()

    def spoiled(self, envelope: dict) -> list[dict]:
        if self.habit == "drop" and self.heard % 2:
            return []
        if self.habit == "double":
            return [envelope, envelope]
        if self.habit == "reverse":
            earlier, self.kept = self.kept, None if self.kept else envelope
            return [envelope, earlier] if earlier else []
        earlier, self.kept = self.kept, None
        return [earlier, envelope] if earlier else [envelope]

    def advance(self) -> None:
        if self.state is None:
            return
        while (envelope := self.early.pop(self.state.seq + 1, None)) is not None:
            self.state.apply(envelope)
            self.types.add(envelope["type"])
        self.early = {seq: envelope for seq, envelope in self.early.items() if seq > self.state.seq}

    def head(self, said: dict) -> None:
        with self.lock:
            behind = self.state is None or said["seq"] > self.state.seq or said["epoch"] != self.state.epoch
        if behind:
            self.join()

    def cut(self) -> None:
        """Lose the connection and come back with what was applied."""
        self.socket.disconnect()
        self.connect()

    def differences(self, snapshot: dict) -> dict:
        with self.lock:
            if self.state is None or self.state.seq != snapshot["seq"]:
                return {"seq": (self.state and self.state.seq, snapshot["seq"])}
            return self.state.differences(snapshot)

    def leave(self) -> None:
        self.socket.disconnect()


class PlainTab(CarelessTab):
    """A page on plain Socket.IO: what it fetched when it was opened, and then whatever comes, as it comes."""

    def joined(self, answer: dict) -> None:
        with self.lock:
            if self.state is None and answer.get("snapshot"):
                self.state = State(answer["snapshot"])

    def hear(self, envelope: dict) -> None:
        with self.lock:
            self.heard += 1
            for each in self.spoiled(envelope) if self.state else ():
                self.state.seq = each["seq"] - 1
                self.state.apply(each)

    def head(self, said: dict) -> None:
        pass

    def differences(self, snapshot: dict) -> dict:
        with self.lock:
            ours = self.state.differences(snapshot) if self.state else {"state": (None, snapshot)}
            return {name: unlike for name, unlike in ours.items() if name != "seq"}
