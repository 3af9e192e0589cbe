"""Many tabs without a screen, in one asyncio loop: they come back and join as the browser's do, and check the order."""

import asyncio
import contextlib
import json
import random
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlsplit

from tests.harness.frames import Frames

DELAY, SPREAD, LONGEST = 1.4, 0.9, 3.0
PATIENCE = 10.0
QUIET = 0.2


@dataclass
class Book:
    """What all tabs together saw: every event of a room must look the same to everybody."""

    pages: dict[str, dict[int, dict]] = field(default_factory=lambda: defaultdict(dict))
    names: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    faults: Counter = field(default_factory=Counter)

    def note(self, envelope: dict) -> None:
        """Compare one event with what the others saw under its number."""
        known = self.pages[envelope["workspace_id"]].setdefault(envelope["seq"], envelope)
        if known is not envelope and known != envelope:
            self.faults["different"] += 1
        if envelope["type"] == "style.saved":
            self.names[envelope["workspace_id"]][envelope["data"]["style"]["name"]] = envelope["seq"]


class Tab:
    """One tab: it applies `applied + 1`, drops what is not newer, and joins again on a jump, as feed.js does."""

    def __init__(self, swarm: "Swarm", cookie: str, workspace_id: str, address: tuple[str, int]):
        self.swarm, self.cookie, self.workspace_id, self.address = swarm, cookie, workspace_id, address
        self.applied, self.epoch = None, None
        self.joining = self.joined = self.closed = False
        self.early: dict[int, dict] = {}
        self.call = 0
        self.joins: list[float] = []
        self.connects: list[float] = []
        self.deliveries = 0
        self.wire: Frames | None = None
        self.doubting = False
        self.called = asyncio.Event()
        self.cuts = self.tries = 0

    async def keep(self) -> None:
        """Stay connected until the swarm ends."""
        host = f"{self.address[0]}:{self.address[1]}"
        while not self.closed:
            gone = asyncio.Event()
            try:
                _, self.wire = await self.swarm.loop.create_connection(
                    lambda gone=gone: Frames(host, self.cookie, self.heard, gone.set), *self.address
                )
                await gone.wait()
            except OSError:
                pass
            self.joined = False
            self.joining = True
            if not self.closed:
                self.cuts += not self.called.is_set()
                await self.pause()

    async def pause(self) -> None:
        """Wait by chance, or until a server that was ending had said to come back."""
        delay = DELAY * 2**self.tries * random.uniform(1 - SPREAD, 1 + SPREAD)
        self.tries += 1
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.called.wait(), min(delay, LONGEST))
        self.called.clear()

    def come_back(self, wire: Frames) -> None:
        """Leave this connection for a new one, unless another has taken its place by then."""
        if self.wire is wire:
            self.called.set()
            wire.close()

    def heard(self, packet: str) -> None:
        if packet[:1] == "0":
            self.connects.append(time.monotonic())
            self.tries = 0
            self.join()
        elif packet.startswith('2["event"'):
            self.receive(event_in(packet))
        elif packet.startswith("3"):
            self.answered(packet)
        elif packet[:1] == "2":
            self.whispered(*json.loads(packet[1:]))

    def join(self) -> None:
        self.call += 1
        self.joining = True
        body = {"workspace_id": self.workspace_id, "since": self.applied}
        if self.epoch:
            body["epoch"] = self.epoch
        self.wire.send(f'42{self.call}["join",{json.dumps(body)}]')
        self.swarm.loop.call_later(PATIENCE, self._ask_again, self.call)

    def answered(self, packet: str) -> None:
        number, _, body = packet[1:].partition("[")
        if int(number) != self.call:
            return
        (answer,) = json.loads("[" + body)
        if "error" in answer:
            self.swarm.book.faults["refused"] += 1
            self.swarm.loop.call_later(1, self._ask_again, self.call)
            return
        if answer["snapshot"] is not None:
            self.swarm.snapshots += self.applied is not None
            self.applied = answer["seq"]
        for envelope in answer["events"] or ():
            self.take(envelope)
        self.epoch, self.joining = answer["epoch"], False
        if not self.joined:
            self.joins.append(time.monotonic())
        self.joined = True
        self.advance()

    def receive(self, envelope: dict) -> None:
        self.deliveries += 1
        if self.applied is not None and envelope["seq"] <= self.applied:
            return
        self.early[envelope["seq"]] = envelope
        if not self.joining:
            self.advance()

    def advance(self) -> None:
        while (envelope := self.early.pop(self.applied + 1, None)) is not None:
            self.take(envelope)
        self.early = {seq: envelope for seq, envelope in self.early.items() if seq > self.applied}
        if self.early:
            self.doubt(max(self.early))

    def take(self, envelope: dict) -> None:
        if envelope["seq"] <= self.applied:
            return
        self.swarm.book.note(envelope)
        self.applied = envelope["seq"]
        self.swarm.applied(self, envelope)

    def whispered(self, name: str, data: dict) -> None:
        if name == "head" and not self.joining:
            self.compare(data)
        elif name == "draining":
            self.swarm.loop.call_later(data["retry_in"], self.come_back, self.wire)
        self.swarm.whispered(self, name, data)

    def compare(self, head: dict) -> None:
        """The room says where it stands: the only way to notice that the last event was lost."""
        if head["epoch"] != self.epoch:
            self.join()
        elif head["seq"] > self.applied:
            self.doubt(head["seq"])

    def doubt(self, awaited: int) -> None:
        """Wait a moment for what may still be on its way, then join again unless it came."""
        if not self.doubting:
            self.doubting = True
            self.swarm.loop.call_later(QUIET, self._doubted, awaited)

    def close(self) -> None:
        self.closed = True
        if self.wire:
            self.wire.close()

    def _doubted(self, awaited: int) -> None:
        self.doubting = False
        if (self.applied < awaited or self.early) and not self.joining and self.joined:
            self.join()

    def _ask_again(self, call: int) -> None:
        if self.call == call and self.joining and self.wire and not self.wire.transport.is_closing():
            self.join()


