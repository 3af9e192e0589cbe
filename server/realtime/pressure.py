"""Bounded queues: a tab that reads too slowly first misses what is ephemeral, then is cut and heals by itself.

One that goes on asking for much and leaves the answers unread is cut as well.

And an end for everybody: the library leaves alone whoever is to be cut while still being let in.
"""

import contextlib

from engineio import packet as frames
from socketio import packet as packets
from socketio.manager import Manager

from server.protocol.events import EPHEMERAL

CROWDED = 200
OVERFULL = 1000
UNREAD = 2_000_000
SPARED = {"draining", "signed_out"}


class PressureManager(Manager):
    """Encodes an event once and puts it into the queue of each socket of this process that can take it."""

    def __init__(self):
        super().__init__()
        self._unwanted: set[str] = set()

    def show_out(self, sid: str, namespace: str) -> None:
        """Disconnect a socket, or as soon as it is connected."""
        self._unwanted.add(sid)
        if sid not in self.pending_connect.get(namespace, ()):
            self.server.disconnect(sid, namespace=namespace, ignore_queue=True)
            self._unwanted.discard(sid)

    def connect(self, sid, namespace):
        sid = super().connect(sid, namespace)
        if sid in self._unwanted:
            self.server.disconnect(sid, namespace=namespace, ignore_queue=True)
        return sid

    def disconnect(self, sid, namespace, **kwargs):
        super().disconnect(sid, namespace, **kwargs)
        self._unwanted.discard(sid)

    def takes_answers(self, sid: str, namespace: str) -> bool:
        """Whether a socket reads what it is answered; one that leaves too much of it unread is cut."""
        socket = self.server.eio.sockets.get(self.eio_sid_from_sid(sid, namespace))
        if socket and sum(len(packet.data or "") for packet in list(socket.queue.queue) if packet) > UNREAD:
            cut(socket)
        return bool(socket) and not socket.closed

    def emit(self, event, data, namespace, room=None, skip_sid=None, callback=None, to=None, **kwargs):
        if callback:
            super().emit(event, data, namespace, room=room, skip_sid=skip_sid, callback=callback, to=to, **kwargs)
            return
        if namespace not in self.rooms:
            return
        text = self.server.packet_class(packets.EVENT, namespace=namespace, data=[event, data], binary=False).encode()
        frame = frames.Packet(frames.MESSAGE, text)
        may_drop = (event in EPHEMERAL or namespace != "/") and event not in SPARED
        for sid, eio_sid in self.get_participants(namespace, to or room):
            socket = self.server.eio.sockets.get(eio_sid)
            if socket is None or sid == skip_sid or socket.closed:
                continue
            waiting = socket.queue.qsize()
            if waiting >= OVERFULL:
                cut(socket)
            elif not (may_drop and waiting >= CROWDED):
                socket.send(frame)


def cut(socket) -> None:
    """Forget what waits and end the connection; the client comes back and joins with what it has."""
    with contextlib.suppress(Exception):
        while True:
            socket.queue.get(block=False)
    socket.close(wait=False, abort=True)
