"""Test 2: Redis loses everything and starts again in the middle of a batch. `python -m tests.faults.redis_lost`

Fifty images, ten tabs. No image is lost or charged twice, and every tab equals a fresh snapshot soon. Plain RQ runs
the same: what was only in its queue is gone.
"""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager

import redis as client

from tests.benchmarks.peers import running
from tests.benchmarks.peers.plain_rq import plain_queue
from tests.benchmarks.table import HEAD, Row, show
from tests.faults import rig
from tests.faults.batches import converged
from tests.harness.room import Room

SMALL = {"model": "sketch", "width": 64, "height": 64, "steps": 2}


def rows(images: int = 50, tabs: int = 10, away: float = 1.0) -> list[Row]:
    ours, bare = on_ours(images, tabs, away), on_bare(images, away)
    return [
        Row("2 Redis emptied: images lost", ours["lost"], "", bare, "plain RQ", target=0),
        Row("2 Redis emptied: images that the quota is off", ours["charged"], "", target=0),
        Row("2 Redis emptied: tabs equal a fresh snapshot", ours["converged"], "s", target=5),
    ]


def on_ours(images: int, tabs: int, away: float) -> dict[str, float]:
    with running.valkey() as redis, rig.product(REDIS_URL=redis.url) as product, rig.somebody(product) as ada:
        place = ada.workspace()["id"]
        rooms = [Room(ada, place).enter() for _ in range(tabs)]
        body = {"workspace_id": place, "prompt": "a fox [slow:0.6]", "batch_size": images, **SMALL}
        ada.post("/api/generate", body, status=202)
        rooms[0].wait_for(lambda room: len(list(room.found("image.updated", {"status": "ready"}))) > images / 5, 60)
        empty(redis, away)
        begun = time.monotonic()
        for room in rooms:
            converged(room)
        took = time.monotonic() - begun
        ready = {"status": "ready"}
        rooms[0].wait_for(lambda room: len(list(room.found("image.updated", ready))) >= images, 60)
        for room in rooms:
            converged(room)
        held = rooms[-1].state.things["images"].values()
        missing = images - sum(image["status"] == "ready" for image in held)
        used = ada.get("/api/session")["quota"]["used"]
        for room in rooms:
            room.leave()
        return {"lost": missing, "charged": abs(used - images), "converged": took}


def empty(redis, away: float) -> None:
    """Take the volume away: nothing in memory, nothing on the disk, and an empty server after a while."""
    client.Redis.from_url(redis.url).flushall()
    redis.kill()
    for folder in redis.server.folder.glob("appendonlydir"):
        shutil.rmtree(folder)
    time.sleep(away)
    redis.start()


def on_bare(images: int, away: float) -> float:
    """How many of the jobs never ran."""
    with running.valkey() as redis, working(redis.url) as queue:
        queue.ask(images, 0.1)
        while len(queue.noted("done")) < images / 5:
            time.sleep(0.02)
        empty(redis, away)
        queue.wait_until_quiet(3, 20)
        return images - len(queue.noted("done"))


@contextmanager
def working(redis_url: str) -> Iterator:
    with plain_queue(redis_url) as queue:
        queue.work()
        yield queue


if __name__ == "__main__":
    print(HEAD)
    show(rows())
