"""Message: one chat turn; Proposal: a prompt that an assistant's message offers."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.errors import Conflict
from server.extensions import db, now
from server.models.columns import Id, Json, UtcDateTime, iso, new_id


class Message(db.Model):
    """Its text so far is elsewhere while it is `streaming`; `tries` counts attempts since a person asked."""

    __tablename__ = "messages"
    __table_args__ = (
        Index("ix_messages_place", "workspace_id", "created_at", "id"),
        Index("ix_messages_waiting", "status", "lease_until"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    author_id: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    role: Mapped[str] = mapped_column(String(10))
    status: Mapped[str] = mapped_column(String(10), default="complete")
    attempt: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    content: Mapped[str] = mapped_column(Text, default="")
    model: Mapped[str | None] = mapped_column(String(200))
    connection: Mapped[str | None] = mapped_column(String(40))
    reply_to: Mapped[str | None] = mapped_column(ForeignKey("messages.id"))
    image_ids: Mapped[list] = mapped_column(Json, default=list)
    error: Mapped[dict | None] = mapped_column(Json)
    worker: Mapped[str | None] = mapped_column(String(80))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    run_after: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    proposals: Mapped[list["Proposal"]] = relationship(lazy="selectin", order_by="Proposal.position")

    def to_payload(self) -> dict:
        streaming = self.status == "streaming"
        return {
            "id": self.id,
            "workspace_id": self.workspace_id,
            "author_id": self.author_id,
            "role": self.role,
            "status": self.status,
            "attempt": self.attempt,
            "content": "" if streaming else self.content,
            "model": self.model,
            "reply_to": self.reply_to,
            "image_ids": self.image_ids,
            "proposals": [proposal.to_payload() for proposal in self.proposals],
            "error": self.error,
            "created_at": iso(self.created_at),
            "finished_at": iso(self.finished_at),
        }

    @property
    def place(self) -> tuple[datetime, str]:
        return self.created_at, self.id

    def wait(self) -> None:
        """Ask for an answer, or for another one: the next worker that is free starts it anew."""
        if self.role != "assistant":
            raise Conflict("Only a reply can be tried again.")
        self.status, self.tries, self.content, self.error = "streaming", 0, "", None
        self.worker, self.lease_until, self.run_after, self.finished_at = None, None, None, None
        self.attempt += 1

    def finish(self, status: str, content: str, error: dict | None = None) -> None:
        self.status, self.content, self.error = status, content, error
        self.worker, self.lease_until, self.finished_at = None, None, now()

    @staticmethod
    def being_written(workspace_id: str) -> list[tuple[str, int]]:
        """(id, attempt) of the replies that are not finished."""
        query = select(Message.id, Message.attempt).where(
            Message.workspace_id == workspace_id, Message.status == "streaming", Message.deleted_at.is_(None)
        )
        return [tuple(row) for row in db.session.execute(query)]

    @staticmethod
    def recent(workspace_id: str, limit: int, before: tuple | None = None) -> list["Message"]:
        """The newest turns, newest first; `before` is the (created_at, id) of a cursor."""
        query = select(Message).where(Message.workspace_id == workspace_id, Message.deleted_at.is_(None))
        if before:
            moment, id = before
            query = query.where((Message.created_at < moment) | ((Message.created_at == moment) & (Message.id < id)))
        return list(db.session.scalars(query.order_by(Message.created_at.desc(), Message.id.desc()).limit(limit)))


class Proposal(db.Model):
    __tablename__ = "proposals"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    message_id: Mapped[str] = mapped_column(ForeignKey("messages.id"), index=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    position: Mapped[int] = mapped_column(default=0)
    prompt: Mapped[str] = mapped_column(Text)
    negative: Mapped[str] = mapped_column(Text, default="")
    settings: Mapped[dict] = mapped_column(Json, default=dict)
    reason: Mapped[str] = mapped_column(Text, default="")
    count: Mapped[int] = mapped_column(default=1)
    status: Mapped[str] = mapped_column(String(10), default="open")
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("users.id"))

    def to_payload(self) -> dict:
        return {
            "id": self.id,
            "message_id": self.message_id,
            "prompt": self.prompt,
            "negative": self.negative,
            "settings": self.settings,
            "reason": self.reason,
            "count": self.count,
            "status": self.status,
            "decided_by": self.decided_by,
        }

    def decide(self, status: str, user_id: str) -> None:
        self.status = status
        self.decided_by = None if status == "open" else user_id
