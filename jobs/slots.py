"""The working threads of one worker process."""

import os
import socket
import threading
import time
from collections.abc import Callable
from typing import ClassVar

import structlog
from flask import Flask

from server.actions import claims

log = structlog.get_logger()

PAUSE = 2.0
PAUSE_AFTER_ERROR = 1.0


class Slots:
    """A few threads that claim work until there is none, then sleep until the bell or for `pause` seconds."""

    every: ClassVar[list["Slots"]] = []

    def __init__(self):
        Slots.every.append(self)
        self.threads: list[threading.Thread] = []
        self.rings = 0
        self.bell = threading.Condition()
        self.stopping = False

    def start(self, app: Flask, action: Callable[[str], bool], count: int, pause: float = PAUSE) -> None:
        """Begin to work; `action(worker_id)` does one piece of work and says whether there was any."""
        for number in range(1, count + 1):
            worker_id = f"{this_process()}:{number}"
            thread = threading.Thread(target=self.work, args=(app, action, worker_id, pause), daemon=True)
            self.threads.append(thread)
        for thread in self.threads:
            thread.start()

    def wake(self) -> None:
        """Wake one idle slot; a ring that comes while all are busy is kept for the next."""
        with self.bell:
            self.rings = min(self.rings + 1, len(self.threads))
            self.bell.notify()

    def begin_to_stop(self) -> None:
        """Take no more work."""
        with self.bell:
            self.stopping = True
            self.bell.notify_all()

    def stop(self, patience: float) -> bool:
        """Take no more work; True when every slot has finished within `patience` seconds."""
        self.begin_to_stop()
        deadline = time.monotonic() + patience
        for thread in self.threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self.threads)

    def work(self, app: Flask, action: Callable[[str], bool], worker_id: str, pause: float) -> None:
        while not self.stopping:
            try:
                with app.app_context():
                    found = action(worker_id)
            except Exception:
                log.exception("a slot failed and goes on", worker=worker_id)
                found = False
                time.sleep(PAUSE_AFTER_ERROR)
            if not found:
                self.sleep(pause)

    def sleep(self, pause: float) -> None:
        with self.bell:
            self.bell.wait_for(lambda: self.rings or self.stopping, pause)
            self.rings = max(0, self.rings - 1)


def this_process() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def stop_all(app: Flask, patience: float) -> None:
    """Let every slot of this process finish, within `patience` seconds altogether, and give back what did not."""
    deadline = time.monotonic() + patience
    for each in Slots.every:
        each.begin_to_stop()
    if not all(each.stop(max(0.0, deadline - time.monotonic())) for each in Slots.every):
        with app.app_context():
            claims.let_go(this_process())


slots = Slots()
