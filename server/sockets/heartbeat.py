"""One task that pings all sockets. The library keeps a sleeping one for each, which costs 8 KB a connection."""

from collections import deque
from time import monotonic, time

import structlog
from engineio import packet as frames
from engineio.socket import Socket

from server.extensions import socketio

BEAT = 0.5
log = structlog.get_logger()
_due: deque[tuple[float, Socket]] = deque()  # in order, for all wait equally long


def share() -> None:
    """Take the pings over from the library, which offers no other way than to replace its method."""
    Socket.schedule_ping = schedule
    socketio.start_background_task(beat)


def schedule(socket: Socket) -> None:
    """Ping this socket one interval from now: it has just connected or answered the last ping."""
    if socket.last_ping:  # else one is on its way
        socket.last_ping = None
        _due.append((monotonic() + socket.server.ping_interval, socket))


def beat() -> None:
    while True:
        socketio.sleep(BEAT)
        while _due and _due[0][0] <= monotonic():
            ping(_due.popleft()[1])


def ping(socket: Socket) -> None:
    if socket.closing or socket.closed:
        return
    try:
        socket.last_ping = time()
        socket.send(frames.Packet(frames.PING))
    except Exception:
        log.exception("a ping failed")
