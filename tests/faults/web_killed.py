"""Test 4: web processes are killed, one after the other, under load. `python -m tests.faults.web_killed`

Three web processes, 300 tabs, 20 renames a second. Nothing that was answered is lost, all tabs are back in step soon,
and they come back spread over time. A plain server with one process runs the same.
"""

import os
import signal
import time
from bisect import bisect_left

from tests.benchmarks.peers import running
from tests.benchmarks.table import HEAD, Row, percentile, show
from tests.faults import rig
from tests.faults.redis_killed import emitting

WINDOW = 0.2


def rows(tabs: int = 300, processes: int = 3, rate: float = 20) -> list[Row]:
    ours, bare = on_ours(tabs, processes, rate), on_bare(tabs, processes, rate)
    beside = "bare Flask-SocketIO"
    return [
        Row("4 web killed: changes lost", ours["lost"], "", target=0),
        Row("4 web killed: events that did not arrive", ours["missing"], "%", bare["missing"], beside, target=0),
        Row("4 web killed: repeated, unordered or unlike", ours["faults"], "", target=0),
        Row("4 web killed: back in step, p99", ours["back"], "s", target=5),
        Row("4 web killed: reconnects in the densest 200 ms", ours["dense"], "%", target=20),
    ]


def on_ours(tabs: int, processes: int, rate: float) -> dict[str, float]:
    with (
        rig.product(WEB_PROCESSES=str(processes)) as product,
        rig.somebody(product) as ada,
        rig.swarm(product.base_url) as swarm,
    ):
        place = ada.workspace()["id"]
        swarm.enter(ada.cookie(), place, tabs)
        swarm.wait(swarm.all_joined, 60, "not everybody joined")
        begun = {tab: tab.applied for tab in swarm.tabs}
        back, dense = [], []
        with rig.renaming(ada, place, producers=2, rate=rate / 2) as producers:
            for name in [f"web.{number}" for number in range(1, processes + 1)] if processes > 1 else ["web"]:
                killed = time.monotonic()
                pid = product.kill(name)
                swarm.wait(lambda: not swarm.all_joined(), 5, "nobody was thrown out")
                swarm.wait(swarm.all_joined, 30, "not everybody came back")
                product.wait_for_successor(name, pid)
                rig.serving(product, name)
                again = sorted(tab.connects[-1] for tab in swarm.tabs if tab.connects[-1] > killed)
                back += [tab.joins[-1] - killed for tab in swarm.tabs if tab.joins[-1] > killed]
                dense.append(100 * densest(again) / len(again))
        heads = {place: rig.head_of(ada, place)}
        swarm.wait(lambda: swarm.at(heads), 30, "not in step")
        acked = [name for producer in producers for name in producer.acked]
        wanted = sum(heads[place] - first for first in begun.values())
        return {
            "lost": rig.lost(swarm, place, acked),
            "missing": 100 * swarm.snapshots / wanted,
            "faults": sum(swarm.book.faults.values()),
            "back": percentile(back, 0.99),
            "dense": max(dense),
        }


def densest(moments: list[float]) -> int:
    """The most of these sorted moments within any `WINDOW`."""
    return max(bisect_left(moments, moment + WINDOW) - place for place, moment in enumerate(moments))


def on_bare(tabs: int, processes: int, rate: float) -> dict[str, float]:
    """Each of the processes killed once and started again by hand at once."""
    with running.valkey() as redis:
        peer = running.start_bare(redis.url, "eventlet", running.unused())
        with rig.swarm(peer.base_url, running.PlainSwarm) as swarm:
            swarm.enter("", "room", tabs)
            swarm.wait(swarm.all_joined, 60, "not everybody joined")
            with emitting(redis.url, 2, rate / 2) as sent:
                for _ in range(processes):
                    os.kill(peer.pid, signal.SIGKILL)
                    peer.process.wait()
                    peer = running.start_bare(redis.url, "eventlet", int(peer.base_url.rpartition(":")[2]))
                    swarm.wait(swarm.all_joined, 30, "not everybody came back")
            delivered = sum(tab.deliveries for tab in swarm.tabs)
        peer.process.kill()
        peer.process.wait()
        return {"missing": max(0.0, 100 * (1 - delivered / (len(sent) * tabs)))}


if __name__ == "__main__":
    print(HEAD)
    show(rows())
