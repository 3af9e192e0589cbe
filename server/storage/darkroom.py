"""Decodes untrusted pictures in a child process with limits, so that a hostile file can hurt only the child.

Messages over its pipes: a length of four bytes, then JSON with the sizes of what follows, then the bytes.
The child ends by itself when its pipe closes, so it never outlives its worker.
"""

import contextlib
import json
import queue
import resource
import selectors
import struct
import subprocess
import sys

from server.errors import ProviderError

MEMORY = 1536 * 1024 * 1024
PATIENCE = 20.0
LOOKS = 2


class Darkroom:
    """A few warm children; each call takes a free one. Thread-safe."""

    def __init__(self, children: int = 2):
        self._free: queue.SimpleQueue[Child | None] = queue.SimpleQueue()
        for _ in range(children):
            self._free.put(None)

    def develop(self, data: bytes) -> tuple[dict, list[bytes]]:
        """See thumbnails.develop; a ProviderError of kind bad_image when the bytes are no good picture."""
        return self._ask("develop", data)

    def look(self, data: bytes) -> dict:
        """See thumbnails.look; a ProviderError of kind bad_image as above."""
        return self._ask("look", data)[0]

    def preview(self, data: bytes) -> bytes:
        """See thumbnails.preview."""
        return self._ask("preview", data)[1][0]

    def copy(self, data: bytes, media_type: str | None, words: dict[str, str] | None) -> tuple[str, bytes]:
        """(media type, bytes); see copies.copy."""
        facts, (copied,) = self._ask("copy", data, media_type=media_type, words=words)
        return facts["media_type"], copied

    def inscriptions(self, data: bytes) -> dict[str, str]:
        """The texts in a picture's file; see inscriptions.inscriptions."""
        return self._ask("inscriptions", data)[0]["texts"]

    def warm(self) -> None:
        """Start the children before the first picture comes."""
        children = [self._free.get() or Child() for _ in range(self._free.qsize())]
        for child in children:
            self._free.put(child)

    def close(self) -> None:
        while not self._free.empty():
            if child := self._free.get():
                child.end()

    def _ask(self, verb: str, data: bytes, **options) -> tuple[dict, list[bytes]]:
        """A child that dies over a picture may have been killed for other reasons, so another one looks at it."""
        for _ in range(LOOKS):
            child = self._free.get()
            try:
                if child is None or child.is_gone():
                    child = Child()
                return child.ask(verb, data, options)
            except TimeoutError:
                child = child and child.end()
                break
            except (OSError, EOFError):
                child = child and child.end()
            finally:
                self._free.put(child)
        raise _bad()


class Child:
    def __init__(self):
        self._process = subprocess.Popen(
            [sys.executable, "-m", "server.storage.darkroom"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def is_gone(self) -> bool:
        return self._process.poll() is not None

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()

    def ask(self, verb: str, data: bytes, options: dict) -> tuple[dict, list[bytes]]:
        write(self._process.stdin, {"verb": verb, "options": options}, [data])
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            if not selector.select(PATIENCE):
                raise TimeoutError
        facts, parts = read(self._process.stdout)
        if facts is None:
            raise _bad()
        return facts, parts


def _bad() -> ProviderError:
    words = "What came back is not a whole picture. Nothing was charged."
    return ProviderError("bad_image", words, permanent=False, over=True)


def write(pipe, facts: dict | None, parts: list[bytes]) -> None:
    head = json.dumps({"facts": facts, "sizes": [len(part) for part in parts]}).encode()
    pipe.write(struct.pack(">I", len(head)) + head)
    for part in parts:
        pipe.write(part)
    pipe.flush()


def read(pipe) -> tuple[dict | None, list[bytes]]:
    head = json.loads(_exactly(pipe, struct.unpack(">I", _exactly(pipe, 4))[0]))
    return head["facts"], [_exactly(pipe, size) for size in head["sizes"]]


def _exactly(pipe, size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data


def main() -> None:
    """The child: answer until the pipe closes."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    from server.storage import copies, inscriptions, thumbnails

    verbs = {name: getattr(thumbnails, name) for name in ("develop", "look", "preview")}
    verbs |= {"copy": copies.copy, "inscriptions": inscriptions.inscriptions}
    while True:
        try:
            request, (data,) = read(sys.stdin.buffer)
        except (EOFError, KeyboardInterrupt):
            return
        try:
            facts, parts = verbs[request["verb"]](data, **request["options"])
        except Exception:
            facts, parts = None, []
        write(sys.stdout.buffer, facts, parts)


if __name__ == "__main__":
    main()
