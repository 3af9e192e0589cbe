"""The backstop of signing out: whatever word was lost, no socket outlives its sign-in by more than a period.

While Redis is away no word comes at all: then it is looked at each attempt to reach it, and once it is back.
"""

import threading

import structlog
from flask import Flask
from sqlalchemy import select

from server.extensions import config, db, socketio
from server.models import Session, User
from server.realtime.publisher import room_of_session
from server.sockets import control

BATCH = 500
SESSION = room_of_session("")
log = structlog.get_logger()
wake = threading.Event()


def start(app: Flask) -> None:
    socketio.start_background_task(_run, app)


def soon() -> None:
    """A word may have been lost: look now."""
    wake.set()


def _run(app: Flask) -> None:
    with app.app_context():
        period = config().recheck_period
    while True:
        wake.wait(period)
        wake.clear()
        try:
            with app.app_context():
                _recheck()
        except Exception:
            log.exception("recheck failed")


def _recheck() -> None:
    rooms = socketio.server.manager.rooms.get("/", {})
    here = [name.removeprefix(SESSION) for name in list(rooms) if name and name.startswith(SESSION)]
    for place in range(0, len(here), BATCH):
        batch = here[place : place + BATCH]
        query = select(Session.id).join(User).where(Session.id.in_(batch))
        alive = set(db.session.scalars(query.where(*Session.alive())))
        for id in set(batch) - alive:
            control.cut({"room": room_of_session(id)})
