"""What lies in an archive: the manifest first, then every file it names, in its order."""

import json
import re
from dataclasses import dataclass

from server.errors import Invalid

FORMAT = "emulsion"
VERSION = "1.0"
MANIFEST = "emulsion.json"
WORKSPACE, MESSAGES, GENERATIONS, IMAGES = "workspace.json", "messages.jsonl", "generations.jsonl", "images.jsonl"
DOCUMENTS = (WORKSPACE, MESSAGES, GENERATIONS, IMAGES)
PICTURE = re.compile(r"images/[0-9a-f-]{36}(\.(384|768))?\.(png|jpg|webp)")
COUNTED = ("images", "styles", "messages")

MOST_FILES = 60_000
LONGEST_NAME = 100
LARGEST_MANIFEST = 16 * 1024**2
LARGEST_DOCUMENT = 256 * 1024**2
LARGEST_PICTURE = 200 * 1024**2
NOT_OURS = "This file is not an Emulsion export."
DAMAGED = "This export is damaged: {what}. Nothing was imported."


@dataclass(frozen=True)
class Entry:
    """One file: its name in the archive, its size, and the SHA-256 of its bytes in hexadecimal."""

    name: str
    bytes: int
    sha256: str

    @property
    def is_kept(self) -> bool:
        """Whether this version knows what to do with it; what it does not know is checked and passed over."""
        return self.name in DOCUMENTS or PICTURE.fullmatch(self.name) is not None


@dataclass(frozen=True)
class Manifest:
    """`about` holds what is said of the archive as a whole: version, name, summary, time."""

    about: dict
    files: list[Entry]

    def dumps(self) -> bytes:
        files = [{"name": entry.name, "bytes": entry.bytes, "sha256": entry.sha256} for entry in self.files]
        return json.dumps({"format": FORMAT, "version": VERSION, **self.about, "files": files}, indent=1).encode()

    @property
    def summary(self) -> dict:
        return self.about["summary"]


def damaged(what: str) -> Invalid:
    return Invalid(DAMAGED.format(what=what), field="file")


def not_ours() -> Invalid:
    return Invalid(NOT_OURS, field="file")


def manifest_of(text: bytes) -> Manifest:
    """Read the manifest of an archive from anywhere; Invalid says what is wrong with it."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        raise not_ours() from None
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise not_ours()
    _check_version(said.get("version"))
    files = said.get("files")
    if not isinstance(files, list) or len(files) > MOST_FILES:
        raise damaged(f"it lists no files, or more than {MOST_FILES:,}")
    entries = [_entry(line) for line in files]
    names = {entry.name for entry in entries}
    if len(names) < len(entries) or MANIFEST in names:
        raise damaged("a file is listed twice")
    if missing := [name for name in DOCUMENTS if name not in names]:
        raise damaged(f"{missing[0]} is missing")
    return Manifest({"name": _name(said.get("name")), "summary": _summary(said.get("summary"))}, entries)


def _check_version(version) -> None:
    found = re.fullmatch(r"(\d{1,3})\.(\d{1,3})", version) if isinstance(version, str) else None
    if not found:
        raise not_ours()
    if int(found[1]) > int(VERSION.split(".")[0]):
        raise Invalid("This export was made by a newer Emulsion. Update this one first, then import it.", field="file")


def _entry(line) -> Entry:
    match line:
        case {"name": str(name), "bytes": int(size), "sha256": str(sha256)}:
            pass
        case _:
            raise damaged("its list of files cannot be read")
    if not (0 < len(name) <= LONGEST_NAME and name.isascii() and name.isprintable()):
        raise damaged("a file has a name that cannot be")
    if isinstance(size, bool) or not 0 <= size <= (LARGEST_DOCUMENT if name in DOCUMENTS else LARGEST_PICTURE):
        raise damaged("a file is too large")
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise damaged("a checksum cannot be read")
    return Entry(name, size, sha256)


def _name(name) -> str:
    name = "".join(letter for letter in name if letter.isprintable()) if isinstance(name, str) else ""
    return name.strip()[:80] or "Imported"


def _summary(summary) -> dict:
    """The counts as the archive claims them; what is really there is counted when it is read."""
    given = summary if isinstance(summary, dict) else {}
    return {name: given[name] if isinstance(given.get(name), int) else 0 for name in COUNTED}
