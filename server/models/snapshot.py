"""Snapshot: everything a tab needs to begin, read at one moment."""

from sqlalchemy import func, select, tuple_

from server.extensions import db
from server.models.draft import Draft
from server.models.generation import Generation
from server.models.image import Image
from server.models.message import Message
from server.models.theme import Style, Theme
from server.models.workspace import Membership, Workspace

MESSAGES = 50
IMAGES = 60


def begin_reading() -> None:
    """Start a read of which every query sees the same moment."""
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def read_head(workspace_id: str) -> tuple[int, str]:
    """The number of the last event, and the epoch."""
    query = select(Workspace.seq, Workspace.epoch).where(Workspace.id == workspace_id)
    return tuple(db.session.execute(query).one())


def read_snapshot(workspace_id: str, user_id: str) -> dict:
    """The snapshot of protocol.md; call `begin_reading` first."""
    membership = Membership.find(workspace_id, user_id)
    workspace = membership.workspace
    images = latest_images(workspace_id, IMAGES)
    theme = db.session.get(Theme, workspace.theme_id) if workspace.theme_id else None
    messages = reversed(Message.recent(workspace_id, MESSAGES))
    kept = select(func.count()).select_from(Image).where(Image.workspace_id == workspace_id, Image.deleted_at.is_(None))
    return {
        "seq": workspace.seq,
        "epoch": workspace.epoch,
        "workspace": workspace.to_payload(),
        "me": {"user_id": user_id, "role": membership.role},
        "members": [member.to_payload() for member in Membership.of_workspace(workspace_id)],
        "themes": [theme.to_payload()] if theme else [],
        "styles": [style.to_payload() for style in Style.of_workspace(workspace_id)],
        "messages": [message.to_payload() for message in messages],
        "generations": [generation.to_payload() for generation in generations_of(images)],
        "images": [image.to_payload() for image in images],
        "images_total": db.session.scalar(kept),
        "draft": Draft.of(workspace_id, user_id),
    }


def generations_of(images: list[Image]) -> list[Generation]:
    """The generations that some images belong to, oldest first."""
    ids = {image.generation_id for image in images}
    return list(db.session.scalars(select(Generation).where(Generation.id.in_(ids)).order_by(Generation.created_at)))


def latest_images(
    workspace_id: str, limit: int, before: tuple | None = None, where=(), trash: bool = False
) -> list[Image]:
    """Images newest first; `before` is the (created_at, id) of a cursor, `where` further conditions."""
    deleted = Image.deleted_at.is_not(None) if trash else Image.deleted_at.is_(None)
    query = select(Image).where(Image.workspace_id == workspace_id, deleted, *where)
    if before:
        query = query.where(tuple_(Image.created_at, Image.id) < tuple_(*before))
    return list(db.session.scalars(query.order_by(Image.created_at.desc(), Image.id.desc()).limit(limit)))
