"""Ports and the socket the web processes share."""

import errno
import socket

from server.launch.refusal import Refusal

BACKLOG = 1024
NEIGHBOURS = 100


def listen(host: str, port: int, chosen: bool) -> socket.socket:
    """A listening socket on `port`; a port that nobody chose may give way to one of the next hundred."""
    for candidate in range(port, port + (1 if chosen else NEIGHBOURS)):
        try:
            return bound(host, candidate)
        except OSError as error:
            if error.errno == errno.EADDRINUSE and not chosen:
                continue
            raise Refusal(refused(host, candidate, error)) from None
    raise Refusal(f"No port from {port} to {port + NEIGHBOURS - 1} is free. Choose another one: PORT=8080 make run")


def bound(host: str, port: int) -> socket.socket:
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen(BACKLOG)
    except BaseException:
        listener.close()
        raise
    return listener


def refused(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program. Choose another one: PORT={port + 1} make run"
    if error.errno == errno.EACCES:
        return f"Port {port} may only be opened by an administrator. Choose one above 1023: PORT=5000 make run"
    return f"The address {host}:{port} cannot be listened on ({error.strerror}). Check HOST and PORT."


def unused() -> int:
    """The number of a port on this machine that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_free(port: int) -> bool:
    try:
        bound("127.0.0.1", port).close()
        return True
    except OSError:
        return False
