"""An update, one process after the other, while people work: whatever was answered is there, every picture once."""

import threading

import pytest

from tests.faults import rig
from tests.faults.batches import everything_is_ready_once
from tests.harness.making import ask
from tests.harness.room import Room

TABS = 20
SLOW = {"batch_size": 3, "steps": 8}


class Painter(threading.Thread):
    """Asks for small batches as long as it may."""

    def __init__(self, person, place: str):
        super().__init__(daemon=True)
        self.client, self.place = rig.beside(person), place
        self.images: list[dict] = []
        self.enough = threading.Event()

    def run(self) -> None:
        while not self.enough.wait(2):
            self.images += ask(self.client, self.place, "a fox in [slow:1] rain", **SLOW)["images"]

    def stop(self) -> None:
        self.enough.set()
        self.join(20)
        self.client.close()


@pytest.fixture
def load(product, person):
    """(rooms, tabs, renamers, painter) at work in one workspace."""
    ada = person("Ada")
    place = ada.workspace()["id"]
    rooms = [Room(ada, place).enter() for _ in range(2)]
    painter = Painter(ada, place)
    with rig.swarm(product.base_url) as swarm:
        swarm.enter(ada.cookie(), place, TABS)
        swarm.wait(swarm.all_joined, 30, "not everybody joined")
        with rig.renaming(ada, place, producers=2, rate=3) as renamers:
            painter.start()
            yield rooms, swarm, renamers, painter
    for room in rooms:
        room.leave()


def test_a_rolling_restart_of_every_process_loses_nothing(product, load):
    rooms, swarm, renamers, painter = load
    for house in (*product.apps, *product.workers, product.upkeep):
        product.restart(house)
        swarm.wait(swarm.all_joined, 20, "not everybody came back")
    painter.stop()
    for renamer in renamers:
        renamer.stop()
    place = rooms[0].workspace_id
    swarm.wait(lambda: swarm.at({place: rig.head_of(rooms[0].client, place)}), 30, "not in step")
    acked = [name for renamer in renamers for name in renamer.acked]
    failed = sum(renamer.failed for renamer in renamers)
    assert rig.lost(swarm, place, acked) == 0 and not swarm.book.faults
    assert len(acked) > 20 and failed == 0, f"{failed} of {failed + len(acked)} writes were not answered"
    assert painter.images
    everything_is_ready_once(rooms, painter.images, 60)
