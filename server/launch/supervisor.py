"""The process that starts the others, starts them again when they die, and ends them all."""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from server.launch.child import Child

ROOT = Path(__file__).resolve().parents[2]
LOOK = 0.1
PATIENCE = 10.0
LAST_PATIENCE = 3.0


class Supervisor:
    """Keeps its children running until it is told to stop. `changed` hears the process numbers by name."""

    def __init__(self, changed: Callable[[dict[str, int]], None] = lambda pids: None):
        self.children: list[Child] = []
        self.changed = changed
        self.signals = 0
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.note_signal)

    def note_signal(self, number: int, frame: object) -> None:
        self.signals += 1

    def add(self, child: Child) -> None:
        """Start a child and keep it."""
        child.start()
        self.children.append(child)
        self.changed(self.pids())

    def pids(self) -> dict[str, int]:
        return {child.name: child.pid for child in self.children if child.pid}

    def watch(self, until: Callable[[], bool] = lambda: False) -> bool:
        """Keep the children alive until a signal or until `until()`; False after a signal."""
        while not self.signals:
            if until():
                return True
            self.look()
            time.sleep(LOOK)
        return False

    def look(self) -> None:
        for child in self.children:
            if child.process and not child.alive():
                child.clear_away()
                say(child.bury())
            if not child.process and time.monotonic() >= child.due:
                child.start()
                self.changed(self.pids())

    def end(self) -> None:
        """End every child, those that the others lean on last; all within 15 seconds."""
        self.end_these([child for child in self.children if not child.ends_last], PATIENCE)
        self.end_these([child for child in self.children if child.ends_last], LAST_PATIENCE)

    def end_these(self, children: list[Child], patience: float) -> None:
        heard, deadline = self.signals, time.monotonic() + patience
        for child in children:
            child.ask_to_end()
        while any(child.alive() for child in children) and time.monotonic() < deadline:
            if self.signals > heard:
                break
            time.sleep(0.02)
        for child in children:
            child.clear_away()
            if child.process:
                child.process.wait()


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def supervised(environment: dict[str, str]) -> dict[str, str]:
    """A child's environment: ours, and what was decided since; it finds our packages from any folder."""
    places = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    return {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": places, **environment}
