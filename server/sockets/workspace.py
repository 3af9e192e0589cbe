"""The events of a room: connect, join, leave, hide, typing, focus, watch_replies."""

from flask import request
from flask_login import current_user
from flask_socketio import join_room

from server.actions import access
from server.errors import NotFound
from server.extensions import socketio
from server.models import Message, WorkspaceEvent
from server.models.snapshot import begin_reading, read_head, read_snapshot
from server.protocol.requests import Focus, Hide, Join, Leave, Typing, WatchReplies
from server.realtime.feed import feed
from server.realtime.presence import Seat, presence
from server.realtime.publisher import room_of, room_of_user
from server.realtime.token_stream import written
from server.sockets import control, gate


@socketio.on("connect")
def connect(auth=None):
    gate.admit()
    join_room(room_of_user(current_user.user_id))


@socketio.on("disconnect")
def disconnect(reason=None):
    presence.leave_all(request.sid)


@gate.on("join", Join, is_large=True)
def join(body: Join) -> dict:
    """Enter first, read second: what comes between is delivered as events and applied by its number."""
    access.member(current_user.user, body.workspace_id)
    feed.open(body.workspace_id, *read_head(body.workspace_id))
    join_room(room_of(body.workspace_id))
    take_seat(body.workspace_id, body.hidden)
    begin_reading()
    stay_if_member(body.workspace_id)
    seq, epoch = read_head(body.workspace_id)
    events = None
    if body.since is not None and body.epoch in (None, epoch):
        events = WorkspaceEvent.replay(body.workspace_id, body.since, seq)
    return {
        "seq": seq,
        "epoch": epoch,
        "events": events,
        "snapshot": read_snapshot(body.workspace_id, current_user.user_id) if events is None else None,
        "streams": streams(body.workspace_id),
        "presence": presence.members(body.workspace_id),
    }


@gate.on("leave", Leave)
def leave(body: Leave) -> None:
    control.turn_out(body.workspace_id, [request.sid])


@gate.on("hide", Hide)
def hide(body: Hide) -> None:
    access.member(current_user.user, body.workspace_id)
    presence.hide(body.workspace_id, request.sid, body.hidden)


@gate.on("typing", Typing)
def typing(body: Typing) -> None:
    access.member(current_user.user, body.workspace_id)
    presence.set_typing(body.workspace_id, request.sid, body.typing)


@gate.on("focus", Focus)
def focus(body: Focus) -> None:
    access.member(current_user.user, body.workspace_id)
    presence.set_focus(body.workspace_id, request.sid, body.image_id)


@gate.on("watch_replies", WatchReplies, is_large=True)
def watch_replies(body: WatchReplies) -> dict:
    """The text so far of a reply that is being written."""
    message = access.row(current_user.user, Message, body.message_id, "viewer")
    if message.status != "streaming":
        return {"attempt": message.attempt, "text": message.content}
    return written(message.id, message.attempt)


def take_seat(workspace_id: str, hidden: bool) -> None:
    user = current_user.user
    presence.enter(workspace_id, request.sid, Seat(user.id, user.name, user.color, hidden=hidden))
    presence.hide(workspace_id, request.sid, hidden)


def stay_if_member(workspace_id: str) -> None:
    """Someone who was removed while they entered leaves again; nobody else would turn them out."""
    try:
        access.member(current_user.user, workspace_id)
    except NotFound:
        control.turn_out(workspace_id, [request.sid])
        raise


def streams(workspace_id: str) -> list[dict]:
    """The replies that are being written: {message_id, attempt, text}."""
    return [{"message_id": id, **written(id, attempt)} for id, attempt in Message.being_written(workspace_id)]
