"""Before a socket is a socket: no upgrade without a signed cookie, no compression, no silent guests."""

import errno
from collections.abc import Callable
from time import monotonic

import structlog
from flask import Flask, Request

from server.config import Config
from server.extensions import socketio
from server.realtime.pressure import cut
from server.sockets import frames

SILENCE = 10.0
ROUND = 2.0
PATH = "/socket.io/"
log = structlog.get_logger()


def keep(app: Flask) -> None:
    """Stand before the Socket.IO server of this app, and show out who never says who they are."""
    inner = app.wsgi_app

    def doorkeeper(environ, respond):
        if environ.get("PATH_INFO", "").startswith(PATH):
            if not has_signed_cookie(app, environ):
                respond("401 UNAUTHORIZED", [("Content-Type", "text/plain")])
                return [b"Sign in first."]
            # Compressed sockets would cost 100 KB each for messages that are small anyway.
            environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
            return talk(environ, respond)
        return inner(environ, respond)

    def talk(environ, respond):
        """Stay until the socket ends; what is no frame of the protocol ends it too."""
        answers = []

        def answer(*args):
            answers.append(args)
            return respond(*args)

        try:
            said = inner(environ, answer)
        except ValueError as error:
            log.warning("socket dropped for a malformed frame", reason=str(error)[:80])
            said = []
        if mode == "gevent" and not answers:  # it would wait for another request where there was a socket
            raise ConnectionResetError(errno.ECONNRESET, "the socket has ended")
        return said

    mode = socketio.server.eio.async_mode
    frames.mend()
    app.wsgi_app = doorkeeper
    socketio.start_background_task(show_out)


def admits(config: Config) -> Callable[[str | None, dict], bool]:
    """The rule of HTTP for the origin of a page, in the form that Socket.IO asks for it."""

    def admit(origin: str | None, environ: dict) -> bool:
        return bool(origin) and config.admits(origin, f"{environ['wsgi.url_scheme']}://{environ.get('HTTP_HOST', '')}")

    return admit


def has_signed_cookie(app: Flask, environ: dict) -> bool:
    """Whether the cookie is one of ours and names a sign-in; whether that still lives is asked at CONNECT."""
    session = app.session_interface.open_session(app, Request(environ))
    return bool(session and session.get("_user_id"))


def show_out() -> None:
    """Close connections that have not joined a namespace within ten seconds."""
    since: dict[str, float] = {}
    while True:
        socketio.sleep(ROUND)
        try:
            open_sockets = dict(socketio.server.eio.sockets)
            silent = set(open_sockets) - _known()
            since = {id: since.get(id, monotonic()) for id in silent}
            for id in [id for id, first in since.items() if monotonic() - first > SILENCE]:
                cut(open_sockets[id])
        except Exception:
            log.exception("the doorkeeper stumbled")


def _known() -> set[str]:
    """The connections that are in a namespace."""
    rooms = socketio.server.manager.rooms
    return {eio_sid for namespace in rooms.values() for eio_sid in namespace.get(None, {}).values()}
