"""Writes an archive as a stream: memory does not grow with it.

Pictures do not shrink, so gzip only stores: blocks of at most 65,535 bytes, as RFC 1951 3.2.4 has them. Its checksum,
by the processor's own instructions, costs a tenth of zlib's. That leaves the cost of copying, as tar has it.
"""

import os
import struct
from collections.abc import Callable, Iterator
from pathlib import Path

from isal import isal_zlib

from server.archive import tar
from server.archive.layout import MANIFEST, Manifest

HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
STORED = 65_535
PIECE = 4 * STORED  # larger writes are slower where the kernel has to look for large pages to hold them
MOST_PARTS = 512


class Packer:
    def __init__(self, descriptor: int):
        self._descriptor = descriptor
        self._crc, self._size = 0, 0
        self._parts: list = [HEAD]
        self._waiting = len(HEAD)
        self._buffer = memoryview(bytearray(PIECE))

    def add_bytes(self, name: str, data: bytes) -> None:
        self._store(tar.header(name, len(data)))
        self._store(data)
        self._store(tar.padding(len(data)))

    def add_file(self, name: str, path: Path, size: int) -> None:
        """`size` is what the manifest promises; OSError when the file is not so long any more."""
        self._store(tar.header(name, size))
        file = os.open(path, os.O_RDONLY)
        try:
            left = size
            while left:
                left -= self._copy(file, left)
        finally:
            os.close(file)
        self._store(tar.padding(size))

    def end(self) -> None:
        self._store(tar.ZEROS * 2)
        self._put(b"\x01\0\0\xff\xff")
        self._put(struct.pack("<II", self._crc, self._size & 0xFFFFFFFF))
        self._flush()

    def _copy(self, file: int, most: int) -> int:
        if most <= STORED:
            data = os.read(file, most)
        else:
            data = self._buffer[: os.readv(file, [self._buffer[: min(most, PIECE)]])]
        if not len(data):
            raise OSError("a file became shorter while it was packed")
        self._store(data)
        if isinstance(data, memoryview):
            self._flush()
        return len(data)

    def _store(self, data) -> None:
        self._crc = isal_zlib.crc32(data, self._crc)
        self._size += len(data)
        view = memoryview(data)
        for start in range(0, len(view), STORED):
            part = view[start : start + STORED]
            self._put(struct.pack("<BHH", 0, len(part), len(part) ^ 0xFFFF))
            self._put(part)

    def _put(self, part) -> None:
        self._parts.append(part)
        self._waiting += len(part)
        if self._waiting >= PIECE or len(self._parts) >= MOST_PARTS:
            self._flush()

    def _flush(self) -> None:
        parts, self._parts, self._waiting = self._parts, [], 0
        while parts:
            written = os.writev(self._descriptor, parts)
            while parts and written >= len(parts[0]):
                written -= len(parts.pop(0))
            if parts:
                parts[0] = memoryview(parts[0])[written:]


def pack(target: Path, manifest: Manifest, paths: Iterator[Path], progress: Callable[[float], None]) -> None:
    """Write a new file, for its owner's eyes only; `paths` are those of the manifest's files, in its order."""
    total, done = sum(entry.bytes for entry in manifest.files) or 1, 0
    with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb", buffering=0) as file:
        packer = Packer(file.fileno())
        packer.add_bytes(MANIFEST, manifest.dumps())
        for entry, path in zip(manifest.files, paths, strict=True):
            packer.add_file(entry.name, path, entry.bytes)
            done += entry.bytes
            progress(done / total)
        packer.end()
