"""A server with a thousand open tabs is killed: when are all in step again? `python -m tests.benchmarks.storm`

Fifty workspaces of twenty tabs each. Meanwhile somebody keeps asking for pages; and what a connection costs in memory.
"""

import threading
import time

import httpx

from tests.benchmarks.measuring import memory
from tests.benchmarks.table import HEAD, Row, percentile, show
from tests.faults import rig
from tests.harness.client import Client
from tests.harness.product import Product


def rows(workspaces: int = 50, each: int = 20, mode: str = "eventlet") -> list[Row]:
    ours = on_ours(workspaces, each, mode)
    return [
        Row(f"storm: {workspaces * each} tabs in step after a kill, {mode}", ours["took"], "s", target=10),
        Row("storm: HTTP meanwhile, p95", ours["asked"], "ms", target=500),
        Row("storm: memory a connection", ours["memory"], "KB", target=80),
    ]


def on_ours(workspaces: int, each: int, mode: str = "eventlet") -> dict[str, float]:
    with rig.product(ASYNC_MODE=mode) as product, rig.somebody(product) as ada, rig.swarm(product.base_url) as swarm:
        places = [ada.workspace(f"Room {number}")["id"] for number in range(workspaces)]
        web = product.pids()["web"]
        for place in places:
            swarm.enter(ada.cookie(), place)
        swarm.wait(swarm.all_joined, 30, "not everybody joined")
        before = memory(web)
        for place in places:
            swarm.enter(ada.cookie(), place, each - 1)
            swarm.wait(swarm.all_joined, 60, "not everybody joined")
        used = (memory(web) - before) / (workspaces * (each - 1)) / 1000
        product.wait_for_successor("web", product.kill("web"))
        rig.serving(product, "web", 30)
        up = time.monotonic()
        with Asking(product, ada) as asking:
            for place in places:
                rig.add_style(ada, place)
            heads = {place: rig.head_of(ada, place) for place in places}
            swarm.wait(lambda: swarm.at(heads), 60, "not in step")
            took = time.monotonic() - up
        return {"took": took, "asked": percentile(asking.took, 0.95) * 1000, "memory": used}


class Asking(threading.Thread):
    """Somebody who keeps asking for who they are; `took` are seconds an answer."""

    def __init__(self, product: Product, person: Client):
        super().__init__(daemon=True)
        self.person, self.enough = rig.beside(person), threading.Event()
        self.took: list[float] = []

    def run(self) -> None:
        while not self.enough.wait(0.03) or not self.took:
            asked = time.monotonic()
            try:
                self.person.get("/api/session")
                self.took.append(time.monotonic() - asked)
            except httpx.HTTPError:
                self.took.append(15.0)

    def __enter__(self) -> "Asking":
        self.start()
        return self

    def __exit__(self, *_exc) -> None:
        self.enough.set()
        self.join()
        self.person.close()


if __name__ == "__main__":
    print(HEAD)
    show(rows())
