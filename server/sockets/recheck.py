"""The backstop of signing out: whatever word was lost, no socket outlives its sign-in by more than a period."""

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


def start(app: Flask) -> None:
    socketio.start_background_task(_run, app)


def _run(app: Flask) -> None:
    with app.app_context():
        period = config().recheck_period
    while True:
        socketio.sleep(period)
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
