"""Test 18: durable events to 300 tabs of one room through the whole product. `python -m tests.benchmarks.fan_out`

Twenty renames a second are 6,000 deliveries a second of one web process. Delay counts from the HTTP request to the tab.
"""

import math
import time
from collections.abc import Callable

from tests.benchmarks.measuring import memory
from tests.benchmarks.peers import running
from tests.benchmarks.table import HEAD, Row, percentile, show
from tests.faults import rig
from tests.faults.redis_killed import emitting
from tests.harness.swarm import Swarm

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
        with rig.renaming(ada, place, producers=4, rate=rate / 4):
            heard = Heard(swarm, name_of)  # and not sooner, for the making of the styles is news too
            time.sleep(seconds)
        heads = {place: rig.head_of(ada, place)}
        swarm.wait(lambda: swarm.at(heads), 20, "not in step")
        return {"short": tabs * rate - heard.rate(tabs * rate), "late": heard.late, "memory": used}


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
        heard = Heard(swarm, lambda envelope: envelope["at"])
        with emitting(redis.url, 4, rate / 4) as sent:
            time.sleep(seconds)
        swarm.wait(lambda: len(heard.ages) == len(sent) * tabs, 20, "not all arrived")
        return {"short": tabs * rate - heard.rate(tabs * rate), "late": heard.late, "memory": used}


class Heard:
    """How old each delivery was when it came; `stamp(envelope)` tells when its change was asked for, if it tells."""

    def __init__(self, swarm: Swarm, stamp: Callable[[dict], float | None]):
        self.ages: list[float] = []
        self.first, self.last = math.inf, 0.0
        self.stamp = stamp
        swarm.applied = self.hear

    def hear(self, _tab, envelope: dict) -> None:
        if (asked := self.stamp(envelope)) is None:
            return
        self.last = time.monotonic()
        self.first = min(self.first, asked)
        self.ages.append(self.last - asked)

    def rate(self, offered: float) -> float:
        """Deliveries a second from the first request to the last arrival, and never more than were offered."""
        return min(offered, len(self.ages) / (self.last - self.first))

    @property
    def late(self) -> float:
        """Milliseconds, p99."""
        return percentile(self.ages, 0.99) * 1000


def name_of(envelope: dict) -> float | None:
    """The moment in the name of a renamed style."""
    return float(envelope["data"]["style"]["name"].split()[1]) if envelope["type"] == "style.saved" else None


if __name__ == "__main__":
    print(HEAD)
    show(rows())
