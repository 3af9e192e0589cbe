"""A gzip stream that is read in small pieces and counted, so that what expands without end is noticed at once."""

import gzip
import zlib
from collections.abc import Callable
from pathlib import Path

from server.archive.layout import damaged, not_ours

PIECE = 256 * 1024


class CountingReader:
    """`limit` caps the unpacked bytes; `tell(bytes)` hears how far the packed file has been read."""

    def __init__(self, path: Path, limit: int, tell: Callable[[int], None]):
        self._stream = gzip.GzipFile(path, "rb")
        self.limit, self._tell = limit, tell
        self.unpacked = 0

    def read(self, size: int) -> bytes:
        """At most `size` bytes; nothing at the end."""
        try:
            data = self._stream.read(min(size, PIECE))
        except (gzip.BadGzipFile, zlib.error, EOFError):
            raise (damaged("it ends too early or was changed") if self.unpacked else not_ours()) from None
        self.unpacked += len(data)
        if self.unpacked > self.limit:
            raise damaged("it unpacks to more than it says")
        self._tell(self._stream.fileobj.tell())
        return data

    def exactly(self, size: int) -> bytes:
        """`size` bytes, for what is small."""
        parts = []
        while size:
            part = self.read(size)
            if not part:
                raise damaged("it ends too early")
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def close(self) -> None:
        self._stream.close()
