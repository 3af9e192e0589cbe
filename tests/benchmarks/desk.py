"""What a watched desk costs beside 100 people and a million images. `python -m tests.benchmarks.desk`"""

import sqlite3
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tests.admin.seat import Seat
from tests.benchmarks.measuring import Cost
from tests.benchmarks.table import HEAD, Row, show
from tests.faults import rig
from tests.harness.client import Client, newcomers
from tests.harness.making import admit, make
from tests.harness.room import Room

AN_HOUR = 2000
QUEUED = 200


def rows(people: int = 100, images: int = 1_000_000, seconds: float = 30) -> list[Row]:
    with (
        rig.product(SKETCH_PACE="0", BRAKE_SECONDS="0") as product,
        newcomers(product.base_url) as join,
        rig.swarm(product.base_url) as swarm,
    ):
        root = join("Root")
        places = [root.workspace(f"Room {number}")["id"] for number in range(10)]
        room = Room(root, places[0]).enter()
        sample = make(root, room)[0]["id"]
        room.leave()
        fill(product.data_dir / "emulsion.db", sample, images)
        for number in range(people):
            come(swarm, root, join(f"Person {number}"), places[number % len(places)])
        swarm.wait(swarm.all_joined, 60, "not everybody joined")
        bare = share(product, seconds)
        seat = Seat(root).sit()
        seat.watch("stats", "events")
        seat.wait_for(lambda seat: len(seat.stats) >= 2, 20)
        watched = share(product, seconds, lambda: root.get("/api/admin/history", span="7d"))
        beats, last = len(seat.stats), seat.stats[-1]
        seat.socket.disconnect()
        assert beats >= seconds / 2 / 2, f"only {beats} beats"
        assert (last["online"], last["sockets"], last["rooms"]) == (people, people, len(places)), last
        name = f"desk: share of a core, {people} people, {images:,} images"
        return [Row(name, watched - bare, "%", bare, "unwatched", target=3)]


def come(swarm, root: Client, person: Client, place: str) -> None:
    """A person with an account and a tab of their own enters a room."""
    admit(root, person, place, "editor")
    swarm.enter(person.cookie(), place)


def share(product, seconds: float, glance: Callable[[], object] = lambda: None) -> float:
    """The part of a core that the web process uses, in percent; `glance` is what else is asked each ten seconds."""
    glance()
    time.sleep(3)
    cost, begun = Cost(product.pids()["web"]), time.monotonic()
    while (past := time.monotonic() - begun) < seconds:
        glance()
        time.sleep(min(10.0, max(0.0, seconds - past)))
    return 100 * cost.seconds() / (time.monotonic() - begun)


def fill(path, sample: str, images: int) -> None:
    """Copies of an image over a year, some thousand of them in the last hour, and some that are put off for long."""
    database = sqlite3.connect(path, timeout=60)
    database.execute("PRAGMA synchronous=OFF")
    row = database.execute("SELECT * FROM images WHERE id = ?", (sample,))
    names = [column[0] for column in row.description]
    base = dict(zip(names, row.fetchone(), strict=True))
    moment = datetime.now(UTC)
    year, hour = 365 * 24 * 3600, 3600
    ages = [number * year / images for number in range(images)] + [number * hour / AN_HOUR for number in range(AN_HOUR)]

    def copies():
        for index, age in enumerate(ages, 1):
            at = said(moment - timedelta(seconds=age))
            yield {"index": index, "created_at": at, "started_at": at, "finished_at": at}
        for index in range(len(ages) + 1, len(ages) + 1 + QUEUED):
            held = {"status": "queued", "run_after": said(moment + timedelta(days=1))}
            yield {"index": index, "created_at": said(moment), "started_at": None, "finished_at": None, **held}

    columns = ", ".join(f'"{name}"' for name in names)
    holes = ", ".join("?" * len(names))
    with database:
        whole = ({**base, **copy, "id": str(uuid.UUID(int=copy["index"]))} for copy in copies())
        rows = (tuple(image[name] for name in names) for image in whole)
        database.executemany(f"INSERT INTO images ({columns}) VALUES ({holes})", rows)
    database.close()


def said(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f")


if __name__ == "__main__":
    print(HEAD)
    show(rows())
