"""Reads an archive from anywhere into a folder of ours. Runs only in the child that `looking.py` starts.

The manifest comes first and fixes what follows: each next file must be the plain file that it names, as long as it
says, with that checksum. Files are written under numbers, so no name of an archive ever becomes a path.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

from server.archive import tar
from server.archive.counting import CountingReader
from server.archive.layout import (
    LARGEST_MANIFEST,
    MANIFEST,
    Entry,
    Manifest,
    damaged,
    manifest_of,
    not_ours,
)
from server.errors import Invalid

TAIL = 1024 * 1024
READ_AHEAD = 2 * tar.BLOCK


def unpack(archive: Path, folder: Path, most: int, tell: Callable[[int], None]) -> Manifest:
    """Fill `folder`: file n of the manifest becomes `n`; at most `most` bytes in all."""
    reader = CountingReader(archive, LARGEST_MANIFEST + READ_AHEAD, tell)
    try:
        manifest = _manifest(reader)
        reader.limit = _allowed(manifest, reader.unpacked, most)
        for number, entry in enumerate(manifest.files):
            _check_header(reader, entry)
            _write(reader, entry, folder / str(number) if entry.is_kept else None)
        _check_end(reader)
    finally:
        reader.close()
    (folder / MANIFEST).write_bytes(manifest.dumps())
    return manifest


def _manifest(reader: CountingReader) -> Manifest:
    try:
        name, size = tar.parse(reader.exactly(tar.BLOCK))
    except (ValueError, Invalid):
        raise not_ours() from None
    if name != MANIFEST or size > LARGEST_MANIFEST:
        raise not_ours()
    text = reader.exactly(size)
    reader.exactly(len(tar.padding(size)))
    return manifest_of(text)


def _allowed(manifest: Manifest, so_far: int, most: int) -> int:
    """What the manifest's files take as a tar; nothing beyond it is ever unpacked."""
    total = sum(entry.bytes for entry in manifest.files)
    if total > most:
        raise Invalid(f"This export holds more than {most // 1024**2:,} MB. Ask the operator to raise IMPORT_MAX_MB.",
                      field="file")
    return so_far + total + len(manifest.files) * 2 * tar.BLOCK + TAIL


def _check_header(reader: CountingReader, entry: Entry) -> None:
    block = reader.exactly(tar.BLOCK)
    try:
        name, size = tar.parse(block)
    except ValueError:
        what = f"{entry.name} is missing" if block == tar.ZEROS else "it holds something that is not a plain file"
        raise damaged(what) from None
    if name != entry.name:
        raise damaged(f"it holds a file that is not on its list, or not in its place, where {entry.name} should be")
    if size != entry.bytes:
        raise damaged(f"{entry.name} has another size than on its list")


def _write(reader: CountingReader, entry: Entry, path: Path | None) -> None:
    digest, left = hashlib.sha256(), entry.bytes
    with open(path or "/dev/null", "wb") as file:
        while left:
            data = reader.read(left)
            if not data:
                raise damaged(f"it ends within {entry.name}")
            digest.update(data)
            file.write(data)
            left -= len(data)
    if digest.hexdigest() != entry.sha256:
        raise damaged(f"{entry.name} does not have the checksum on its list")
    reader.exactly(len(tar.padding(entry.bytes)))


def _check_end(reader: CountingReader) -> None:
    """Two blocks of zeros, and nothing but zeros after them."""
    left, ending = TAIL, reader.exactly(2 * tar.BLOCK)
    while ending:
        if ending.strip(b"\0"):
            raise damaged("it holds more than is on its list")
        left -= len(ending)
        if left < 0:
            raise damaged("it does not end")
        ending = reader.read(tar.BLOCK)
