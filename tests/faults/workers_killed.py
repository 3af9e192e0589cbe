"""Test 6: the image worker, or one of its children, is killed at random moments of many pictures.

`python -m tests.faults.workers_killed`

The provider counts what it was asked to make. Every picture ends, none is shown or charged twice, and a picture whose
handle was kept is taken up again instead of being bought twice. Plain RQ, with Retry, runs the same.
"""

import contextlib
import os
import random
import signal
import time

from tests.benchmarks.peers import running
from tests.benchmarks.peers.plain_rq import plain_queue
from tests.benchmarks.table import HEAD, Row, show
from tests.contract import contract_server
from tests.faults import rig
from tests.faults.batches import converged
from tests.harness.room import Room

ENDED = ("ready", "failed", "cancelled")


def rows(images: int = 200, kills: int = 50, every: float = 2.0, **settings: str) -> list[Row]:
    ours, bare = on_ours(images, kills, every, settings), on_bare(images // 4, max(1, kills // 10))
    beside = "plain RQ"
    return [
        Row("6 worker killed: pictures that never ended", ours["lost"], "", bare["lost"], beside, target=0),
        Row("6 worker killed: pictures that became ready twice", ours["twice"], "", bare["twice"], beside, target=0),
        Row("6 worker killed: pictures that the quota is off", ours["charged"], "", target=0),
        Row("6 worker killed: pictures that failed, uncharged", ours["failed"], ""),
        Row("6 worker killed: kills after the last picture", ours["late"], "", target=0),
        Row("6 worker killed: bought more often than shown, %", ours["bought"], "%"),
        Row("6 worker killed: what was begun ended after the last kill", ours["ended"], "s", target=45),
    ]


def on_ours(images: int, kills: int, every: float, settings: dict[str, str]) -> dict[str, float]:
    with contract_server("bfl") as vendor:
        flux = {"IMAGE_API_KIND": "bfl", "IMAGE_API_URL": vendor.url, "IMAGE_API_KEY": "k",
                "IMAGE_API_MODELS": "flux-2-pro"}  # fmt: skip
        with rig.product(BATCH_CAP=str(images), **flux, **settings) as product, rig.somebody(product) as ada:
            place = ada.workspace()["id"]
            room = Room(ada, place).enter()
            chosen = next(model["id"] for model in ada.get("/api/models")["items"] if "flux" in model["id"])
            body = {"workspace_id": place, "prompt": "a fox", "batch_size": images, "model": chosen,
                    "width": 512, "height": 512}  # fmt: skip
            asked = ada.post("/api/generate", body, status=202)["images"]
            killed = late = 0
            while killed < kills:
                time.sleep(every * random.uniform(0.5, 1.5))
                with contextlib.suppress(ProcessLookupError):  # the last one is dead and the next not born yet
                    worker = product.pids()["images"]
                    os.kill(random.choice([worker, *rig.children_of(worker)]), signal.SIGKILL)
                    killed += 1
                    late += not unfinished(room, asked)
            last, begun = time.monotonic(), [image for image in unfinished(room, asked) if image["attempt"]]
            with contextlib.suppress(AssertionError):
                room.wait_for(lambda room: not unfinished(room, begun), 90)
            ended = time.monotonic() - last
            with contextlib.suppress(AssertionError):
                room.wait_for(lambda room: not unfinished(room, asked), 120)
            converged(room)
            return {"ended": ended, "late": late, **reckoning(room, asked, vendor.seen()["submit"])}


def unfinished(room: Room, asked: list[dict]) -> list[dict]:
    with room.changed:
        now = [room.state.things["images"][image["id"]] for image in asked]
    return [image for image in now if image["status"] not in ENDED]


def reckoning(room: Room, asked: list[dict], submits: int) -> dict[str, float]:
    ready = [told["image"]["id"] for told in room.found("image.updated", {"status": "ready"})]
    used = room.client.get("/api/session")["quota"]["used"]
    room.leave()
    return {
        "lost": len(unfinished(room, asked)),
        "failed": sum(image["status"] == "failed" for image in room.state.things["images"].values()),
        "twice": len(ready) - len(set(ready)),
        "charged": abs(used - len(set(ready))),
        "bought": 100 * (submits - len(asked)) / len(asked),
    }


def on_bare(jobs: int, kills: int) -> dict[str, float]:
    with running.valkey() as redis, plain_queue(redis.url) as queue:
        queue.ask(jobs, 0.3)
        queue.work()
        for _ in range(kills):
            time.sleep(random.uniform(2, 3))
            queue.kill_one()
        queue.wait_until_quiet(8, 0.5 * jobs + 30)
        done = queue.noted("done")
        return {"lost": jobs - len(done), "twice": sum(count > 1 for count in queue.noted("begun").values())}


if __name__ == "__main__":
    print(HEAD)
    show(rows())