class Swarm:
    """Runs its loop in a thread; `applied` and `whispered` may be set to hear every arrival there."""

    tab = Tab

    def __init__(self, base_url: str):
        parts = urlsplit(base_url)
        self.address = (parts.hostname, parts.port)
        self.book = Book()
        self.tabs: list[Tab] = []
        self.snapshots = 0
        self.applied: Callable[[Tab, dict], None] = lambda tab, envelope: None
        self.whispered: Callable[[Tab, str, dict], None] = lambda tab, name, data: None
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()

    def enter(self, cookie: str, workspace_id: str, count: int = 1, address: tuple | None = None) -> list[Tab]:
        """Open tabs of one person in one workspace."""
        tabs = [self.tab(self, cookie, workspace_id, address or self.address) for _ in range(count)]
        self.tabs += tabs
        for tab in tabs:
            asyncio.run_coroutine_threadsafe(tab.keep(), self.loop).add_done_callback(fail_loudly)
        return tabs

    def wait(self, condition: Callable[[], object], patience: float, otherwise: str) -> float:
        """Wait for a condition; seconds that it took."""
        begun = time.monotonic()
        while not condition():
            assert time.monotonic() - begun < patience, f"{otherwise} within {patience} s; {dict(self.book.faults)}"
            time.sleep(0.01)
        return time.monotonic() - begun

    def all_joined(self) -> bool:
        return all(tab.joined for tab in self.tabs)

    def at(self, heads: dict[str, int]) -> bool:
        """Whether each tab has applied its workspace's head."""
        return all(tab.joined and tab.applied >= heads[tab.workspace_id] for tab in self.tabs)

    def close(self) -> None:
        """Close every tab and end whatever else still runs in the loop."""
        asyncio.run_coroutine_threadsafe(self._end(), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(5)

    async def _end(self) -> None:
        for tab in self.tabs:
            tab.close()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)


@lru_cache(256)
def event_in(packet: str) -> dict:
    """Read once for all tabs: real ones have a processor each, and these must not be what is measured."""
    return json.loads(packet[1:])[1]


def fail_loudly(task) -> None:
    if not task.cancelled():
        task.result()
