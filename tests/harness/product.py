"""The real product, started as a user starts it, on a free port and a folder of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from sqlalchemy import NullPool, create_engine, text

from server.launch.port import unused
from server.launch.process import birth

ROOT = Path(__file__).resolve().parents[2]
KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH")
WORKERS = ("images", "chat", "upkeep")


class Product:
    """`run.py` and its children. `settings` are environment variables; nothing else of ours is inherited."""

    def __init__(self, folder: Path, **settings: str):
        self.folder = folder
        self.data_dir = folder / "data"
        self.settings = {"DATA_DIR": str(self.data_dir), "PORT": str(unused()), **settings}
        self.port = self.settings["PORT"]
        self.base_url = f"http://127.0.0.1:{self.port}"
        self.log_path = folder / "product.log"
        self.process: subprocess.Popen | None = None

    def start(self, patience: float = 40.0) -> "Product":
        """Start it and wait until pages, database, Redis and every worker are there."""
        self.launch()
        self.wait_until(self.is_whole, patience, "the product was not ready")
        return self

    @contextmanager
    def running(self, patience: float = 40.0) -> Iterator["Product"]:
        """Started for as long as the block lasts, and then ended by any means."""
        try:
            yield self.start(patience)
        finally:
            self.discard()

    def launch(self) -> None:
        """Start it and wait for nothing."""
        environment = {name: os.environ[name] for name in KEPT if name in os.environ}
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, str(ROOT / "run.py")], cwd=self.folder, env={**environment, **self.settings},
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )

    def stop(self, number: int = signal.SIGINT, patience: float = 15.0) -> int:
        """End it as Ctrl-C does, within the promised 15 seconds; the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            return self.process.wait(patience)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"still running {patience} s after the signal\n{self.log_tail()}") from None

    def discard(self) -> None:
        """End it by any means, for the sake of the next test."""
        survivors = self.pids()
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        for pid in survivors.values():
            if birth(pid):
                os.killpg(pid, signal.SIGKILL)

    def health(self) -> dict:
        """What `/api/health` says; empty while nobody answers."""
        try:
            return httpx.get(f"{self.base_url}/api/health", timeout=2).json()
        except (httpx.HTTPError, ValueError):
            return {}

    def is_whole(self) -> bool:
        if self.process.poll() is not None:
            raise AssertionError(f"the product ended with status {self.process.returncode}\n{self.log_tail()}")
        health = self.health()
        return health.get("status") == "ok" and all(health["workers"].get(name) for name in WORKERS)

    def pids(self) -> dict[str, int]:
        """The processes that run now, by name: web, valkey, images, chat, upkeep."""
        try:
            processes = json.loads((self.data_dir / "run" / "processes.json").read_text())["processes"]
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return {}
        return {name: entry["pid"] for name, entry in processes.items()}

    def kill(self, name: str, number: int = signal.SIGKILL) -> int:
        """Send a signal to one child; the number of the process that got it."""
        pid = self.pids()[name]
        os.kill(pid, number)
        return pid

    def wait_for_successor(self, name: str, pid: int, patience: float = 15.0) -> int:
        """Wait until another process does the work of the one that died."""
        self.wait_until(lambda: self.pids().get(name, pid) != pid, patience, f"{name} did not come back")
        return self.pids()[name]

    def wait_until(self, condition: Callable[[], object], patience: float, otherwise: str) -> None:
        deadline = time.monotonic() + patience
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError(f"{otherwise} within {patience} s\n{self.log_tail()}")
            time.sleep(0.05)

    def rows(self, query: str, **values) -> list[tuple]:
        """What stands in its database, read from outside."""
        url = self.settings.get("DATABASE_URL", f"sqlite:///{self.data_dir / 'emulsion.db'}")
        with create_engine(url.replace("postgresql:", "postgresql+psycopg:"), poolclass=NullPool).connect() as database:
            return [tuple(row) for row in database.execute(text(query), values)]

    def log(self) -> str:
        """All that the product has printed."""
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    def log_tail(self, lines: int = 40) -> str:
        return "\n".join(["--- the product's log ends with", *self.log().splitlines()[-lines:]])
