"""A socket by hand: Socket.IO's own text frames, right or wrong."""

import json
import time

import websocket

from tests.harness.client import Client


class Wire:
    """One WebSocket; `cookie` and `origin` are what a browser would send, `more` are further headers."""

    def __init__(self, base_url: str, cookie: str = "", origin: str | None = None, *more: str):
        address = base_url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
        header = [*([f"Cookie: {cookie}"] if cookie else []), *more]
        self.socket = websocket.create_connection(
            address, timeout=10, header=header, origin=origin or base_url, suppress_origin=origin == ""
        )

    @classmethod
    def of(cls, client: Client) -> "Wire":
        """Connected as that person, ready for events."""
        wire = cls(client.base_url, client.cookie())
        wire.send("40")
        assert wire.hear("40{"), "not let in"
        return wire

    def send(self, text: str) -> None:
        self.socket.send(text)

    def send_bytes(self, data: bytes) -> None:
        self.socket.send_binary(data)

    def hear(self, beginning: str, patience: float = 10.0) -> str:
        """The next frame that begins so, pings answered meanwhile; empty when the server closes first."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            try:
                frame = self.socket.recv()
            except (websocket.WebSocketException, OSError):
                return ""
            if frame == "2":
                self.send("3")
            if isinstance(frame, str) and frame.startswith(beginning):
                return frame
            if not frame:
                return ""
        raise AssertionError(f"nothing that begins with {beginning} within {patience} s")

    def ask(self, name: str, data: object) -> dict:
        """Emit and hear the acknowledgement."""
        self.send("427" + json.dumps([name, data]))
        return json.loads(self.hear("437").removeprefix("437"))[0]

    def is_closed(self) -> bool:
        """Whether the server hangs up; waits for it."""
        return self.hear("never") == ""

    def close(self) -> None:
        self.socket.close()
