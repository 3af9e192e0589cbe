"""What other processes may ask of the sockets of this one: drop them, or take them out of a room."""

from server.extensions import socketio
from server.realtime import publisher
from server.realtime.presence import presence


def cut(word: dict) -> None:
    """Disconnect every socket in a room."""
    for sid in _sockets(word["room"]):
        socketio.server.disconnect(sid, ignore_queue=True)


def turn_out(word: dict) -> None:
    """Take one person's sockets out of a workspace."""
    for sid in _sockets(publisher.room_of_user(word["user_id"])):
        presence.leave(word["workspace_id"], sid)
        socketio.server.manager.basic_leave_room(sid, "/", publisher.room_of(word["workspace_id"]))


def _sockets(room: str) -> list[str]:
    return [sid for sid, _ in socketio.server.manager.get_participants("/", room)]
