"""What simple-websocket, which carries the sockets of gevent and of threads, leaves undone.

It hands each frame to `send`, which on gevent takes as much as fits and forgets the rest: a slow reader would get half
a frame. And it would gather a message of any size before anybody could refuse it.
"""

from server.extensions import socketio

LIBRARY = "SimpleWebSocketWSGI"


class WholeFrames:
    """A socket that sends all of a frame."""

    def __init__(self, sock):
        self._sock = sock

    def send(self, data: bytes) -> None:
        self._sock.sendall(data)

    def __getattr__(self, name: str):
        return getattr(self._sock, name)


def mend() -> None:
    """Put our driver in the library's place, where this async mode uses it."""
    server = socketio.server.eio
    driver = server._async["websocket"]
    if LIBRARY in (kind.__name__ for kind in driver.__mro__):
        server._async = {**server._async, "websocket": careful(driver)}


def careful(driver: type) -> type:
    class Careful(driver):
        def __init__(self, handler, server):
            super().__init__(handler, server)
            self.app = lambda _: handler(self.with_whole_frames())
            self.server_args["max_message_size"] = server.max_http_buffer_size

        def with_whole_frames(self):
            self.ws.sock = WholeFrames(self.ws.sock)
            return self

    return Careful
