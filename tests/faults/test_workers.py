"""Workers that die in the middle of their work lose nothing and make nothing twice."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager

from server.launch.valkey import EmbeddedValkey
from tests.faults.batches import begin, converged, everything_is_ready_once
from tests.harness.client import Client
from tests.harness.product import KEPT, ROOT, Product

GIVEN_BACK = 15.0  # half of the usual lease


def test_a_killed_worker_costs_no_tile_and_makes_none_twice(sturdy, tabs):
    rooms = tabs()
    images = begin(rooms[0])
    sturdy.wait_for_successor("images", sturdy.kill("images"))
    everything_is_ready_once(rooms, images)
    made = rooms[0].state.things["images"].values()
    assert any(image["attempt"] > 1 for image in made), "no tile was in the lost worker's hands"
    assert rooms[0].client.get("/api/session")["quota"]["used"] == len(images)


def test_a_picture_that_costs_three_workers_fails_and_is_not_charged(sturdy, tabs):
    room = tabs()[0]
    (image,) = begin(room, "a fox [slow:30]", batch_size=1)
    for attempt in (1, 2, 3):
        room.wait_for_event("image.updated", id=image["id"], status="running", attempt=attempt)
        sturdy.wait_for_successor("images", sturdy.kill("images"))
    failed = room.wait_for_event("image.updated", id=image["id"], status="failed")["image"]
    assert failed["error"]["kind"] == "lost" and failed["error"]["message"].endswith(".")
    assert room.client.get("/api/session")["quota"]["used"] == 0
    converged(room)


def test_a_cancelled_image_ignores_a_late_result(sturdy, tabs):
    room = tabs()[0]
    (image,) = begin(room, "a fox [slow:3]", batch_size=1)
    room.client.post(f"/api/images/{image['id']}/cancel")
    (other,) = begin(room, "an owl [slow:4]", batch_size=1)
    room.wait_for_event("image.updated", id=other["id"], status="ready", patience=30)
    states = [told["image"]["status"] for told in room.found("image.updated", {"id": image["id"]})]
    assert states == ["running", "cancelled"]
    assert not room.state.things["images"][image["id"]]["original_url"]


def test_a_result_that_comes_after_its_lease_is_thrown_away(start_product, enter):
    product = start_product()
    ada = Client(product.base_url)
    ada.register("Ada")
    room = enter(ada, ada.workspace()["id"])
    (image,) = begin(room, "a fox [slow:1]", batch_size=1)
    media = product.data_dir / "media"
    with closing(sqlite3.connect(product.data_dir / "emulsion.db", timeout=20, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")  # the worker has its picture and cannot write it down
        product.wait_until(lambda: any(media.rglob(f"{image['id']}-1*")), 9, "no picture was made")
        ended = "UPDATE images SET status = 'queued', worker = NULL, lease_until = NULL WHERE id = ?"
        database.execute(ended, [image["id"]])
        database.execute("COMMIT")
    ready = room.wait_for_event("image.updated", id=image["id"], status="ready")["image"]
    everything_is_ready_once([room], [image])
    assert ready["attempt"] == 2 and not any(media.rglob(f"{image['id']}-1*"))
    ada.close()


def test_a_killed_chat_worker_is_succeeded_and_the_reply_is_whole(sturdy, talker, tabs):
    rooms = tabs()
    talker.script(tokens=60, rate=20)
    said = rooms[0].client.post(f"/api/workspaces/{rooms[0].workspace_id}/messages", {"content": "a fox"})
    for room in rooms:
        room.wait_for(lambda room: room.heard("message.delta"))
    sturdy.wait_for_successor("chat", sturdy.kill("chat"))
    for room in rooms:
        done = room.wait_for_event("message.updated", id=said["reply"]["id"], status="complete", patience=30)
        reply = done["message"]
        assert reply["content"].split() == [f"word{number}" for number in range(60)]
        assert written(room, reply) == reply["content"]
        converged(room)


def test_a_worker_that_is_asked_to_end_gives_back_what_it_cannot_finish(start_product, enter):
    product = start_product(UPKEEP_SECONDS="0.2")
    ada = Client(product.base_url)
    ada.register("Ada")
    room = enter(ada, ada.workspace()["id"])
    (image,) = begin(room, "a fox [slow:60]", batch_size=1)
    product.wait_for_successor("images", product.kill("images", signal.SIGTERM))
    room.wait_for_event("image.updated", id=image["id"], status="running", attempt=2, patience=GIVEN_BACK)
    ada.post(f"/api/images/{image['id']}/cancel")
    ada.close()


def test_of_two_upkeeps_one_leads_until_it_is_dead(sturdy, tabs):
    rooms = tabs()
    first = leader(sturdy)
    with another_upkeep(sturdy) as second:
        sturdy.wait_until(lambda: sturdy.health()["workers"]["upkeep"] == 2, 20, "the second is not there")
        images = begin(rooms[0])
        sturdy.wait_for_successor("images", sturdy.kill("images"))
        everything_is_ready_once(rooms, images)
        assert leader(sturdy) == first, "the lease was taken from the living"
        images = begin(rooms[0])
        sturdy.wait_for_successor("upkeep", sturdy.kill("upkeep"))
        sturdy.kill("images")
        sturdy.wait_until(lambda: leader(sturdy) != first, 15, "nobody leads")
        for image in images:
            rooms[0].wait_for_event("image.updated", id=image["id"], status="ready", patience=40)
        assert leader(sturdy).split(":")[1] in (str(second), str(sturdy.pids()["upkeep"]))
        converged(rooms[0])


def leader(product: Product) -> str:
    return product.rows("SELECT holder FROM leases WHERE name = 'upkeep'")[0][0]


@contextmanager
def another_upkeep(product: Product) -> Iterator[int]:
    """Beside the product's own, as on another machine; its number."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    redis = {"REDIS_URL": EmbeddedValkey.running(product.data_dir)}
    command = [sys.executable, str(ROOT / "worker.py"), "--child", "upkeep"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=product.folder, env={**kept, **product.settings, **redis}, **quiet)
    try:
        yield process.pid
    finally:
        process.kill()
        process.wait()


def written(room, reply: dict) -> str:
    """The text of the last attempt as its deltas came: each goes on where the one before ended."""
    text = ""
    for delta in room.heard("message.delta"):
        if delta["message_id"] == reply["id"] and delta["attempt"] == reply["attempt"]:
            assert delta["offset"] == len(text), "a hole in the reply"
            text += delta["text"]
    return text.strip()
