"""Every event passes here: who is it, is the body well-formed, and one plain answer whatever happens."""

from functools import wraps

import structlog
from flask import request
from flask import session as cookie
from flask_login import current_user
from flask_socketio import ConnectionRefusedError, join_room
from pydantic import ValidationError

from server.errors import AppError, Invalid, NotFound, RateLimited, SignedOut
from server.extensions import db, socketio
from server.protocol.complaints import complaint
from server.protocol.requests import Request
from server.realtime.publisher import DESK, room_of_session
from server.sockets import pace

log = structlog.get_logger()


def on(event: str, body: type[Request], namespace: str = "/", is_large: bool = False):
    """Bind a handler of `event`: it gets the parsed body and returns the ack, which may be large."""

    def bind(handler):
        @socketio.on(event, namespace=namespace)
        @wraps(handler)
        def answer(data=None):
            try:
                pace.of_socket(event, request.sid)
                if is_large and not socketio.server.manager.takes_answers(request.sid, namespace):
                    return {}
                if not current_user.is_authenticated:
                    raise SignedOut("You were signed out. Sign in to go on.")
                pace.of_person(event, current_user.user_id)
                return handler(_parse(body, data)) or {}
            except AppError as error:
                return {"error": error.to_dict()}
            except Exception:
                log.exception("socket event failed", event_name=event)
                return {"error": {"code": "error", "message": "Something broke on our side. Try again."}}
            finally:
                db.session.rollback()

        return handler

    return bind


def admit() -> None:
    """Refuse a connection without a living session, and a person who opens too many at once.

    Enter the room of the sign-in first, read second: one that ends meanwhile is then either read or cut.
    """
    join_room(room_of_session(cookie.get("_user_id", "")))
    if not current_user.is_authenticated:
        raise ConnectionRefusedError({"code": "signed_out", "message": "Sign in first."})
    try:
        pace.of_newcomer(current_user.user_id)
    except RateLimited as error:
        raise ConnectionRefusedError(error.to_dict()) from None


def _parse(body: type[Request], data) -> Request:
    try:
        return body.model_validate(data)
    except ValidationError as error:
        message, field = complaint(error)
        raise Invalid(message, field=field) from None


@socketio.on("*", namespace=DESK)
@socketio.on("*")
def unknown(name, *_data):
    try:
        pace.of_socket("unknown", request.sid)
        raise NotFound("There is no such event.")
    except AppError as error:
        return {"error": error.to_dict()}


@socketio.on_error_default
def refuse(error):
    """Nothing that a client sends may end in a traceback to it."""
    log.error("socket handler failed", error=type(error).__name__)
    return {"error": {"code": "error", "message": "Something broke on our side. Try again."}}
