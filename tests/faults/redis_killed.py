"""Test 1: Redis is killed again and again under load. `python -m tests.faults.redis_killed`

Three web processes, three producers, twenty tabs; Redis is away for one to three seconds each time. No change that was
answered is lost, none is seen twice or out of order, all tabs agree. The bare peer runs the same on RedisManager.
"""

import logging
import random
import threading
import time

from socketio import RedisManager

from tests.benchmarks.peers import running
from tests.benchmarks.table import HEAD, Row, percentile, show
from tests.faults import rig

SILENT = logging.getLogger("silent")
SILENT.setLevel(logging.CRITICAL + 1)


def rows(kills: int = 10, tabs: int = 20, away: tuple[float, float] = (1, 3), settle: float = 4) -> list[Row]:
    ours, bare = on_ours(kills, tabs, away, settle), on_bare(kills, tabs, away, settle)
    beside = "RedisManager"
    return [
        Row("1 Redis killed: changes lost", ours["lost"], "%", bare["lost"], beside, target=0),
        Row("1 Redis killed: repeated, unordered or unlike", ours["faults"], "", target=0),
        Row("1 Redis killed: first event once it is up, p99", ours["first"], "ms", bare["first"], beside, target=500),
        Row("1 Redis killed: in step once it is up, slowest", ours["converged"], "s", target=2),
    ]


class FirstEvents:
    """When each tab got its first event after a moment."""

    def __init__(self, swarm):
        self.after, self.waits, self.seen = None, [], set()
        swarm.applied = self.applied

    def begin(self) -> None:
        self.seen = set()
        self.after = time.monotonic()

    def applied(self, tab, envelope) -> None:
        if self.after and tab not in self.seen:
            self.seen.add(tab)
            self.waits.append(time.monotonic() - self.after)


def on_ours(kills: int, tabs: int, away: tuple[float, float], settle: float) -> dict[str, float]:
    with (
        running.valkey() as redis,
        rig.product(WEB_PROCESSES="3", REDIS_URL=redis.url) as product,
        rig.somebody(product) as ada,
        rig.swarm(product.base_url) as swarm,
    ):
        place = ada.workspace()["id"]
        swarm.enter(ada.cookie(), place, tabs)
        swarm.wait(swarm.all_joined, 30, "not everybody joined")
        first, converged = FirstEvents(swarm), []
        with rig.renaming(ada, place, producers=3, rate=20) as producers:
            for _ in range(kills):
                redis.kill()
                time.sleep(random.uniform(*away))
                redis.start()
                first.begin()
                heads = {place: rig.head_of(ada, place)}
                converged.append(swarm.wait(lambda heads=heads: swarm.at(heads), 30, "not in step"))
                time.sleep(settle)
        heads = {place: rig.head_of(ada, place)}
        swarm.wait(lambda: swarm.at(heads), 30, "not in step at the end")
        acked = [name for producer in producers for name in producer.acked]
        return {
            "lost": 100 * rig.lost(swarm, place, acked) / len(acked),
            "faults": sum(swarm.book.faults.values()),
            "first": percentile(first.waits, 0.99) * 1000,
            "converged": max(converged),
        }


def on_bare(kills: int, tabs: int, away: tuple[float, float], settle: float) -> dict[str, float]:
    with (
        running.valkey() as redis,
        running.bare(redis.url) as peer,
        rig.swarm(peer.base_url, running.PlainSwarm) as swarm,
        emitting(redis.url, 3, 20) as sent,
    ):
        swarm.enter("", "room", tabs)
        swarm.wait(swarm.all_joined, 30, "not everybody joined")
        swarm.wait(lambda: all(tab.deliveries for tab in swarm.tabs), 10, "nothing came")
        before, already = len(sent), sum(tab.deliveries for tab in swarm.tabs)
        first = FirstEvents(swarm)
        for _ in range(kills):
            redis.kill()
            time.sleep(random.uniform(*away))
            redis.start()
            first.begin()
            swarm.wait(lambda: len(first.seen) == tabs, 90, "nothing came")
            time.sleep(settle)
        emitted = (len(sent) - before) * tabs
        delivered = sum(tab.deliveries for tab in swarm.tabs) - already
        return {"lost": max(0.0, 100 * (1 - delivered / emitted)), "first": percentile(first.waits, 0.99) * 1000}


class emitting:
    """Producers that emit as workers of a plain application do; `sent` grows with what they gave to the queue."""

    def __init__(self, redis_url: str, producers: int, rate: float):
        self.sent, self.enough = [], threading.Event()
        self.threads = [threading.Thread(target=self.run, args=(redis_url, rate)) for _ in range(producers)]

    def run(self, redis_url: str, rate: float) -> None:
        manager = RedisManager(redis_url, channel="flask-socketio", write_only=True, logger=SILENT)
        begun = time.monotonic()
        mine = 0
        while not self.enough.wait(max(0.0, begun + mine / rate - time.monotonic())):
            mine += 1
            stamp = time.monotonic()
            manager.emit("event", {"workspace_id": "room", "seq": mine, "at": stamp, "pad": "x" * 150}, room="room")
            self.sent.append(stamp)

    def __enter__(self) -> list[float]:
        for thread in self.threads:
            thread.start()
        return self.sent

    def __exit__(self, *_exc) -> None:
        self.enough.set()
        for thread in self.threads:
            thread.join()


if __name__ == "__main__":
    print(HEAD)
    show(rows())
