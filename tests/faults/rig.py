"""A product to be broken, somebody who keeps changing things in it, and what every tab must then agree on."""

import contextlib
import itertools
import math
import re
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from tests.harness.client import Client
from tests.harness.making import admit
from tests.harness.product import Product
from tests.harness.swarm import Swarm

QUICK = {"LEASE_SECONDS": "1.5", "UPKEEP_SECONDS": "0.2", "SWEEP_SECONDS": "0.5", "HEAD_SECONDS": "1"}


A_PERSONS_RATE = 8.0  # changes a second, under what the product allows to one person


class Producer(threading.Thread):
    """Renames a style at a steady rate, by several people in turn; `acked` are the names answered with success.

    `limited` counts refusals for asking too often: a run with any would have measured the limit.
    """

    numbers = itertools.count()

    def __init__(self, person: Client, workspace_id: str, rate: float):
        super().__init__(daemon=True)
        self.rate = rate
        self.people = [editor(person, workspace_id) for _ in range(math.ceil(rate / A_PERSONS_RATE))]
        self.path = f"/api/styles/{add_style(person, workspace_id)}"
        self.acked: list[str] = []
        self.failed = self.limited = 0
        self.slowest = 0.0
        self.enough = threading.Event()

    def run(self) -> None:
        begun = time.monotonic()
        for turn in itertools.count():
            if self.enough.wait(max(0.0, begun + turn / self.rate - time.monotonic())):
                return
            self.rename(self.people[turn % len(self.people)], f"{next(self.numbers)} {time.monotonic():.6f}")

    def rename(self, person: Client, name: str) -> None:
        asked = time.monotonic()
        try:
            answer = person.raw("PATCH", self.path, json={"name": name})
        except httpx.HTTPError:
            self.failed += 1
            return
        self.slowest = max(self.slowest, time.monotonic() - asked)
        if answer.is_success:
            self.acked.append(name)
        else:
            self.failed += 1
            self.limited += answer.status_code == 429

    def stop(self) -> None:
        self.enough.set()
        self.join(20)
        for person in self.people:
            person.close()


def add_style(person: Client, workspace_id: str) -> str:
    body = {"name": f"{next(Producer.numbers)} {time.monotonic():.6f}", "positive": "{prompt}, ink"}
    return person.post(f"/api/workspaces/{workspace_id}/styles", body)["style"]["id"]


def editor(owner: Client, workspace_id: str) -> Client:
    """Somebody new who may change things there."""
    guest = Client(owner.base_url)
    guest.register("Eve")
    return admit(owner, guest, workspace_id, "editor")


def beside(person: Client) -> Client:
    """Another connection of the same person."""
    other = Client(person.base_url)
    other.user, other.csrf_token = person.user, person.token()
    other.http.cookies.update(person.http.cookies)
    return other


@contextmanager
def product(**settings: str) -> Iterator[Product]:
    with tempfile.TemporaryDirectory() as folder, Product(Path(folder), **settings).running() as started:
        for name in started.pids():
            if name.startswith("web"):
                serving(started, name)
        yield started


@contextmanager
def somebody(at: Product, name: str = "Ada") -> Iterator[Client]:
    person = Client(at.base_url)
    try:
        person.register(name)
        yield person
    finally:
        person.close()


@contextmanager
def swarm(base_url: str, kind: type[Swarm] = Swarm) -> Iterator[Swarm]:
    tabs = kind(base_url)
    try:
        yield tabs
    finally:
        tabs.close()


@contextmanager
def renaming(person: Client, workspace_id: str, producers: int, rate: float) -> Iterator[list[Producer]]:
    """Producers at work; they have stopped when the block ends, and none was told that it asks too often."""
    working = [Producer(person, workspace_id, rate) for _ in range(producers)]
    for producer in working:
        producer.start()
    try:
        yield working
    finally:
        for producer in working:
            producer.stop()
    assert not sum(producer.limited for producer in working), "the producers met a rate limit"


def head_of(person: Client, workspace_id: str) -> int:
    """The number of the last event of a workspace."""
    return person.get(f"/api/workspaces/{workspace_id}/snapshot")["snapshot"]["seq"]


def lost(tabs: Swarm, workspace_id: str, acked: list[str]) -> int:
    """How many changes that were answered with success nobody saw as events."""
    seen = tabs.book.names[workspace_id]
    return sum(name not in seen for name in acked)


def serving(at: Product, name: str, patience: float = 20.0) -> None:
    """Wait until that web process, new perhaps, listens at the shared door."""
    at.wait_until(lambda: listens(at.pids().get(name)), patience, f"{name} does not serve")


def listens(pid: int | None) -> bool:
    """Whether its event loop watches the listening socket that it inherited (Linux only)."""
    try:
        door = Path(f"/proc/{pid}/cmdline").read_bytes().rstrip(b"\0").rpartition(b"\0")[2].decode()
        watched = [file.read_text() for file in Path(f"/proc/{pid}/fdinfo").iterdir()]
    except OSError:
        return False
    return any(re.search(rf"^tfd:\s+{door} ", text, re.MULTILINE) for text in watched)


def children_of(pid: int) -> set[int]:
    """The processes that a process has started and that live (Linux only)."""
    found = set()
    for task in Path(f"/proc/{pid}/task").glob("*"):
        with contextlib.suppress(OSError):
            found |= {int(child) for child in (task / "children").read_text().split()}
    return found


def address_of(base_url: str) -> tuple[str, int]:
    parts = urlsplit(base_url)
    return parts.hostname, parts.port
