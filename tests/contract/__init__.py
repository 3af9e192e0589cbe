"""Servers on loopback that speak the vendors' wires, each a process of its own, slow, wrong or rude on demand.

    with contract_server("a1111") as server:
        Connection("id", "a1111", server.url)
        server.script(behaviour="half", times=1)
        server.seen()["interrupt"]

A prompt may also carry the order itself: "a fox rude:half". `python -m tests.contract.a1111 --port 0` prints
its port. The behaviours are listed in `desk.py`.
"""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Server:
    """A running contract server; `seen()` counts what it was asked, `bodies()` are the requests themselves."""

    def __init__(self, url: str):
        self.url = url

    def script(self, **orders) -> None:
        """Set `behaviour` (for `times` requests, or all) and the options of the vendor's file."""
        self.ask("/_script", orders)

    def reset(self) -> None:
        self.ask("/_reset", {})

    def seen(self) -> dict[str, int]:
        return self.ask("/_seen")["counts"]

    def bodies(self) -> list[dict]:
        return self.ask("/_seen")["bodies"]

    def last_byte(self) -> float:
        """When the last of a picture went out, in seconds of the monotonic clock that all processes share."""
        return self.ask("/_seen")["last_byte"]

    def ask(self, path: str, body: dict | None = None) -> dict:
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(urllib.request.Request(self.url + path, data), timeout=10) as answer:
            return json.load(answer)


@contextmanager
def contract_server(name: str, port: int = 0) -> Iterator[Server]:
    command = [sys.executable, "-m", f"tests.contract.{name}", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        said = process.stdout.readline().strip()
        yield Server(said if said.startswith("http") else f"http://127.0.0.1:{said}")
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
