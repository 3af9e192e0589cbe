"""Looks through an archive from anywhere in a child process with limits, so that a hostile one can hurt only that.

The child fills a folder of ours, says on its output how far it is (`{"read": bytes}` a line), and at last what it
found (`{"summary": {...}}`) or what is wrong (`{"error": words}`). When its output closes, it ends.
"""

import json
import os
import resource
import selectors
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from server.archive.layout import LARGEST_DOCUMENT, LARGEST_PICTURE, damaged
from server.errors import Invalid

ROOT = Path(__file__).resolve().parents[2]
MEMORY = 512 * 1024**2
OPEN_FILES = 64
SLOWEST = 4 * 1024**2
GRACE = 20
TELL_EVERY = 4 * 1024**2


def look_through(archive: Path, folder: Path, most: int, progress: Callable[[float], None]) -> dict:
    """Unpack and check; {images, styles, messages} as counted. `most` caps the unpacked bytes."""
    size = archive.stat().st_size
    patience = GRACE + size // SLOWEST
    command = [sys.executable, "-m", "server.archive.looking", str(archive), str(folder), str(most), str(patience)]
    child = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, bufsize=0)
    try:
        for word in _words(child, monotonic() + patience):
            if "error" in word:
                raise Invalid(str(word["error"]), field="file")
            if "summary" in word:
                return word["summary"]
            progress(min(1.0, word["read"] / max(1, size)))
        raise damaged("it could not be read within the limits")
    finally:
        child.kill()
        child.wait()
        child.stdout.close()


def _words(child: subprocess.Popen, deadline: float):
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while True:
            if not selector.select(max(0.0, deadline - monotonic())):
                raise damaged("reading it took too long")
            line = child.stdout.readline(10_000)
            if not line:
                return
            yield json.loads(line)


def main(archive: Path, folder: Path, most: int, seconds: int) -> None:
    """The child: read, check, tell."""
    _restrain(seconds)
    from server.archive.unpacking import unpack

    told = 0

    def tell(read: int) -> None:
        nonlocal told
        if read - told >= TELL_EVERY:
            told = read
            _say(read=read)

    try:
        unpack(archive, folder, most, tell)
        from server.archive.contents import Contents

        _say(summary=Contents(folder).check())
    except Invalid as error:
        _say(error=error.message)
    except MemoryError:
        _say(error=damaged("it could not be read within the limits").message)


def _restrain(seconds: int) -> None:
    largest = max(LARGEST_DOCUMENT, LARGEST_PICTURE)
    for limit, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, largest),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    ):
        resource.setrlimit(limit, (value, value))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _say(**word) -> None:
    os.write(1, json.dumps(word).encode() + b"\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
