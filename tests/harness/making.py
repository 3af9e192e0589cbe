"""Asking for small pictures and waiting until they are there."""

from tests.harness.client import Client
from tests.harness.room import Room

SMALL = {"model": "sketch", "width": 64, "height": 64, "steps": 1}


def ask(client: Client, workspace_id: str, prompt: str = "a red fox", *, status: int | None = None, **more) -> dict:
    """What `/api/generate` answers to a request for small pictures."""
    body = {"workspace_id": workspace_id, "prompt": prompt, "batch_size": 1, **SMALL, **more}
    body = {name: value for name, value in body.items() if value is not None}
    return client.post("/api/generate", body, status=status)


def make(client: Client, room: Room, prompt: str = "a red fox", **more) -> list[dict]:
    """The images of one request, as they are when all are ready."""
    images = ask(client, room.workspace_id, prompt, **more)["images"]
    return [finished(room, image["id"]) for image in images]


def finished(room: Room, image_id: str, status: str = "ready") -> dict:
    """The image as the room was told that it has reached `status`."""
    return room.wait_for_event("image.updated", id=image_id, status=status, patience=40)["image"]


def admit(owner: Client, guest: Client, workspace_id: str, role: str) -> Client:
    """Let somebody in by an invitation."""
    invite = owner.post(f"/api/workspaces/{workspace_id}/invites", {"role": role})["invite"]
    guest.post(f"/api/invites/{invite['token']}/accept")
    return guest


def refusal(client: Client, method: str, path: str, **options) -> tuple[int, str, str | None]:
    """(status, code, field) of a request that must be refused, in the shape that every refusal has."""
    answer = client.raw(method, path, **options)
    error = answer.json()["error"]
    assert set(error) <= {"code", "message", "field", "line", "column", "retry_after", "reference"}
    assert error["message"], error
    assert answer.status_code >= 400
    return answer.status_code, error["code"], error.get("field")
