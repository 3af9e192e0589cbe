"""The only place that emits."""

import random

from server.extensions import socketio
from server.protocol import events

DESK = "/admin"
DESK_TOPICS = {"stats": "stats", "admin.event": "events"}


def room_of(workspace_id: str) -> str:
    return f"ws:{workspace_id}"


def room_of_user(user_id: str) -> str:
    return f"user:{user_id}"


def room_of_session(session_id: str) -> str:
    return f"session:{session_id}"


def room_of_watcher(user_id: str) -> str:
    return f"watcher:{user_id}"


def deliver(envelope: dict) -> None:
    """Give a durable event to the sockets of this process; every process reads its own from SQL."""
    _emit("event", envelope, room_of(envelope["workspace_id"]), local=True)


def whisper(workspace_id: str, name: str, **data) -> None:
    """Send an ephemeral event to everybody in the room, in every process."""
    data = {"workspace_id": workspace_id, **data}
    events.check_ephemeral(name, data)
    _emit(name, data, room_of(workspace_id))


def whisper_here(workspace_id: str, name: str, **data) -> None:
    """Send an ephemeral event to those in the room who are connected to this process."""
    _emit(name, {"workspace_id": workspace_id, **data}, room_of(workspace_id), local=True)


def tell(user_id: str, name: str, **data) -> None:
    """Send an ephemeral event to all tabs of one person."""
    events.check_ephemeral(name, data)
    _emit(name, data, room_of_user(user_id))


def tell_session(session_id: str, name: str, **data) -> None:
    """Send an ephemeral event to the tabs of one sign-in."""
    _emit(name, data, room_of_session(session_id))


def show_watchers(name: str, **data) -> None:
    """Send an event to everybody at the desk who watches for such, in every process."""
    _emit(name, data, DESK_TOPICS[name], namespace=DESK)


def show_watchers_here(name: str, **data) -> None:
    """Send an event to those at the desk who are connected to this process."""
    _emit(name, data, DESK_TOPICS[name], local=True, namespace=DESK)


def drain(soonest: float, latest: float) -> None:
    """Tell each socket of this process when to come back, at moments spread evenly over that many seconds."""
    sids = [sid for sid, _ in socketio.server.manager.get_participants("/", None)]
    for place, sid in enumerate(sids):
        moment = soonest + (latest - soonest) * (place + random.random()) / len(sids)
        _emit("draining", {"retry_in": round(moment, 3)}, sid, local=True)


def poke(workspace_id: str, seq: int) -> None:
    """Say that a workspace has news; losing it costs a sweep's period, never an event."""
    _wind().say("poke", workspace_id=workspace_id, seq=seq)


def count() -> None:
    """Ask every process how many sockets it holds; what they say is in Redis a moment later."""
    _wind().say("count")


def cut(room: str) -> None:
    """Disconnect every socket in a room, in every process."""
    _wind().say("cut", room=room)


def _wind():
    return socketio.server.manager


def _emit(name: str, data: dict, room: str | None, local: bool = False, namespace: str = "/") -> None:
    socketio.emit(name, data, to=room, ignore_queue=local, namespace=namespace)
