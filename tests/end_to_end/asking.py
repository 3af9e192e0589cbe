"""Asking for pictures from a tab, and waiting for how each of them ends."""

from tests.harness.room import Room

FOXES = "a {red|blue|green} fox in {rain|snow}"


def ask(room: Room, prompt: str, **settings) -> list[dict]:
    """The tiles that a prompt makes with the first model, small where it can be small."""
    model = next(model for model in room.client.get("/api/models")["items"] if model["kind"] == "image")
    size = {} if "choices" in model["capabilities"]["size"] else {"width": 256, "height": 256}
    body = {"workspace_id": room.workspace_id, "model": model["id"], "prompt": prompt, **size, **settings}
    return room.client.post("/api/generate", body)["images"]


def outcomes(room: Room, images: list[dict], patience: float = 60.0) -> list[dict]:
    """The same tiles when none of them is queued or running any more, as this tab holds them."""
    ids = [image["id"] for image in images]

    def ended(room: Room) -> list[dict] | None:
        held = [room.state.things["images"].get(id) for id in ids]
        return held if all(image and image["status"] not in ("queued", "running") for image in held) else None

    return room.wait_for(ended, patience)


def life(room: Room, image: dict) -> list[str]:
    """The states that a tile went through, as this tab was told."""
    told = [event["data"]["image"] for event in room.events if event["type"] == "image.updated"]
    return [told_of["status"] for told_of in told if told_of["id"] == image["id"]]


def spent(room: Room) -> int:
    """How many images of today's quota are used."""
    return room.client.get("/api/session")["quota"]["used"]
