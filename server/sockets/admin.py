"""The namespace `/admin`: superusers connect, say what they watch, and see the numbers of every two seconds.

The numbers are counted once in each process, and only while somebody is connected here.
"""

import structlog
from flask import Flask, current_app
from flask_login import current_user
from flask_socketio import ConnectionRefusedError, join_room, leave_room
from sqlalchemy import select

from server.actions import onlookers
from server.actions.desk import stats
from server.actions.desk.lately import lately
from server.errors import NotFound
from server.extensions import db, socketio
from server.models import Session, User
from server.protocol.desk import Watch
from server.realtime import publisher
from server.realtime.publisher import DESK, DESK_TOPICS, room_of_session, room_of_watcher
from server.sockets import control, gate

PERIOD = 2.0
SESSION = room_of_session("")
log = structlog.get_logger()


@socketio.on("connect", namespace=DESK)
def connect(auth=None):
    gate.admit()
    if not current_user.user.is_superuser:
        onlookers.turn_away(current_user.user)
        raise ConnectionRefusedError({"code": "not_found", "message": "There is nothing here."})
    join_room(room_of_watcher(current_user.user_id))
    clock.start(current_app._get_current_object())


@gate.on("watch", Watch, namespace=DESK)
def watch(body: Watch) -> dict:
    """The role is read anew; the answer holds the last numbers and the last hour."""
    if not current_user.user.is_superuser:
        raise NotFound("There is nothing here.")
    for topic in DESK_TOPICS.values():
        (join_room if topic in body.topics else leave_room)(topic)
    return {"stats": clock.latest, "minutes": lately.look().minutes() if "stats" in body.topics else []}


class Clock:
    """Ticks while somebody is connected to this process."""

    def __init__(self):
        self.latest: dict | None = None
        self.ticks = False

    def start(self, app: Flask) -> None:
        if not self.ticks:
            self.ticks = True
            socketio.start_background_task(self._run, app)

    def _run(self, app: Flask) -> None:
        try:
            while control.sockets_in(None, DESK):
                try:
                    with app.app_context():
                        self._tick()
                except Exception:
                    log.exception("the desk's clock stumbled")
                socketio.sleep(PERIOD)
        finally:
            self.ticks, self.latest = False, None

    def _tick(self) -> None:
        turn_out_strangers()
        publisher.count()
        self.latest = stats.read()
        db.session.rollback()
        publisher.show_watchers_here("stats", **self.latest)


def turn_out_strangers() -> None:
    """Whatever word was lost: who is signed out or no superuser any more leaves at the next tick."""
    rooms = socketio.server.manager.rooms.get(DESK, {})
    here = {name.removeprefix(SESSION) for name in list(rooms) if name and name.startswith(SESSION)}
    query = select(Session.id).join(User).where(Session.id.in_(here), User.is_superuser, *Session.alive())
    for id in here - set(db.session.scalars(query)):
        control.cut({"room": room_of_session(id)}, (DESK,))


clock = Clock()
