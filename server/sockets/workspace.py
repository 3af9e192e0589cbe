"""The events of a room: connect, join, leave, typing, focus, watch_replies."""

from flask import request
from flask_login import current_user
from flask_socketio import join_room, leave_room

from server.errors import NotFound
from server.extensions import db, socketio
from server.models import Membership, Message, WorkspaceEvent
from server.models.snapshot import begin_reading, read_head, read_snapshot
from server.protocol.requests import Focus, Join, Leave, Typing, WatchReplies
from server.realtime.feed import feed
from server.realtime.presence import Seat, presence
from server.realtime.publisher import room_of, room_of_session, room_of_user
from server.realtime.token_stream import text_so_far
from server.sockets import gate


@socketio.on("connect")
def connect(auth=None):
    gate.admit()
    join_room(room_of_user(current_user.user_id))
    join_room(room_of_session(current_user.id))


@socketio.on("disconnect")
def disconnect(reason=None):
    presence.leave_all(request.sid)


@gate.on("join", Join)
def join(body: Join) -> dict:
    """Enter first, read second: what comes between is delivered as events and applied by its number."""
    member_of(body.workspace_id)
    feed.open(body.workspace_id, *read_head(body.workspace_id))
    join_room(room_of(body.workspace_id))
    take_seat(body.workspace_id)
    begin_reading()
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
    leave_room(room_of(body.workspace_id))
    presence.leave(body.workspace_id, request.sid)


@gate.on("typing", Typing)
def typing(body: Typing) -> None:
    member_of(body.workspace_id)
    presence.set_typing(body.workspace_id, request.sid, body.typing)


@gate.on("focus", Focus)
def focus(body: Focus) -> None:
    member_of(body.workspace_id)
    presence.set_focus(body.workspace_id, request.sid, body.image_id)


@gate.on("watch_replies", WatchReplies)
def watch_replies(body: WatchReplies) -> dict:
    """The text so far of a reply that is being written."""
    message = db.session.get(Message, body.message_id)
    if message is None or message.deleted_at:
        raise NotFound("There is no such message, or it was deleted.")
    member_of(message.workspace_id)
    if message.status != "streaming":
        return {"attempt": message.attempt, "text": message.content}
    written = text_so_far(message.id)
    return written if written["attempt"] == message.attempt else {"attempt": message.attempt, "text": ""}


def member_of(workspace_id: str) -> Membership:
    membership = Membership.find(workspace_id, current_user.user_id)
    if membership is None:
        raise NotFound("There is no such workspace, or you are not a member of it.")
    return membership


def take_seat(workspace_id: str) -> None:
    user = current_user.user
    presence.enter(workspace_id, request.sid, Seat(user.id, user.name, user.color))


def streams(workspace_id: str) -> list[dict]:
    """The replies that are being written: {message_id, attempt, text}."""
    waiting = [message for message in Message.recent(workspace_id, 50) if message.status == "streaming"]
    return [{"message_id": message.id, **text_so_far(message.id)} for message in waiting]
