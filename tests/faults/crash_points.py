"""Test 7: every process dies at each named point between asking and showing. `python -m tests.faults.crash_points`

Whatever had been done when the process ended: one generation, one row a picture, one set of files for each that is
ready, one unit of quota for it, and nothing left over. Plain RQ, with Retry, dies at the four points that it has.
"""

import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx

from tests.benchmarks.peers import running
from tests.benchmarks.peers.plain_rq import plain_queue
from tests.benchmarks.table import HEAD, Row, show
from tests.contract import contract_server
from tests.faults import rig
from tests.faults.batches import converged
from tests.harness.client import Client
from tests.harness.product import Product
from tests.harness.room import Room

HOOKS = Path(__file__).parent / "crash"
ENDED = ("ready", "failed", "cancelled")
PICTURES, FILES_EACH = 2, 3
PLAIN_POINTS = ["ordered", "saved", "done", "worker ordered"]
QUICK = rig.QUICK | {"RETRY_SECONDS": "0.05"}


class Point(NamedTuple):
    """Where which process ends, and what is being done then: made, refused, cancelled, or taken over."""

    process: str
    target: str
    when: str
    story: str = "made"


POINTS = [
    Point("web", "server.actions.generations:place", "before"),
    Point("web", "server.actions.transaction:Transaction.seal", "after"),
    Point("web", "server.actions.transaction:Transaction.announce", "before"),
    Point("web", "server.queue:ring", "before"),
    Point("web", "server.queue:ring", "after"),
    Point("images", "server.actions.claims:next_image", "before"),
    Point("images", "server.actions.transaction:Transaction.seal", "after"),
    Point("images", "server.actions.claims:next_image", "after"),
    Point("images", "server.providers.images.bfl:BFL._submit", "before"),
    Point("images", "server.providers.images.bfl:BFL._submit", "after"),
    Point("images", "server.actions.developing:_remember", "after"),
    Point("images", "server.storage.disk:Disk.put", "before"),
    Point("images", "server.storage.disk:Disk.put", "after"),
    Point("images", "server.models.image:Image.finish", "after"),
    Point("images", "server.actions.news:queue", "before"),
    Point("images", "server.billing.quota:give_back", "before", "refused"),
    Point("images", "server.billing.quota:give_back", "after", "refused"),
    Point("web", "server.billing.quota:give_back", "after", "cancelled"),
    Point("web", "server.actions.transaction:Transaction.announce", "before", "cancelled"),
    Point("upkeep", "server.actions.recovery:release_images", "before", "taken over"),
    Point("upkeep", "server.actions.transaction:Transaction.seal", "after", "taken over"),
]


