"""What the sockets of this process must follow: a sign-in that ended, and news that change who is in a room."""

from server.extensions import socketio
from server.realtime.presence import presence
from server.realtime.publisher import DESK, room_of, room_of_user


def cut(word: dict, namespaces: tuple[str, ...] = ("/", DESK)) -> None:
    """Disconnect every socket in a room, at the desk too."""
    for namespace in namespaces:
        for sid in sockets_in(word["room"], namespace):
            socketio.server.manager.show_out(sid, namespace)


def heed(event: dict) -> None:
    """Those who were removed, and all of a deleted workspace, hear of it and nothing more; names follow."""
    workspace_id, data = event["workspace_id"], event["data"]
    match event["type"]:
        case "member.removed":
            turn_out(workspace_id, sockets_in(room_of_user(data["user_id"])))
        case "workspace.deleted":
            turn_out(workspace_id, sockets_in(room_of(workspace_id)))
        case "member.updated":
            presence.rename(workspace_id, data["member"]["user_id"], data["member"]["name"])


def turn_out(workspace_id: str, sids: list[str]) -> None:
    """Take sockets out of a workspace."""
    for sid in sids:
        socketio.server.manager.basic_leave_room(sid, "/", room_of(workspace_id))
        presence.leave(workspace_id, sid)


def sockets_in(room: str | None, namespace: str = "/") -> list[str]:
    return [sid for sid, _ in socketio.server.manager.get_participants(namespace, room)]
