"""What 500 open tabs cost while nothing happens. `python -m tests.benchmarks.idle`"""

import time

from tests.benchmarks.measuring import Cost
from tests.benchmarks.table import HEAD, Row, show
from tests.faults import rig


def rows(tabs: int = 500, workspaces: int = 25, seconds: float = 30, mode: str = "eventlet") -> list[Row]:
    with rig.product(ASYNC_MODE=mode) as product, rig.somebody(product) as ada, rig.swarm(product.base_url) as swarm:
        places = [ada.workspace(f"Room {number}")["id"] for number in range(workspaces)]
        for place in places:
            swarm.enter(ada.cookie(), place, tabs // workspaces)
        swarm.wait(swarm.all_joined, 60, "not everybody joined")
        time.sleep(3)  # until everybody has heard that everybody came
        cost, begun = Cost(product.pids()["web"]), time.monotonic()
        time.sleep(seconds)
        share = 100 * cost.seconds() / (time.monotonic() - begun)
        return [Row(f"idle: share of a core for {tabs} tabs, {mode}", share, "%", target=3)]


if __name__ == "__main__":
    print(HEAD)
    show(rows())
