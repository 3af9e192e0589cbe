"""Test 11: two people queue very much, then nine others a little. `python -m tests.faults.fairness`

Four workers of three slots each, all taken before the nine ask, who ask at once: who comes to an empty house is served
at once and would look favoured. Each newcomer's first image begins within two job times, and while all have work
everybody is served alike. Plain RQ, with four workers of one job each, has one line for all.
"""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from tests.benchmarks.peers import running
from tests.benchmarks.peers.plain_rq import plain_queue
from tests.benchmarks.table import HEAD, Row, show
from tests.faults import rig
from tests.harness.client import Client
from tests.harness.product import Product
from tests.harness.room import Room

WORKERS, SLOTS = 4, 3
SMALL = {"model": "sketch", "width": 64, "height": 64, "steps": 1}


def rows(queued: int = 1000, newcomers: int = 9, each: int = 4, job: float = 1.0) -> list[Row]:
    ours, bare = on_ours(queued, newcomers, each, job), on_bare(queued, newcomers, each)
    return [
        Row("11 fairness: a newcomer's first image, job times", ours["wait"], "", bare, "plain RQ", target=2),
        Row("11 fairness: unevenness of service, 1 - Jain", 1 - ours["jain"], "", target=0.05),
    ]


def on_ours(queued: int, newcomers: int, each: int, job: float) -> dict[str, float]:
    """The slowest wait for a first image, in job times, and Jain's index among the newcomers."""
    settings = {"IMAGE_WORKERS": str(WORKERS), "IMAGE_SLOTS": str(SLOTS), "BATCH_CAP": str(queued)}
    with rig.product(**settings) as product, ThreadPoolExecutor(newcomers) as crowd:
        rooms = [enter(product, f"Newcomer {number}") for number in range(newcomers)]
        greedy = [enter(product, name) for name in ("Greedy", "Greedier")]
        prompt = f"a fox [slow:{job}]"
        for room in greedy:
            generate(room, prompt, queued // len(greedy))
        for room in greedy:
            room.wait_for(lambda room: len(started(room)) >= WORKERS * SLOTS // len(greedy), 60)
        asked = dict(crowd.map(lambda room: generate(room, prompt, each), rooms))
        shares = served(rooms, asked, each, job)
        for room in greedy:
            room.leave()
        return shares


def enter(product: Product, name: str) -> Room:
    person = Client(product.base_url)
    person.register(name)
    return Room(person, person.workspace()["id"]).enter()


def generate(room: Room, prompt: str, count: int) -> tuple[str, float]:
    """Ask for pictures; who asked, and when."""
    asked = time.monotonic()
    body = {"workspace_id": room.workspace_id, "prompt": prompt, "batch_size": count, **SMALL}
    room.client.post("/api/generate", body, status=202)
    return room.client.user["id"], asked


def started(room: Room) -> list[dict]:
    return [told["image"] for told in room.found("image.updated", {"status": "running"})]


def served(rooms: list[Room], asked: dict[str, float], each: int, job: float) -> dict[str, float]:
    """Watch until every newcomer's images have begun; service is compared when all have begun half of theirs."""
    first: dict[str, float] = {}
    seen: Counter = Counter()
    deadline = time.monotonic() + 60 + len(rooms) * each * job
    while len(first) < len(asked) or any(len(started(room)) < each for room in rooms):
        assert time.monotonic() < deadline, "the newcomers were not served"
        time.sleep(0.02)
        for room in rooms:
            if room.client.user["id"] not in first and started(room):
                first[room.client.user["id"]] = time.monotonic()
        if not seen and min(len(started(room)) for room in rooms) >= each // 2:
            seen = Counter({room.client.user["id"]: len(started(room)) for room in rooms})
    waits = [(first[id] - asked[id]) / job for id in asked]
    for room in rooms:
        room.leave()
    return {"wait": max(waits), "jain": jain(list(seen.values()))}


def jain(shares: list[int]) -> float:
    """Jain's index: 1 when all are served alike."""
    return sum(shares) ** 2 / (len(shares) * sum(share**2 for share in shares))


def on_bare(queued: int, newcomers: int, each: int, job: float = 0.05, cap: int = 200) -> float:
    """The slowest first job of a newcomer, in job times; the line is shortened to `cap` and the wait scaled up."""
    ahead = min(queued, cap)
    with running.valkey() as redis, plain_queue(redis.url) as queue:
        queue.ask(ahead, job)
        queue.work(WORKERS)
        while not queue.noted("begun"):
            time.sleep(0.02)
        asked = time.monotonic()
        for number in range(newcomers):
            queue.ask(each, job, first=10_000 + 100 * number)
        last = 10_000 + 100 * (newcomers - 1)
        while not queue.noted("begun")[last]:
            time.sleep(0.05)
        return (queue.begun_at(last) - asked) / job * queued / ahead


if __name__ == "__main__":
    print(HEAD)
    show(rows())
