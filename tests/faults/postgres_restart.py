"""Test 8: PostgreSQL crashes and comes back under load. `python -m tests.faults.postgres_restart`

Five immediate restarts, two producers, ten tabs. No change that was answered is lost, and the product goes on without
being restarted. A bare server that writes a row and emits, with SQLAlchemy as its first page shows it, runs the same.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import psycopg

from tests.benchmarks.peers import running
from tests.benchmarks.table import HEAD, Row, show
from tests.faults import rig
from tests.harness.postgres import Postgres, postgres

DOWN = 0.5
RATE = 20


def rows(restarts: int = 5, tabs: int = 10, settle: float = 4) -> list[Row]:
    ours, bare = on_ours(restarts, tabs, settle), on_bare(restarts, tabs, settle)
    beside = "bare Flask-SocketIO"
    return [
        Row("8 PostgreSQL restarted: changes lost", ours["lost"], "", bare["lost"], beside, target=0),
        Row("8 PostgreSQL restarted: repeated, unordered", ours["faults"], "", target=0),
        Row("8 PostgreSQL restarted: takes changes again", ours["back"], "s", bare["back"], beside, target=10),
        Row("8 PostgreSQL restarted: processes that died of it", ours["died"], "", target=0),
    ]


def on_ours(restarts: int, tabs: int, settle: float) -> dict[str, float]:
    with (
        postgres() as database,
        rig.product(DATABASE_URL=database.url) as product,
        rig.somebody(product) as ada,
        rig.swarm(product.base_url) as swarm,
    ):
        place = ada.workspace()["id"]
        swarm.enter(ada.cookie(), place, tabs)
        swarm.wait(swarm.all_joined, 30, "not everybody joined")
        processes = product.pids()
        with rig.renaming(ada, place, producers=2, rate=RATE / 2) as producers:
            back = crash_and_wait(database, restarts, settle, lambda: len(producers[0].acked))
        heads = {place: rig.head_of(ada, place)}
        swarm.wait(lambda: swarm.at(heads), 30, "not in step")
        acked = [name for producer in producers for name in producer.acked]
        return {
            "lost": rig.lost(swarm, place, acked),
            "faults": sum(swarm.book.faults.values()),
            "back": max(back),
            "died": sum(product.pids().get(name) != pid for name, pid in processes.items()),
        }


def crash_and_wait(database: Postgres, restarts: int, settle: float, taken: Callable[[], int]) -> list[float]:
    """How long after each restart a change was taken again."""
    back = []
    for _ in range(restarts):
        time.sleep(settle)
        database.stop()
        time.sleep(DOWN)
        database.start()
        up, before = time.monotonic(), taken()
        while taken() == before:
            assert time.monotonic() - up < 30, "no change was taken"
            time.sleep(0.01)
        back.append(time.monotonic() - up)
    return back


def on_bare(restarts: int, tabs: int, settle: float) -> dict[str, float]:
    with (
        postgres() as database,
        running.valkey() as redis,
        running.bare(redis.url, BARE_DATABASE=database.url) as peer,
        rig.swarm(peer.base_url, running.PlainSwarm) as swarm,
    ):
        with psycopg.connect(database.url) as connection:
            connection.execute("CREATE TABLE names (number int)")
        heard: set[int] = set()
        swarm.applied = lambda tab, envelope: heard.add(envelope["seq"])
        swarm.enter("", "room", tabs)
        swarm.wait(swarm.all_joined, 30, "not everybody joined")
        with writing(peer.base_url) as acked:
            back = crash_and_wait(database, restarts, settle, lambda: len(acked))
        with psycopg.connect(database.url) as connection:
            kept = {number for (number,) in connection.execute("SELECT number FROM names")}
        swarm.wait(lambda: max(acked) in heard, 10, "the last was not heard")
        return {"lost": len(set(acked) - (kept & heard)), "back": max(back)}


@contextmanager
def writing(base_url: str) -> Iterator[list[int]]:
    """Changes at a steady rate until the block ends; those that were answered with success."""
    acked, over = [], threading.Event()

    def write() -> None:
        number = 0
        with httpx.Client(base_url=base_url, timeout=15) as client:
            while not over.wait(1 / RATE):
                number += 1
                if client.post(f"/rename/{number}").is_success:
                    acked.append(number)

    thread = threading.Thread(target=write, daemon=True)
    thread.start()
    try:
        yield acked
    finally:
        over.set()
        thread.join(20)


if __name__ == "__main__":
    print(HEAD)
    show(rows())
