"""Serving one WSGI application on a listening socket, in each async mode, with a graceful end.

The limits follow what was measured for each server: eventlet's own cap of 1,024 connections is raised,
and its tracebacks for clients are off. Flask-SocketIO's `run` forwards neither, so the servers are called here.
"""

import logging
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterable

from werkzeug.wsgi import ClosingIterator

MOST_CONNECTIONS = 10_000
PATIENCE = 8.0
FAREWELL = 0.3  # for the last words to reach the sockets, and for the last questions to come
POLITE = 0.003
LINGER = 2.5  # for each socket to leave at the moment that it was told
LAST_GUESTS = 200
LITTLE = 256  # bytes


class Traffic:
    """A WSGI layer that knows how many plain requests are being answered and how many sockets are open.

    It also says what eventlet does not: that its input ends where a chunked body ends.
    """

    def __init__(self, app: Callable):
        self.app = app
        self.busy = self.sockets = 0
        self.turnstile = threading.Lock()

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        if environ.get("HTTP_UPGRADE", "").lower() == "websocket":
            return self.talk(environ, start_response)
        if environ.get("HTTP_TRANSFER_ENCODING", "").lower() == "chunked":
            environ["wsgi.input_terminated"] = True
        self.busy += 1
        try:
            return ClosingIterator(self.app(environ, start_response), self.leave)
        except BaseException:
            self.leave()
            raise

    def talk(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        self.sockets += 1
        try:
            self.take_turns()
            return self.app(environ, start_response)
        finally:
            self.sockets -= 1

    def take_turns(self) -> None:
        """Let one socket in each time the loop has come round: when a thousand come at once, whoever asks something
        meanwhile is answered between two of them."""
        with self.turnstile:
            time.sleep(0)

    def leave(self) -> None:
        self.busy -= 1

    def politeness(self) -> float:
        """Seconds to wait before reaching for the next connection, so that a freer process may take it."""
        return POLITE * self.sockets / (self.sockets + 50)


def serve(
    app: Callable, listener: socket.socket, mode: str, draining: Callable[[], None], shared: bool = False
) -> None:
    """Answer until SIGTERM; then call `draining`, shut the door, and finish what is being answered.

    The door is shut for good: a proxy must be refused at once to turn to another process, not left waiting in a queue.

    Where processes share the listener, the one with fewer sockets takes the next, and one that ends serves its sockets
    until they have gone to the others, a few at a time. A lone one is gone soon, for they wait for its successor.
    """
    wishes: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, frame: wishes.append(received))
    traffic = Traffic(app)
    shut = SERVERS[mode](listener, traffic, shared)
    while not wishes:
        time.sleep(0.1)
    draining()
    time.sleep(FAREWELL)
    shut()
    time.sleep(FAREWELL)  # who was let in last has not asked yet
    wait_while(lambda: shared and traffic.sockets, LINGER)
    wait_while(lambda: traffic.busy, PATIENCE)


def wait_while(busy: Callable[[], object], most: float) -> None:
    deadline = time.monotonic() + most
    while busy() and time.monotonic() < deadline:
        time.sleep(0.05)


def slim(handler: type, sock: str) -> type:
    """A handler of HTTP whose WebSockets give back the buffers of 8 and 16 KB that only HTTP reads and writes through.

    `sock` names the handler's socket. Nothing is lost: a client sends no frame before it is answered.
    """

    class Slim(handler):
        def get_environ(self):
            if self.headers.get("Upgrade", "").lower() == "websocket":
                for name, mode in (("rfile", "rb"), ("wfile", "wb")):
                    if hasattr(self, name):
                        setattr(self, name, getattr(self, sock).makefile(mode, LITTLE))
            return super().get_environ()

    return Slim


def on_eventlet(listener: socket.socket, app: Traffic, shared: bool) -> Callable[[], None]:
    import eventlet.wsgi
    from eventlet.green import socket as green
    from eventlet.hubs import trampoline
    from eventlet.patcher import original

    class Polite(green.socket):
        is_shut = False

        def accept(self):
            try:
                return self.next_guest()
            except OSError:
                if not self.is_shut:
                    raise
                # Stay: the server, told of the end, would hang up on whoever has come in and not asked yet.
                eventlet.Event().wait()

        def next_guest(self):
            while shared:
                trampoline(self.fd, read=True)
                eventlet.sleep(app.politeness())
                try:
                    sock, address = self.fd.accept()
                    return type(self)(fileno=sock.detach()), address
                except BlockingIOError:
                    continue
            return super().accept()

    sock = Polite(listener.family, listener.type, fileno=listener.detach())
    quiet = {"log": logging.getLogger("eventlet.wsgi"), "log_output": False, "debug": False}
    how = {"protocol": slim(eventlet.wsgi.HttpProtocol, "connection"), "max_size": MOST_CONNECTIONS, **quiet}
    eventlet.spawn(eventlet.wsgi.server, sock, app, **how)

    look = original("select").select

    def shut() -> None:
        for _ in range(LAST_GUESTS):  # whoever stands at the door already is let in first
            if shared or not look([sock.fd], [], [], 0)[0]:
                break
            eventlet.sleep(0)
        sock.is_shut = True
        sock.close()

    return shut


def on_gevent(listener: socket.socket, app: Traffic, shared: bool) -> Callable[[], None]:
    from gevent import pywsgi
    from gevent import socket as green

    listener.setblocking(False)
    how = {"handler_class": slim(pywsgi.WSGIHandler, "socket"), "spawn": MOST_CONNECTIONS, "log": None}
    server = pywsgi.WSGIServer(green.socket(fileno=listener.detach()), app, **how)
    if shared:
        server.max_accept = 1
    server.start()
    return server.close


def on_threads(listener: socket.socket, app: Traffic, shared: bool) -> Callable[[], None]:
    from werkzeug.serving import make_server

    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    host, port = listener.getsockname()[:2]
    server = make_server(host, port, app, threaded=True, fd=listener.fileno())
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def shut() -> None:
        server.shutdown()
        server.socket.close()

    return shut


SERVERS = {"eventlet": on_eventlet, "gevent": on_gevent, "threading": on_threads}


def offloader(mode: str) -> Callable:
    """How a slow function runs beside the event loop in this mode."""
    if mode == "eventlet":
        from eventlet import tpool

        return tpool.execute
    if mode == "gevent":
        from gevent import get_hub

        return lambda function, *args: get_hub().threadpool.apply(function, args)
    return lambda function, *args: function(*args)
