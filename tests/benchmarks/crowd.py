"""What a token costs the web process for each viewer, and how late it comes, beside bare Flask-SocketIO."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.stage import Stage
from tests.benchmarks.table import Row, percentile
from tests.harness.room import Room

ROOT = Path(__file__).resolve().parents[2]
VIEWERS, RATE = 50, 100
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """Microseconds of server CPU a token and viewer, and the milliseconds from model to tab."""

    cpu: float
    delays: list[float]

    @property
    def p95(self) -> float:
        return percentile(self.delays, 0.95)


class Audience:
    """A process of viewers; `leave()` ends it and tells what they saw."""

    def __init__(self, process: subprocess.Popen, viewers: int):
        self.process, self.viewers = process, viewers

    def leave(self) -> list[float]:
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        seen = json.loads(self.process.stdout.readline())
        assert len(set(seen["tokens"])) == 1, f"viewers saw unlike numbers of tokens: {seen['tokens']}"
        return seen["delays"]


@contextmanager
def audience(port: int, viewers: int, cookie: str = "", join: dict | None = None) -> Iterator[Audience]:
    with running("tests.benchmarks.audience") as process:
        order = {"port": port, "viewers": viewers, "cookie": cookie, "join": join, "name": "message.delta"}
        process.stdin.write(json.dumps(order) + "\n")
        process.stdin.flush()
        assert process.stdout.readline() == "seated\n", "the audience found no seats"
        yield Audience(process, viewers)


@contextmanager
def running(module: str, *arguments: str) -> Iterator[subprocess.Popen]:
    command = [sys.executable, "-W", "ignore", "-m", module, *arguments]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def of_ours(stage: Stage, tokens: int, viewers: int = VIEWERS, rate: int = RATE) -> Cost:
    """Stream one reply of so many tokens into a room of viewers."""
    stage.talker.script(tokens=tokens, rate=rate, stamp=True)
    join = {"workspace_id": stage.workspace_id, "since": None}
    with audience(stage.product.port, viewers - 1, stage.person.cookie(), join) as watching:
        room = Room(stage.person, stage.workspace_id).enter()
        web = stage.product.pids()["web"]
        before = cpu_of(web)
        reply = stage.say("go on")
        done = room.wait_for_event("message.updated", id=reply["id"], status="complete", patience=tokens / rate + 30)
        spent = cpu_of(web) - before
        room.leave()
        delays = watching.leave()
    assert len(done["message"]["content"].split()) == tokens
    assert len(delays) == tokens * (viewers - 1), "tokens were lost on their way"
    return Cost(spent / tokens / viewers * 1e6, delays)


def of_bare(tokens: int, viewers: int = VIEWERS, rate: int = RATE, mode: str = "eventlet") -> Cost:
    """The same tokens, each emitted by itself, by a process that does nothing else."""
    with running("tests.benchmarks.peers.bare", mode) as bare:
        port = int(bare.stdout.readline())
        await_port(port)
        with audience(port, viewers) as watching:
            bare.stdin.write(f"{tokens} {rate}\n")
            bare.stdin.flush()
            spent = float(bare.stdout.readline())
            delays = watching.leave()
    assert len(delays) == tokens * viewers
    return Cost(spent / tokens / viewers * 1e6, delays)


def cpu_of(pid: int) -> float:
    """Seconds of CPU that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def await_port(port: int, patience: float = 20.0) -> None:
    import socket
    import time

    deadline = time.monotonic() + patience
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            assert time.monotonic() < deadline, "the baseline did not start"
            time.sleep(0.02)


def rows(stage: Stage, tokens: int = 1500) -> list[Row]:
    bare, ours = of_bare(tokens), of_ours(stage, tokens)
    return [
        Row("CPU a token and viewer, 50 viewers", ours.cpu, "µs", bare.cpu, "bare Flask-SocketIO, each token emitted"),
        Row("  the same as a share of bare", ours.cpu / bare.cpu, "", 1.0, "bare", target=0.3),
        Row("token from model to tab, p50", percentile(ours.delays, 0.5), "ms", percentile(bare.delays, 0.5), "bare"),
        Row("token from model to tab, p95", ours.p95, "ms", bare.p95, "bare", target=70),
    ]
