"""Writing a workspace down as an archive: its rows as documents, its pictures byte for byte."""

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from server.archive.layout import (
    GENERATIONS,
    IMAGES,
    MESSAGES,
    MOST_FILES,
    WORKSPACE,
    Entry,
    Manifest,
)
from server.archive.packing import pack
from server.config import VERSION
from server.errors import TooLarge
from server.extensions import darkroom, db, now, storage
from server.models import Generation, Image, Membership, Message, Style, Theme, Workspace
from server.models.columns import iso
from server.models.snapshot import begin_reading

AT_ONCE = 200
LOST = {"kind": "lost", "message": "The file of this picture was missing when the workspace was exported."}


def export(workspace_id: str, target: Path, progress: Callable[[float], None]) -> dict:
    """Write the archive to `target`, whole or not at all; {images, styles, messages} as in it.

    What is begun lies in a folder of its own, so that one who was lost is in nobody's way.
    """
    with TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        manifest, paths = _Documents(workspace_id, folder).write()
        db.session.rollback()
        pack(folder / "archive", manifest, iter(paths), progress)
        (folder / "archive").replace(target)
    return manifest.summary


class _Documents:
    """Reads every row at one moment. What is unfinished is written as ended: it cannot go on elsewhere."""

    def __init__(self, workspace_id: str, folder: Path):
        self._id, self._folder = workspace_id, folder
        self._pictures: list[tuple[Entry, Path]] = []
        self._counts = {"images": 0, "styles": 0, "messages": 0}

    def write(self) -> tuple[Manifest, list[Path]]:
        """The manifest, and where each of its files lies."""
        begin_reading()
        room = self._room()
        lines = {MESSAGES: self._messages(), GENERATIONS: self._generations(), IMAGES: self._images()}
        files = [self._document(WORKSPACE, iter([room]))]
        files += [self._document(name, rows) for name, rows in lines.items()]
        files += self._pictures
        if len(files) > MOST_FILES:
            raise TooLarge(f"An export holds at most {MOST_FILES // 3:,} pictures. Delete some first.")
        about = {
            "product": VERSION,
            "exported_at": iso(now()),
            "name": room["workspace"]["name"],
            "summary": self._counts,
        }
        return Manifest(about, [entry for entry, _ in files]), [path for _, path in files]

    def _document(self, name: str, rows: Iterator[dict]) -> tuple[Entry, Path]:
        path, digest, size = self._folder / name, hashlib.sha256(), 0
        with open(path, "wb") as file:
            for row in rows:
                line = json.dumps(row, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode() + b"\n"
                digest.update(line)
                size += file.write(line)
        return Entry(name, size, digest.hexdigest()), path

    def _room(self) -> dict:
        workspace = db.session.get(Workspace, self._id)
        theme = db.session.get(Theme, workspace.theme_id) if workspace.theme_id else None
        styles = Style.of_workspace(self._id)
        self._counts["styles"] = len(styles)
        return {
            "workspace": workspace.to_payload(),
            "members": [member.to_payload() for member in Membership.of_workspace(self._id)],
            "themes": [theme.to_payload()] if theme else [],
            "styles": [style.to_payload() for style in styles],
        }

    def _messages(self) -> Iterator[dict]:
        seen = set()
        for message in self._rows(Message, Message.deleted_at.is_(None)):
            seen.add(message.id)
            self._counts["messages"] += 1
            answered = message.reply_to if message.reply_to in seen else None
            row = message.to_payload() | {"connection": message.connection, "reply_to": answered}
            yield row | {"status": "stopped"} if message.status == "streaming" else row

    def _generations(self) -> Iterator[dict]:
        return (generation.to_payload() for generation in self._rows(Generation))

    def _images(self) -> Iterator[dict]:
        for image in self._rows(Image):
            self._counts["images"] += image.deleted_at is None
            row = image.to_payload() | {"sampler": image.sampler, "strength": image.strength}
            row |= {"original_url": None, "thumbs": {}}
            if image.is_unfinished:
                row["status"] = "cancelled"
            if image.file_key:
                row |= self._picture(image)
            yield row

    def _rows(self, table, *where) -> Iterator:
        query = select(table).where(table.workspace_id == self._id, *where).order_by(table.created_at, table.id)
        return db.session.scalars(query.execution_options(yield_per=AT_ONCE))

    def _picture(self, image: Image) -> dict:
        """Its three files among those to pack, and their names; a lost original is said to be lost."""
        original = storage.path(image.file_key)
        if not original.exists() or original.stat().st_size != image.bytes:
            return {"status": "failed", "error": LOST}
        name = f"images/{image.id}.{image.file_key.rsplit('.', 1)[1]}"
        self._pictures.append((Entry(name, image.bytes, image.sha256), original))
        names = {}
        for width in storage.THUMB_WIDTHS:
            names[str(width)] = f"images/{image.id}.{width}.webp"
            self._pictures.append(self._thumbnail(image, width, names[str(width)]))
        return {"original_url": name, "thumbs": names}

    def _thumbnail(self, image: Image, width: int, name: str) -> tuple[Entry, Path]:
        path = storage.path(storage.thumb_key(image.file_key, width))
        if not path.exists():
            _, thumbs = darkroom.develop(storage.get(image.file_key))
            for made, thumb in zip((768, 384), thumbs, strict=True):
                storage.put(storage.thumb_key(image.file_key, made), thumb)
        data = path.read_bytes()
        return Entry(name, len(data), hashlib.sha256(data).hexdigest()), path


def file_name(name: str, moment: datetime) -> str:
    """What a downloaded archive is called."""
    plain = "-".join("".join(letter if letter.isalnum() else " " for letter in name.lower()).split())
    return f"{plain[:60] or 'workspace'}-{moment:%Y-%m-%d}.tar.gz"
