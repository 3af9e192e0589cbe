"""Test 8: PostgreSQL crashes and comes back under load. `python -m tests.faults.postgres_restart`

Five immediate restarts, two producers, ten tabs. No change that was answered is lost, and the product goes on without
being restarted.
"""

import time

from tests.benchmarks.table import HEAD, Row, show
from tests.faults import rig
from tests.harness.postgres import postgres


def rows(restarts: int = 5, tabs: int = 10, settle: float = 4) -> list[Row]:
    with (
        postgres() as database,
        rig.product(DATABASE_URL=database.url) as product,
        rig.somebody(product) as ada,
        rig.swarm(product.base_url) as swarm,
    ):
        place = ada.workspace()["id"]
        swarm.enter(ada.cookie(), place, tabs)
        swarm.wait(swarm.all_joined, 30, "not everybody joined")
        processes, recovered = product.pids(), []
        with rig.renaming(ada, place, producers=2, rate=10) as producers:
            for _ in range(restarts):
                time.sleep(settle)
                database.stop()
                time.sleep(0.5)
                database.start()
                up, before = time.monotonic(), len(producers[0].acked)
                swarm.wait(lambda before=before: len(producers[0].acked) > before, 30, "no change was taken")
                recovered.append(time.monotonic() - up)
        heads = {place: rig.head_of(ada, place)}
        swarm.wait(lambda: swarm.at(heads), 30, "not in step")
        acked = [name for producer in producers for name in producer.acked]
        restarted = sum(product.pids().get(name) != pid for name, pid in processes.items())
        return [
            Row("8 PostgreSQL restarted: changes lost", rig.lost(swarm, place, acked), "", target=0),
            Row("8 PostgreSQL restarted: repeated, unordered", sum(swarm.book.faults.values()), "", target=0),
            Row("8 PostgreSQL restarted: takes changes again", max(recovered), "s", target=10),
            Row("8 PostgreSQL restarted: processes that died of it", restarted, "", target=0),
        ]


if __name__ == "__main__":
    print(HEAD)
    show(rows())
