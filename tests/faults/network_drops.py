"""Test 3: every tab loses its network for two seconds each ten. `python -m tests.faults.network_drops`

200 tabs behind proxies of their own, one rename each tenth of a second. A plain client of a plain server runs the same.
"""

import asyncio
import random
import time

from tests.benchmarks.peers import running
from tests.benchmarks.table import HEAD, Row, show
from tests.faults import rig
from tests.faults.proxy import Proxy
from tests.faults.redis_killed import emitting
from tests.harness.swarm import Swarm

EACH, AWAY = 10.0, 2.0


def rows(tabs: int = 200, seconds: float = 60, each: float = EACH, away: float = AWAY, rate: float = 10) -> list[Row]:
    ours, bare = on_ours(tabs, seconds, each, away, rate), on_bare(tabs, seconds, each, away, rate)
    beside = "plain Socket.IO"
    return [
        Row("3 network drops: events that did not arrive", ours["missing"], "%", bare["missing"], beside, target=0),
        Row("3 network drops: repeated, unordered or unlike", ours["faults"], "", target=0),
        Row("3 network drops: all in step after the last, s", ours["converged"], "s", target=5),
    ]


class Weather:
    """A proxy for each tab; each is cut (or stalls, by turns) for a while at its own times."""

    def __init__(self, swarm: Swarm, each: float, away: float):
        self.swarm, self.each, self.away = swarm, each, away
        self.proxies: list[Proxy] = []
        self.storms: list = []

    def address(self) -> tuple[str, int]:
        async def start() -> Proxy:
            return await Proxy(self.swarm.address).start()

        self.proxies.append(asyncio.run_coroutine_threadsafe(start(), self.swarm.loop).result(10))
        return self.proxies[-1].address

    def begin(self) -> None:
        for proxy in self.proxies:
            self.storms.append(asyncio.run_coroutine_threadsafe(self._storm(proxy), self.swarm.loop))

    def end(self) -> None:
        for storm in self.storms:
            storm.cancel()
        self.swarm.loop.call_soon_threadsafe(lambda: [proxy.heal() for proxy in self.proxies])

    async def _storm(self, proxy: Proxy) -> None:
        await asyncio.sleep(random.uniform(0, self.each - self.away))
        while True:
            random.choice((proxy.cut, proxy.cut, proxy.stall))()
            await asyncio.sleep(self.away)
            proxy.heal()
            await asyncio.sleep((self.each - self.away) * random.uniform(0.8, 1.2))


def on_ours(tabs: int, seconds: float, each: float, away: float, rate: float) -> dict[str, float]:
    with rig.product() as product, rig.somebody(product) as ada, rig.swarm(product.base_url) as swarm:
        place = ada.workspace()["id"]
        weather = Weather(swarm, each, away)
        for _ in range(tabs):
            swarm.enter(ada.cookie(), place, address=weather.address())
        swarm.wait(swarm.all_joined, 60, "not everybody joined")
        begun = {tab: tab.applied for tab in swarm.tabs}
        with rig.renaming(ada, place, producers=2, rate=rate / 2):
            weather.begin()
            time.sleep(seconds)
        weather.end()
        heads = {place: rig.head_of(ada, place)}
        converged = swarm.wait(lambda: swarm.at(heads), 30, "not in step")
        wanted = sum(heads[place] - first for first in begun.values())
        missing = sum(heads[place] - tab.applied for tab in swarm.tabs) + swarm.snapshots
        faults = {name: count for name, count in swarm.book.faults.items() if name != "refused"}
        return {"missing": 100 * missing / wanted, "faults": sum(faults.values()), "converged": converged}


def on_bare(tabs: int, seconds: float, each: float, away: float, rate: float) -> dict[str, float]:
    with (
        running.valkey() as redis,
        running.bare(redis.url) as peer,
        rig.swarm(peer.base_url, running.PlainSwarm) as swarm,
    ):
        weather = Weather(swarm, each, away)
        for _ in range(tabs):
            swarm.enter("", "room", address=weather.address())
        swarm.wait(swarm.all_joined, 60, "not everybody joined")
        weather.begin()
        with emitting(redis.url, 2, rate / 2) as sent:
            time.sleep(seconds)
        weather.end()
        time.sleep(1)
        delivered = sum(tab.deliveries for tab in swarm.tabs)
        return {"missing": max(0.0, 100 * (1 - delivered / (len(sent) * tabs)))}


if __name__ == "__main__":
    print(HEAD)
    show(rows())
