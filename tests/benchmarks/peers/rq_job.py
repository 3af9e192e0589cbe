"""A job of the plain RQ peer: writes a line when it begins and one when it is done."""

import os
import time


def make(number: int, seconds: float, path: str) -> None:
    """Pretend to make picture `number`."""
    note(path, f"begun {number} {time.monotonic():.3f} {os.getpid()}")
    time.sleep(seconds)
    note(path, f"done {number} {time.monotonic():.3f} {os.getpid()}")


def note(path: str, line: str) -> None:
    with open(path, "a") as file:
        file.write(line + "\n")
