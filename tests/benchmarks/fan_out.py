"""Test 18: durable events to 300 tabs of one room through the whole product. `python -m tests.benchmarks.fan_out`

Twenty renames a second are 6,000 deliveries a second of one web process. Delay counts from the HTTP request to the tab.
"""

import time

from tests.benchmarks.measuring import memory
from tests.benchmarks.peers import running
from tests.benchmarks.table import HEAD, Row, percentile, show
from tests.faults import rig
from tests.faults.redis_killed import emitting

MODES = ("eventlet", "gevent")
FIRST = 6  # a sixth of the tabs comes before memory is counted: what the first of them load, all use


def rows(tabs: int = 300, rate: float = 20, seconds: float = 15, modes: tuple[str, ...] = MODES) -> list[Row]:
    table = []
    for mode in modes:
        ours, bare = on_ours(tabs, rate, seconds, mode), on_bare(tabs, rate, seconds, mode)
        beside = f"bare Flask-SocketIO on {mode}"
        table += [
            Row(f"18 deliveries a second short of {tabs * rate:.0f}, {mode}", ours["short"], "", bare["short"], beside,
                target=0.02 * tabs * rate),
            Row(f"18 from request to tab, p99, {mode}", ours["late"], "ms", bare["late"], beside, target=150),
            Row(f"18 memory a connection, {mode}", ours["memory"], "KB", bare["memory"], beside, target=100),
        ]  # fmt: skip
    return table


def on_ours(tabs: int, rate: float, seconds: float, mode: str) -> dict[str, float]:
    with (
        rig.product(ASYNC_MODE=mode) as product,
        rig.somebody(product) as ada,
        rig.swarm(product.base_url) as swarm,
    ):
        place = ada.workspace()["id"]
        web = product.pids()["web"]
        swarm.enter(ada.cookie(), place, tabs // FIRST)
        swarm.wait(swarm.all_joined, 60, "not everybody joined")
        before = memory(web)
        swarm.enter(ada.cookie(), place, tabs - tabs // FIRST)
        swarm.wait(swarm.all_joined, 60, "not everybody joined")
        used = (memory(web) - before) / (tabs - tabs // FIRST) / 1000
        late: list[float] = []
        swarm.applied = lambda tab, envelope: late.extend(ages(envelope))
        begun = time.monotonic()
        with rig.renaming(ada, place, producers=4, rate=rate / 4):
            time.sleep(seconds)
        took = time.monotonic() - begun
        heads = {place: rig.head_of(ada, place)}
        swarm.wait(lambda: swarm.at(heads), 20, "not in step")
        return {"short": tabs * rate - len(late) / took, "late": percentile(late, 0.99) * 1000, "memory": used}


def on_bare(tabs: int, rate: float, seconds: float, mode: str) -> dict[str, float]:
    with (
        running.valkey() as redis,
        running.bare(redis.url, mode) as peer,
        rig.swarm(peer.base_url, running.PlainSwarm) as swarm,
    ):
        swarm.enter("", "room", tabs // FIRST)
        swarm.wait(swarm.all_joined, 60, "not everybody joined")
        before = memory(peer.pid)
        swarm.enter("", "room", tabs - tabs // FIRST)
        swarm.wait(swarm.all_joined, 60, "not everybody joined")
        used = (memory(peer.pid) - before) / (tabs - tabs // FIRST) / 1000
        late: list[float] = []
        swarm.applied = lambda tab, envelope: late.append(age(envelope["at"]))
        begun = time.monotonic()
        with emitting(redis.url, 4, rate / 4):
            time.sleep(seconds)
        took = time.monotonic() - begun
        return {"short": tabs * rate - len(late) / took, "late": percentile(late, 0.99) * 1000, "memory": used}


def ages(envelope: dict) -> list[float]:
    """How late a rename comes; nothing for other events."""
    if envelope["type"] != "style.saved":
        return []
    return [age(envelope["data"]["style"]["name"].split()[1])]


def age(stamp: str | float) -> float:
    return time.monotonic() - float(stamp)


if __name__ == "__main__":
    print(HEAD)
    show(rows())
