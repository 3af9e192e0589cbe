"""A batch that is broken in its middle, and what must be true of it afterwards."""

import time

from tests.harness.room import Room

FOXES = "a {red|blue|green} fox in {rain|snow}"
SLOW = {"model": "sketch", "width": 64, "height": 64, "steps": 12}


def begin(room: Room, prompt: str = FOXES, **settings) -> list[dict]:
    """Ask for pictures and wait until one develops."""
    body = {"workspace_id": room.workspace_id, "prompt": prompt, **SLOW, **settings}
    images = room.client.post("/api/generate", body, status=202)["images"]
    room.wait_for_event("image.updated", status="running", generation_id=images[0]["generation_id"])
    return images


def everything_is_ready_once(rooms: list[Room], images: list[dict], patience: float = 40.0) -> None:
    """Every tile is ready in every tab, none twice, and each tab equals a fresh snapshot."""
    for room in rooms:
        for image in images:
            room.wait_for_event("image.updated", id=image["id"], status="ready", patience=patience)
        converged(room)
        ready = [told["image"]["id"] for told in room.found("image.updated", {"status": "ready"})]
        assert sorted(ready) == sorted(image["id"] for image in images), "a tile became ready twice"
        numbers = [event["seq"] for event in room.events]
        assert numbers == sorted(set(numbers)), "an event came twice or late"
    held = rooms[0].state.things["images"].values()
    assert sorted(image["index"] for image in held) == sorted(image["index"] for image in images)


def converged(room: Room, patience: float = 20.0) -> None:
    """The tab equals a fresh snapshot without anybody's doing."""
    deadline = time.monotonic() + patience
    while True:
        before = snapshot(room)
        room.wait_for_seq(before["seq"], deadline - time.monotonic())
        fresh = snapshot(room)
        with room.changed:
            if fresh["seq"] == room.state.seq:
                assert room.state.differences(fresh) == {}
                return
        assert time.monotonic() < deadline, "never in step"


def snapshot(room: Room) -> dict:
    return room.client.get(f"/api/workspaces/{room.workspace_id}/snapshot")["snapshot"]
