"""Jobs of the plain RQ peer: they write a line at each step."""

import os
import signal
import time


def make(number: int, seconds: float, path: str) -> None:
    """Pretend to make picture `number`."""
    note(path, f"begun {number} {time.monotonic():.3f} {os.getpid()}")
    time.sleep(seconds)
    note(path, f"done {number} {time.monotonic():.3f} {os.getpid()}")


def buy(number: int, path: str, dies: str) -> None:
    """Order picture `number`, store it and say so; where the last word is `dies` the process ends, the first time.

    `worker ordered` ends the worker with it.
    """
    for word in ("ordered", "saved", "done"):
        note(path, f"{word} {number} {time.monotonic():.3f} {os.getpid()}")
        if dies.endswith(word) and count(path, f"{word} {number} ") == 1:
            if dies.startswith("worker "):
                os.kill(os.getppid(), signal.SIGKILL)
            os._exit(1)


def count(path: str, beginning: str) -> int:
    with open(path) as file:
        return sum(line.startswith(beginning) for line in file)


def note(path: str, line: str) -> None:
    with open(path, "a") as file:
        file.write(line + "\n")
