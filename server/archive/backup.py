"""The file of a backup: a plain tar that says first what it is and last the checksum of every file in it."""

import io
import json
import os
import re
import tarfile
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from server.errors import Invalid

ABOUT, SUMS = "backup.json", "checksums.sha256"
NAME = re.compile(r"database|secret_key|media(?:/[\w-][\w.-]*)+")
PIECE = 1024**2


def write(target: Path, about: dict, files: Iterable[tuple[str, Path]]) -> int:
    """Write it whole or not at all, for its owner's eyes only; how many of the files were still there."""
    draft = target.with_name(f".{target.name}.part")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            with (
                tarfile.open(fileobj=file, mode="w|", copybufsize=PIECE) as tar,
                TemporaryFile(dir=target.parent) as sums,
            ):
                count = _fill(tar, about, files, sums)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return count


def unpack(file: Path, folder: Path) -> dict:
    """Write its files into a folder and tell what `about` said; Invalid when one is missing, foreign or altered."""
    about, listed, found = None, -1, 0
    try:
        with tarfile.open(file, "r|", copybufsize=PIECE) as tar:
            while member := tar.next():
                tar.members.clear()  # it would grow with every file
                source = tar.extractfile(member) if member.isreg() else None
                if source and member.name == ABOUT:
                    about = json.loads(source.read())
                elif source and member.name == SUMS:
                    listed = sum(map(_weight, source))
                elif source and NAME.fullmatch(member.name):
                    found += _weight(_line(member.name, _save(source, folder / member.name)))
                else:
                    raise ValueError(member.name)
    except (tarfile.TarError, ValueError, EOFError, FileExistsError):
        raise _damaged() from None
    if not isinstance(about, dict) or listed != found:
        raise _damaged()
    os.sync()  # all of it at once: a thousand times cheaper than file by file
    return about


class _Reading:
    """A file that reckons the checksum of what is read from it."""

    def __init__(self, file):
        self.file, self.digest = file, sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        self.digest.update(data)
        return data


def _fill(tar: tarfile.TarFile, about: dict, files: Iterable[tuple[str, Path]], sums: IO[bytes]) -> int:
    """`sums` keeps the list of checksums until its turn: there may be millions."""
    count = 0
    _add(tar, ABOUT, io.BytesIO(text := json.dumps(about, indent=1).encode()), len(text))
    for name, path in files:
        try:
            opened = path.open("rb")
        except FileNotFoundError:  # removed since it was listed
            continue
        with opened:
            sums.write(_line(name, _add(tar, name, opened, os.fstat(opened.fileno()).st_size)))
        count += 1
    size = sums.tell()
    sums.seek(0)
    _add(tar, SUMS, sums, size)
    return count


def _add(tar: tarfile.TarFile, name: str, file, size: int) -> str:
    entry, reading = tarfile.TarInfo(name), _Reading(file)
    entry.size = size
    tar.addfile(entry, reading)
    tar.members.clear()  # it would grow with every file
    return reading.digest.hexdigest()


def _save(source, path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    reading = _Reading(source)
    with path.open("xb") as file:
        while data := reading.read(PIECE):
            file.write(data)
    return reading.digest.hexdigest()


def _line(name: str, digest: str) -> bytes:
    """As `sha256sum -c` reads it."""
    return f"{digest}  {name}\n".encode()


def _weight(line: bytes) -> int:
    """Added up, the weights of the same lines are the same in any order."""
    return int.from_bytes(sha256(line).digest())


def _damaged() -> Invalid:
    return Invalid("This is no backup of Emulsion, or it is damaged. Nothing was changed.")
