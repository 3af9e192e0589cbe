"""Making a workspace of an archive: every row under a new id, everything by the one who imports it, nothing spent."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

from sqlalchemy import insert

from server.actions import workspaces
from server.archive import entities
from server.archive.contents import Contents
from server.archive.layout import damaged
from server.archive.looking import look_through
from server.errors import ProviderError
from server.extensions import config, darkroom, db, storage
from server.models import Generation, Image, ImageStar, Message, Proposal, Style, Theme, User, Workspace
from server.models.columns import new_id

AT_ONCE = 200
EYES = 2
GLANCE = 16
MEDIA_TYPES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}


def examine(archive: Path, folder: Path, progress: Callable[[float], None]) -> tuple[Contents, dict]:
    """Unpack into `folder` and accept every picture; the contents and {images, styles, messages}, or Invalid."""
    folder.mkdir(parents=True)
    summary = look_through(archive, folder, config().import_most, lambda fraction: progress(fraction / 2))
    contents = Contents(folder)
    names = [entry.name for entry in contents.manifest.files if entry.name.startswith("images/") and entry.is_kept]
    with ThreadPoolExecutor(EYES) as eyes:
        for start in range(0, len(names), GLANCE):
            some = names[start : start + GLANCE]
            list(eyes.map(_look, some, [contents.path(name) for name in some]))
            progress((1 + (start + len(some)) / len(names)) / 2)
    return contents, summary


def _look(name: str, path: Path) -> None:
    """Decode a picture in the darkroom; it must be what its name says."""
    try:
        facts = darkroom.look(path.read_bytes())
    except ProviderError:
        facts = {"media_type": None}
    if facts["media_type"] != MEDIA_TYPES[name.rsplit(".", 1)[1]]:
        raise damaged(f"{name} is not a whole picture")


def discard(workspace_id: str) -> None:
    """Remove the files that an import kept for a workspace which did not come to be."""
    if db.session.get(Workspace, workspace_id) is None:
        storage.remove_all(folder_of(workspace_id))


def folder_of(workspace_id: str) -> str:
    return f"{workspace_id[:2]}/{workspace_id}"


class Arrival:
    """The way of one archive into the workspace `id`: first the files are kept, then the rows are written at once."""

    def __init__(self, user: User, id: str, contents: Contents):
        self._user, self._id, self._contents = user, id, contents
        self._new = _NewIds(contents)
        self._present: set[str] = set()
        self._starred: list[str] = []

    def keep_files(self, progress: Callable[[float], None]) -> None:
        total = max(1, self._contents.manifest.summary["images"])
        for number, image in enumerate(self._contents.images(), 1):
            if image.original_url:
                key = self._key(image)
                storage.adopt(key, self._contents.path(image.original_url))
                for width, name in image.thumbs.items():
                    storage.adopt(storage.thumb_key(key, int(width)), self._contents.path(name))
            progress(min(1.0, number / total))
        storage.settle()

    def write_rows(self, tx, name: str) -> Workspace:
        """Call it in a transaction. Its news begins after its making: tabs start with a snapshot."""
        workspaces.check_room_for_another(self._user)
        room = self._contents.room()
        theme = self._theme(room)
        workspace = Workspace(id=self._id, name=name, owner_id=self._user.id, theme_id=theme and theme.id, seq=1)
        db.session.add(workspace)
        db.session.flush()
        workspaces.add_member(tx, workspace, self._user, "owner")
        _insert(Style, map(self._style, room.styles))
        _insert(Message, map(self._message, self._contents.messages()))
        _insert(Proposal, self._proposals())
        _insert(Generation, map(self._generation, self._contents.generations()))
        _insert(Image, map(self._image, self._contents.images()))
        _insert(ImageStar, self._stars())
        return workspace

    def _theme(self, room: entities.Room) -> Theme | None:
        used = next((theme for theme in room.themes if theme.id == room.workspace.theme_id), None)
        if used is None:
            return None
        fields = used.model_dump(include={"name", "base_prompt", "description", "updated_at"})
        theme = Theme(id=new_id(), owner_id=self._user.id, **fields)
        db.session.add(theme)
        db.session.flush()
        return theme

    def _style(self, style: entities.Style) -> dict:
        made = {"author_id": self._user.id, "created_at": style.updated_at}
        return self._placed(style) | style.model_dump(exclude={"id"}) | made

    def _message(self, message: entities.Message) -> dict:
        self._present.add(message.id)
        return (
            self._placed(message)
            | message.model_dump(exclude={"id", "proposals"})
            | {
                "author_id": self._user.id if message.author_id else None,
                "reply_to": self._new[message.reply_to] if message.reply_to in self._present else None,
                "image_ids": [self._new[id] for id in message.image_ids if id in self._new],
            }
        )

    def _proposals(self) -> Iterator[dict]:
        for message in self._contents.messages():
            for position, proposal in enumerate(message.proposals):
                yield (
                    self._placed(proposal)
                    | proposal.model_dump(exclude={"id"})
                    | {
                        "message_id": self._new[message.id],
                        "position": position,
                        "settings": self._new.settings(proposal.settings),
                        "decided_by": self._user.id if proposal.decided_by else None,
                    }
                )

    def _generation(self, generation: entities.Generation) -> dict:
        return (
            self._placed(generation)
            | generation.model_dump(exclude={"id"})
            | {
                "author_id": self._user.id,
                "styles": [self._new.style(style) for style in generation.styles],
                "proposal_id": self._new.get(generation.proposal_id),
                "parent_id": self._new.get(generation.parent_id),
            }
        )

    def _image(self, image: entities.Image) -> dict:
        self._present.add(image.id)
        if image.starred_by:
            self._starred.append(self._new[image.id])
        original = self._contents.entry(image.original_url) if image.original_url else None
        return (
            self._placed(image)
            | image.model_dump(exclude={"id", "original_url", "thumbs", "starred_by"})
            | {
                "generation_id": self._new[image.generation_id],
                "author_id": self._user.id,
                "deleted_by": self._user.id if image.deleted_by else None,
                "parent_id": self._new[image.parent_id] if image.parent_id in self._present else None,
                "file_key": self._key(image) if original else None,
                "media_type": MEDIA_TYPES[original.name.rsplit(".", 1)[1]] if original else None,
                "bytes": original and original.bytes,
                "sha256": original and original.sha256,
            }
        )

    def _stars(self) -> Iterator[dict]:
        """A star of anybody is the importer's: what was kept stays kept."""
        return ({"image_id": id, "user_id": self._user.id} for id in self._starred)

    def _placed(self, row) -> dict:
        return {"id": self._new[row.id], "workspace_id": self._id}

    def _key(self, image: entities.Image) -> str:
        ending = image.original_url.rsplit(".", 1)[1]
        return f"{folder_of(self._id)}/{self._new[image.id]}-{image.attempt}.{ending}"


