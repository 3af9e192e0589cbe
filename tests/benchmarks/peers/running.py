"""Starting the peers, the Redis they need, and the tabs that only listen to them."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from server.launch import system
from server.launch.port import is_free, unused
from server.launch.valkey import EmbeddedValkey
from tests.harness.swarm import Swarm, Tab

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


@dataclass
class Peer:
    base_url: str
    process: subprocess.Popen

    @property
    def pid(self) -> int:
        return self.process.pid


class PlainTab(Tab):
    """A tab as socket.io-client gives it: what was emitted while it was away is gone."""

    def join(self) -> None:
        self.joined, self.applied = True, self.applied or 0
        self.joins.append(time.monotonic())
        self.wire.send(f'42["join",{json.dumps(self.workspace_id)}]')

    def receive(self, envelope: dict) -> None:
        self.deliveries += 1
        self.applied = envelope["seq"]
        self.swarm.applied(self, envelope)


class PlainSwarm(Swarm):
    tab = PlainTab


class Valkey:
    """A Valkey of one's own that can be killed and started again on the same port and folder."""

    def __init__(self, folder: Path):
        self.server = EmbeddedValkey(folder)
        self.url = self.server.url
        self.command = self.server.child().command
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, **QUIET)
        deadline = time.monotonic() + 10
        while is_free(self.server.port) and time.monotonic() < deadline:
            time.sleep(0.01)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@contextmanager
def valkey() -> Iterator[Valkey]:
    with tempfile.TemporaryDirectory() as folder:
        server = Valkey(Path(folder))
        try:
            yield server
        finally:
            server.kill()


@contextmanager
def bare(redis_url: str, mode: str = "eventlet", port: int | None = None, **environment: str) -> Iterator[Peer]:
    """A web process of the bare peer, answering."""
    port = port or unused()
    peer = start_bare(redis_url, mode, port, environment)
    try:
        yield peer
    finally:
        peer.process.kill()
        peer.process.wait()


def start_bare(redis_url: str, mode: str, port: int, environment: dict[str, str] | None = None) -> Peer:
    import os

    command = [sys.executable, "-m", "tests.benchmarks.peers.plain", str(port), redis_url, mode]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **(environment or {})}, **QUIET)
    base_url = f"http://127.0.0.1:{port}"
    answers(base_url)
    return Peer(base_url, process)


@contextmanager
def signed(rate: float) -> Iterator[Peer]:
    """The plain application with sign-in, answering."""
    port = unused()
    command = [sys.executable, "-m", "tests.benchmarks.peers.signed", str(port), str(rate)]
    peer = Peer(f"http://127.0.0.1:{port}", subprocess.Popen(command, cwd=ROOT, **QUIET))
    try:
        answers(peer.base_url)
        yield peer
    finally:
        peer.process.kill()
        peer.process.wait()


@contextmanager
def node(rate: float, seconds: float) -> Iterator[Peer]:
    """The Node peer; its stream begins with a line on stdin."""
    if not (HERE / "node_modules").exists():
        quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run([*system.npm(), "ci", *quiet], cwd=HERE, check=True)
    command = [*system.node(), str(HERE / "node.js"), str(rate), str(seconds)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield Peer(f"http://127.0.0.1:{process.stdout.readline().strip()}", process)
    finally:
        process.kill()
        process.wait()


def answers(base_url: str, patience: float = 20.0) -> None:
    deadline = time.monotonic() + patience
    while True:
        try:
            httpx.get(base_url, timeout=2)
            return
        except httpx.HTTPError:
            assert time.monotonic() < deadline, "the peer did not start"
            time.sleep(0.05)
