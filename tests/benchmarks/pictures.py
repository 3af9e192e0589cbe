"""How soon a picture is in every tab once its provider has sent the last byte."""

import io
import time

from PIL import Image

from tests.benchmarks.stage import Stage
from tests.benchmarks.table import Row, percentile
from tests.contract.paint import picture
from tests.harness.room import Room

SIDE = 1024


def delays(stage: Stage, rounds: int) -> list[float]:
    """Milliseconds from the vendor's last byte to `image.updated` in a tab; the PNGs are as heavy as photographs."""
    stage.painter.script(grain=True)
    room = Room(stage.person, stage.workspace_id).enter()
    arrived: dict[str, float] = {}

    def note(envelope: dict) -> None:
        if envelope["type"] == "image.updated" and envelope["data"]["image"]["status"] == "ready":
            arrived[envelope["data"]["image"]["id"]] = time.monotonic()
        room.receive(envelope)

    room.socket.on("event", note)
    body = {"workspace_id": stage.workspace_id, "model": "dall-e-3", "batch_size": 1, "width": SIDE, "height": SIDE}
    took = []
    for number in range(rounds):
        (image,) = stage.person.post("/api/generate", {**body, "prompt": f"fox {number}"})["images"]
        room.wait_for_event("image.updated", id=image["id"], status="ready", patience=60)
        took.append((arrived[image["id"]] - stage.painter.last_byte()) * 1000)
    room.leave()
    return took


def plainly(rounds: int) -> list[float]:
    """Milliseconds that Pillow alone takes for two thumbnails of such a picture, each from the original."""
    took = []
    for number in range(rounds):
        data = picture(f"fox {number}", number, SIDE, SIDE, grain=True)
        started = time.monotonic()
        for width in (768, 384):
            image = Image.open(io.BytesIO(data))
            image.thumbnail((width, width))
            image.save(io.BytesIO(), "WEBP")
        took.append((time.monotonic() - started) * 1000)
    return took


def rows(stage: Stage, rounds: int = 40) -> list[Row]:
    delays(stage, 2)
    ours, plain, beside = delays(stage, rounds), plainly(max(5, rounds // 4)), "Pillow's thumbnails alone"
    at_worst = percentile(ours, 0.95)
    return [
        Row("last byte to image.updated, p50", percentile(ours, 0.5), "ms", percentile(plain, 0.5), beside),
        Row("last byte to image.updated, p95", at_worst, "ms", percentile(plain, 0.95), beside, target=120),
    ]