class _NewIds(dict):
    """Old id -> new id of every row. Later rows get later ids, so rows of the same moment keep their order."""

    def __init__(self, contents: Contents):
        super().__init__()
        self._add([style.id for style in contents.room().styles])
        messages = [(message.id, [proposal.id for proposal in message.proposals]) for message in contents.messages()]
        self._add([id for id, _ in messages])
        self._add([id for _, proposals in messages for id in proposals])
        self._add([generation.id for generation in contents.generations()])
        self._add([image.id for image in contents.images()])

    def _add(self, ids: list[str]) -> None:
        self.update(zip(ids, sorted(new_id() for _ in ids), strict=True))

    def named(self, id: str) -> str:
        """The new id of something that may not have come along, such as a style deleted since."""
        return self.setdefault(id, new_id())

    def style(self, snapshot: dict) -> dict:
        return {**snapshot, "id": self.named(str(snapshot["id"]))} if "id" in snapshot else snapshot

    def settings(self, settings: dict) -> dict:
        ids = settings.get("style_ids")
        return {**settings, "style_ids": [self.named(str(id)) for id in ids]} if isinstance(ids, list) else settings


def _insert(table: type, rows: Iterator[dict]) -> None:
    rows = iter(rows)
    while some := list(islice(rows, AT_ONCE)):
        db.session.execute(insert(table), some)


