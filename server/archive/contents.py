"""The rows and files of an unpacked archive, and whether they fit together."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from server.archive.entities import LONGEST_LINE, Generation, Image, Message, Room, Row
from server.archive.layout import (
    GENERATIONS,
    IMAGES,
    MANIFEST,
    MESSAGES,
    WORKSPACE,
    Entry,
    Manifest,
    damaged,
    manifest_of,
)

Kind = TypeVar("Kind", bound=Row)


class Contents:
    """A folder that `unpack` filled. Rows are read one by one: memory does not grow with them."""

    def __init__(self, folder: Path):
        self._folder = folder
        self.manifest: Manifest = manifest_of((folder / MANIFEST).read_bytes())
        self._numbers = {entry.name: number for number, entry in enumerate(self.manifest.files)}

    def path(self, name: str) -> Path:
        return self._folder / str(self._numbers[name])

    def entry(self, name: str) -> Entry:
        return self.manifest.files[self._numbers[name]]

    def room(self) -> Room:
        return _row(Room, WORKSPACE, self.path(WORKSPACE).read_bytes())

    def messages(self) -> Iterator[Message]:
        return self._lines(MESSAGES, Message)

    def generations(self) -> Iterator[Generation]:
        return self._lines(GENERATIONS, Generation)

    def images(self) -> Iterator[Image]:
        return self._lines(IMAGES, Image)

    def check(self) -> dict:
        """Read everything once; the counts of what is there, or Invalid."""
        room = self.room()
        _distinct([style.id for style in room.styles], WORKSPACE)
        _distinct([theme.id for theme in room.themes], WORKSPACE)
        messages, proposals = [], []
        for message in self.messages():
            messages.append(message.id)
            proposals += [proposal.id for proposal in message.proposals]
        _distinct(messages, MESSAGES)
        _distinct(proposals, MESSAGES)
        generations = _distinct([generation.id for generation in self.generations()], GENERATIONS)
        return {"images": self._check_images(generations), "styles": len(room.styles), "messages": len(messages)}

    def _check_images(self, generations: set[str]) -> int:
        """Each belongs to a generation, is listed once, and has its own files; the count leaves out the trash."""
        ids, files, kept = [], [], 0
        for image in self.images():
            ids.append(image.id)
            files += image.files
            kept += image.deleted_at is None
            if image.generation_id not in generations:
                raise damaged(f"an image in {IMAGES} belongs to nothing")
            if image.status == "ready" and len(image.files) != 3:
                raise damaged("a picture is without its files")
            if any(name not in self._numbers for name in image.files):
                raise damaged("a picture is missing")
        _distinct(ids, IMAGES)
        _distinct(files, IMAGES)
        return kept

    def _lines(self, name: str, kind: type[Kind]) -> Iterator[Kind]:
        with open(self.path(name), "rb") as file:
            while line := file.readline(LONGEST_LINE + 1):
                if len(line) > LONGEST_LINE:
                    raise damaged(f"a line of {name} is too long")
                yield _row(kind, name, line)


def _row(kind: type[Kind], name: str, text: bytes) -> Kind:
    try:
        return kind.model_validate_json(text)
    except (ValidationError, RecursionError) as error:
        where = ""
        if isinstance(error, ValidationError) and (place := error.errors()[0]["loc"]):
            where = f", at {'.'.join(str(part) for part in place)[:100]}"
        raise damaged(f"{name} does not say what it should{where}") from None


def _distinct(ids: list[str], name: str) -> set[str]:
    found = set(ids)
    if len(found) < len(ids):
        raise damaged(f"something is in {name} twice")
    return found
