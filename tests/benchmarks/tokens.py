"""What a token costs the web process for each viewer, and how late it comes: ours, bare Flask-SocketIO, and Node.

`python -m tests.benchmarks.tokens [SECONDS] [VIEWERS] [MODE]`: one room, 100 tokens a second.
"""

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from server.launch.valkey import EmbeddedValkey
from tests.benchmarks.measuring import Cost
from tests.benchmarks.peers import running
from tests.benchmarks.table import HEAD, Row, percentile, show
from tests.harness.client import Client
from tests.harness.product import KEPT, ROOT, Product
from tests.harness.swarm import Swarm

RATE = 100
STAMP = re.compile(r"\[(\d+\.\d+)\]")


@dataclass(frozen=True)
class Telling:
    """Microseconds of web CPU for each token and viewer, and the milliseconds by which 95 % of tokens were late."""

    cost: float
    late: float
    heard: float


def rows(seconds: float = 10, viewers: int = 100, mode: str = "eventlet") -> list[Row]:
    ours, plain, js = on_ours(seconds, viewers, mode), on_bare(seconds, viewers, mode), on_node(seconds, viewers)
    bare, also = "bare Flask-SocketIO", "Socket.IO on Node"
    return [
        Row(f"web CPU a token and viewer, {mode}", ours.cost, "µs", plain.cost, bare, target=0.2 * plain.cost),
        Row(f"web CPU a token and viewer, {mode}", ours.cost, "µs", js.cost, also, target=js.cost),
        Row(f"token from worker to tab, p95, {mode}", ours.late, "ms", plain.late, bare, target=110),
        Row(f"tokens that did not arrive, {mode}", 100 - ours.heard, "%", 100 - plain.heard, bare, target=0),
    ]


def listen(swarm: Swarm, pid: int, begin, seconds: float, viewers: int, end: str) -> Telling:
    """Count what arrives from the moment `begin` is called until everybody heard the end."""
    late, ended = [], set()

    def whispered(tab, name, data):
        if name == "message.delta":
            now = swarm.loop.time()
            late.extend(now - float(stamp) for stamp in STAMP.findall(data["text"]))
        elif name == end:
            ended.add(tab)

    swarm.whispered = whispered
    cost = Cost(pid)
    begin()
    swarm.wait(lambda: len(ended) == viewers, seconds + 30, f"only {len(ended)} tabs heard the end")
    tokens = RATE * seconds * viewers
    return Telling(cost.seconds() / tokens * 1e6, percentile(late, 0.95) * 1000, 100 * len(late) / tokens)


def on_ours(seconds: float, viewers: int, mode: str) -> Telling:
    with tempfile.TemporaryDirectory() as folder:
        product = Product(Path(folder), ASYNC_MODE=mode).start()
        person, swarm = Client(product.base_url), Swarm(product.base_url)
        try:
            person.register("Ada")
            room = person.workspace()["id"]
            swarm.enter(person.cookie(), room, viewers)
            swarm.wait(swarm.all_joined, 30, "not everybody joined")
            begin = teller("ours", room, seconds, viewers, surroundings(product))
            return listen(swarm, product.pids()["web"], begin, seconds, viewers, "image.progress")
        finally:
            swarm.close()
            person.close()
            product.discard()


def on_bare(seconds: float, viewers: int, mode: str) -> Telling:
    with running.valkey() as redis, running.bare(redis.url, mode) as peer:
        swarm = running.PlainSwarm(peer.base_url)
        try:
            swarm.enter("", "room", viewers)
            swarm.wait(swarm.all_joined, 30, "not everybody joined")
            begin = teller("bare", "room", seconds, viewers, {"REDIS_URL": redis.url})
            return listen(swarm, peer.pid, begin, seconds, viewers, "end")
        finally:
            swarm.close()


def on_node(seconds: float, viewers: int) -> Telling:
    with running.node(RATE, seconds) as peer:
        swarm = running.PlainSwarm(peer.base_url)
        try:
            swarm.enter("", "room", viewers)
            swarm.wait(swarm.all_joined, 30, "not everybody joined")

            def begin() -> None:
                peer.process.stdin.write("begin\n")
                peer.process.stdin.flush()

            return listen(swarm, peer.pid, begin, seconds, viewers, "end")
        finally:
            swarm.close()


def teller(kind: str, rooms: str, seconds: float, viewers: int, environment: dict[str, str], rate: float = RATE):
    """How to begin: a process that writes the tokens."""
    order = (kind, rooms, str(rate), str(seconds), str(viewers))
    command = [sys.executable, "-m", "tests.benchmarks.peers.teller", *order]
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return lambda: subprocess.Popen(command, cwd=ROOT, env={**kept, **environment}, stdout=subprocess.DEVNULL)


def surroundings(product: Product) -> dict[str, str]:
    """What a worker of this product is told."""
    return {**product.settings, "REDIS_URL": EmbeddedValkey.running(product.data_dir)}


if __name__ == "__main__":
    given = sys.argv[1:]
    print(HEAD)
    show(rows(float(given[0]) if given else 10, int(given[1]) if given[1:] else 100, *given[2:3]))