class Scene:
    """One product that dies on command, and somebody who asks it for pictures."""

    def __init__(self, product: Product, ada: Client, fuse: Path):
        self.product, self.ada, self.fuse = product, ada, fuse
        self.model = next(model["id"] for model in ada.get("/api/models")["items"] if "flux" in model["id"])

    def play(self, point: Point) -> str:
        """Crash at the point while its story goes on; what was wrong afterwards, "" for nothing."""
        place = self.ada.workspace()["id"]
        room = Room(self.ada, place).enter()
        try:
            used = self.used()
            story = {"cancelled": self._cancel, "taken over": self._take_over}.get(point.story, self._make)
            images = story(point, room)
            return "; ".join(self.wrongs(room, images, self.used() - used, point))
        except AssertionError as error:
            return str(error).splitlines()[0]
        finally:
            self.fuse.unlink(missing_ok=True)
            room.leave()

    def _make(self, point: Point, room: Room) -> list[dict]:
        self.arm(point)
        images = self.ask(room, "a fox rude:moderated" if point.story == "refused" else "a fox")
        self.ended(room, images)
        return images

    def _cancel(self, point: Point, room: Room) -> list[dict]:
        images = self.ask(room, "a fox rude:pending")
        room.wait_for_event("image.updated", id=images[0]["id"], status="running")
        self.arm(point)
        path = f"/api/generations/{images[0]['generation_id']}/cancel"
        self.persist(lambda: self.ada.raw("POST", path, json={}))
        self.ended(room, images)
        return images

    def _take_over(self, point: Point, room: Room) -> list[dict]:
        images = self.ask(room, "a fox")
        room.wait_for_event("image.updated", id=images[0]["id"], status="running")
        self.product.kill("images")
        self.arm(point)
        self.ended(room, images)
        return images

    def arm(self, point: Point) -> None:
        self.fuse.write_text(f"{point.process} {point.target} {point.when}")

    def ask(self, room: Room, prompt: str) -> list[dict]:
        """Ask as the page does: with an id of one's own, again until it is answered."""
        body = {"workspace_id": room.workspace_id, "prompt": prompt, "batch_size": PICTURES, "model": self.model,
                "width": 256, "height": 256, "id": str(uuid.uuid4())}  # fmt: skip
        return self.persist(lambda: self.ada.raw("POST", "/api/generate", json=body)).json()["images"]

    @staticmethod
    def persist(ask: Callable[[], httpx.Response], patience: float = 30.0) -> httpx.Response:
        deadline = time.monotonic() + patience
        while True:
            try:
                answer = ask()
                if answer.is_success:
                    return answer
                said = f"{answer.status_code} {answer.text[:200]}"
            except httpx.HTTPError as error:
                said = type(error).__name__
            assert time.monotonic() < deadline, f"never answered: {said}"
            time.sleep(0.1)

    def ended(self, room: Room, images: list[dict]) -> None:
        """The process died, and every picture came to its end all the same."""
        self.product.wait_until(lambda: not self.fuse.exists(), 20, "the point was never reached")
        for image in images:
            room.wait_for(lambda room, id=image["id"]: self.held(room).get(id, {}).get("status") in ENDED, 45)

    @staticmethod
    def held(room: Room) -> dict:
        return room.state.things["images"]

    def used(self) -> int:
        return self.persist(lambda: self.ada.raw("GET", "/api/session")).json()["quota"]["used"]

    def wrongs(self, room: Room, images: list[dict], used: int, point: Point) -> Iterator[str]:
        converged(room)
        self.product.wait_until(self.product.is_whole, 20, "not every process came back")
        held = self.held(room)
        ready = [id for id, image in held.items() if image["status"] == "ready"]
        expected = "ready" if point.story in ("made", "taken over") else None
        if sorted(held) != sorted(image["id"] for image in images):
            yield f"{len(held)} rows for {len(images)} pictures"
        if expected and len(ready) != len(images):
            yield f"{len(images) - len(ready)} pictures are not ready"
        told = [data["image"]["id"] for data in room.found("image.updated", {"status": "ready"})]
        if sorted(told) != sorted(ready):
            yield "a picture became ready twice"
        if used != len(ready):
            yield f"{used} charged for {len(ready)} ready"
        folder = self.product.data_dir / "media" / room.workspace_id[:2] / room.workspace_id
        files = list(folder.glob("*")) + list(folder.glob(".*"))
        if len(files) != FILES_EACH * len(ready):
            yield f"{len(files)} files for {len(ready)} pictures"


@contextmanager
def scene() -> Iterator[Scene]:
    targets = " ".join(sorted({point.target for point in POINTS}))
    with contract_server("bfl") as vendor, tempfile.TemporaryDirectory() as folder:
        fuse = Path(folder, "crash")
        settings = {"IMAGE_API_KIND": "bfl", "IMAGE_API_URL": vendor.url, "IMAGE_API_KEY": "k",
                    "IMAGE_API_MODELS": "flux-2-pro", "PYTHONPATH": str(HOOKS), "CRASH_TARGETS": targets,
                    "CRASH_FILE": str(fuse)}  # fmt: skip
        with rig.product(**QUICK, **settings) as product, rig.somebody(product) as ada:
            yield Scene(product, ada, fuse)


def faults(points: list[Point], times: int) -> list[str]:
    """What was wrong after a crash at each point, so many times."""
    with scene() as stage:
        turns = [point for _ in range(times) for point in points]
        return [f"{' '.join(point)}: {wrong}" for point in turns if (wrong := stage.play(point))]


def rows(times: int = 20) -> list[Row]:
    found, bare = faults(POINTS, times), on_bare(times)
    for line in found:
        print(line)
    name = f"7 crash points, {len(POINTS)} × {times}: not as promised"
    return [Row(name, 100 * len(found) / len(POINTS) / times, "%", bare, "plain RQ", target=0)]


def on_bare(times: int, patience: float = 15.0) -> float:
    """Per cent of the jobs that were not ordered, saved and done exactly once soon after their process had died."""
    jobs = list(enumerate(PLAIN_POINTS * times))
    with running.valkey() as redis, plain_queue(redis.url) as queue:
        for number, dies in jobs:
            queue.buy(number, dies)
        queue.work()
        deadline = time.monotonic() + patience + len(jobs)
        while time.monotonic() < deadline and len(queue.noted("done")) < len(jobs):
            queue.replace_the_dead()
            time.sleep(0.1)
        counts = [queue.noted(word) for word in ("ordered", "saved", "done")]
        return 100 * sum([count[number] for count in counts] != [1, 1, 1] for number, _ in jobs) / len(jobs)


if __name__ == "__main__":
    print(HEAD)
    show(rows())
