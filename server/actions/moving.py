"""Moving finished images to another workspace: copied there under new ids, thrown into the trash here. Nothing is paid.

The files are there before the rows are. Meanwhile a note names them, so that a move which ends half-way, however that
comes, leaves none behind: `tidy` removes what has no row.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path, PurePath

from sqlalchemy import select

from server.actions import access, attempts
from server.actions.transaction import Transaction, transaction
from server.errors import Conflict, Invalid, NotFound
from server.extensions import db, now, offload, storage
from server.models import Generation, Image, ImageStar, Membership, User
from server.models.columns import new_id
from server.protocol.requests import MoveImages

NOTES = "moves"
LONGEST = timedelta(hours=1)
PRIVATE = {"charged_to", "charged_on", "handle"}


def move(user: User, request: MoveImages) -> tuple[list[Generation], list[Image]]:
    """What there is now in the other workspace: for each generation another one, of its moved images."""
    copies = {image.id: _copy(image, workspace_id=request.workspace_id) for image in _movable(user, request)}
    with _files(_placed(copies)), transaction() as tx:
        images = _movable(user, request, lock=True)
        generations = _hang(tx, user, images, copies)
        for image in images:
            image.deleted_at, image.deleted_by = now(), user.id
            tx.publish(image.workspace_id, "image.deleted", user.id, id=image.id)
    return generations, list(copies.values())


def tidy() -> None:
    """Finish what was cut off in the middle; what is under way is younger."""
    for note in storage.path(NOTES).glob("*"):
        if datetime.fromtimestamp(note.stat().st_mtime, UTC) < now() - LONGEST:
            _settle(note, note.read_text().split())


def _movable(user: User, request: MoveImages, *, lock: bool = False) -> list[Image]:
    """The images, each generation's together, if all of them may go where they are wished."""
    access.member(user, request.workspace_id, "editor")
    ids = set(request.image_ids)
    query = select(Image).where(Image.id.in_(ids), Image.deleted_at.is_(None)).execution_options(populate_existing=True)
    query = query.order_by(Image.generation_id, Image.index)
    images = list(db.session.scalars(query.with_for_update(of=Image) if lock else query))
    places = {image.workspace_id for image in images}
    try:
        for place in places:
            access.member(user, place, "editor")
    except NotFound:
        raise access.missing(Image) from None
    if len(images) < len(ids):
        raise access.missing(Image)
    if len(places) > 1:
        raise Invalid("These images are not of one workspace. Move those of each by themselves.", field="image_ids")
    if request.workspace_id in places:
        raise Conflict("These images are in this workspace already.")
    if any(image.status != "ready" for image in images):
        raise Conflict("Only finished images can be moved.")
    return images


def _hang(tx: Transaction, user: User, images: list[Image], copies: dict[str, Image]) -> list[Generation]:
    """Write the rows of the copies, by the ids of their originals, and of their generations; tell the room."""
    place = next(iter(copies.values())).workspace_id
    members = {member.user_id for member in Membership.of_workspace(place)}
    made = []
    for generation_id, group in groupby(images, key=lambda image: image.generation_id):
        source, hung = db.session.get(Generation, generation_id), []
        parent = copies[source.parent_id].id if source.parent_id in copies else None
        generation = _copy(source, id=new_id(), workspace_id=place, proposal_id=None, parent_id=parent)
        for image in group:
            copy = copies[image.id]
            copy.generation_id, copy.tags = generation.id, image.tags
            copy.stars = [ImageStar(user_id=star.user_id) for star in image.stars if star.user_id in members]
            hung.append(copy)
        generation.count = len(hung)
        db.session.add(generation)
        db.session.flush()
        db.session.add_all(hung)
        tx.publish(place, "generation.created", user.id, generation=generation, images=hung)
        made.append(generation)
    db.session.flush()
    for image in images:  # only now are all there that one may descend from
        copies[image.id].parent_id = copies[image.parent_id].id if image.parent_id in copies else None
    return made


def _copy(row, **changes):
    """The same row once more, without who paid for it and how the vendor calls it."""
    values = {column.key: getattr(row, column.key) for column in row.__table__.columns}
    return type(row)(**values | dict.fromkeys(values.keys() & PRIVATE) | changes)


def _placed(copies: dict[str, Image]) -> dict[str, str]:
    """Give the copies ids, in their order, and keys of files; `new key: old key`."""
    sources = {}
    for id, copy in zip(sorted(new_id() for _ in copies), copies.values(), strict=True):
        source, copy.id = copy.file_key, id
        copy.file_key = attempts.key_of(copy, copy.media_type)
        sources[copy.file_key] = source
    return sources


@contextmanager
def _files(sources: dict[str, str]) -> Iterator[None]:
    """The files of originals (`new key: old key`) and their thumbnails, for what is done meanwhile."""
    note = storage.path(f"{NOTES}/{new_id()}")
    db.session.rollback()
    try:
        offload.run(_keep, f"{NOTES}/{note.name}", sources)
        yield
    finally:
        _settle(note, list(sources))


def _keep(note: str, sources: dict[str, str]) -> None:
    storage.put(note, "\n".join(sources).encode())
    pairs = [(key, source, width) for key, source in sources.items() for width in storage.THUMB_WIDTHS]
    thumbs = {storage.thumb_key(key, width): storage.thumb_key(source, width) for key, source, width in pairs}
    there = {key: source for key, source in thumbs.items() if storage.path(source).exists()}  # else an export draws it
    for key, source in (sources | there).items():
        storage.adopt(key, storage.path(source))
    storage.settle_few([*sources, *there])


def _settle(note: Path, keys: list[str]) -> None:
    """Remove the files that got no row, and the note. With the database away the note stays, for `tidy`."""
    stems = {PurePath(key).stem.rsplit("-", 1)[0]: key.rsplit(".", 1)[0] for key in keys}
    kept = set(db.session.scalars(select(Image.id).where(Image.id.in_(stems))))
    offload.run(_remove, [stem for id, stem in stems.items() if id not in kept])
    note.unlink(missing_ok=True)


def _remove(stems: list[str]) -> None:
    for stem in stems:
        storage.remove_kin(stem)
