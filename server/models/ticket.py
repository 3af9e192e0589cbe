"""Ticket: a request to the helpdesk with its replies; CannedReply: words that the helpdesk often needs."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.extensions import db, now
from server.models.columns import Id, Json, UtcDateTime, iso, new_id
from server.models.user import User


class TicketReply(db.Model):
    """The first one is what the ticket was opened with; an `internal` one is a note of the helpdesk to itself.
    `picture_key` is where a picture that was pasted into it is stored."""

    __tablename__ = "ticket_replies"
    __table_args__ = (Index("ix_ticket_replies_place", "ticket_id", "created_at", "id"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    ticket_id: Mapped[str] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"))
    author_id: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    body: Mapped[str] = mapped_column(Text)
    internal: Mapped[bool] = mapped_column(default=False)
    picture_key: Mapped[str | None] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    author: Mapped[User | None] = relationship(lazy="joined")

    def to_payload(self) -> dict:
        return {
            "id": self.id,
            "ticket_id": self.ticket_id,
            "author_id": self.author_id,
            "author": _briefly(self.author),
            "body": self.body,
            "internal": self.internal,
            "picture_url": f"/api/tickets/{self.ticket_id}/pictures/{self.id}" if self.picture_key else None,
            "created_at": iso(self.created_at),
        }

    @staticmethod
    def newest(ticket_ids: list[str], *, internal: bool) -> dict[str, "TicketReply"]:
        """The last words of each ticket; with `internal`, notes count as well."""
        turn = func.row_number().over(
            partition_by=TicketReply.ticket_id, order_by=(TicketReply.created_at.desc(), TicketReply.id.desc())
        )
        ranked = select(TicketReply.id, turn.label("turn")).where(TicketReply.ticket_id.in_(ticket_ids))
        ranked = (ranked if internal else ranked.where(TicketReply.internal.is_(False))).subquery()
        query = select(TicketReply).join(ranked, ranked.c.id == TicketReply.id).where(ranked.c.turn == 1)
        return {reply.ticket_id: reply for reply in db.session.scalars(query)}


class Ticket(db.Model):
    """`open` waits for the helpdesk, `waiting` for the person. A visitor's has no author but an `email`.
    `trace` is how its image had been made when it was opened; the image itself may go. `assignee` has taken it."""

    __tablename__ = "tickets"
    __table_args__ = (
        Index("ix_tickets_place", "updated_at", "id"),
        Index("ix_tickets_of_author", "author_id", "updated_at"),
        Index("ix_tickets_of_status", "status", "updated_at"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    subject: Mapped[str] = mapped_column(String(160))
    status: Mapped[str] = mapped_column(String(10), default="open")
    author_id: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    email: Mapped[str] = mapped_column(String(254))
    assignee_id: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    image_id: Mapped[str | None] = mapped_column(Id)
    trace: Mapped[dict | None] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    author: Mapped[User | None] = relationship(lazy="joined", foreign_keys=author_id)
    assignee: Mapped[User | None] = relationship(lazy="joined", foreign_keys=assignee_id)
    replies: Mapped[list[TicketReply]] = relationship(
        order_by=(TicketReply.created_at, TicketReply.id), passive_deletes=True
    )

    def to_payload(self, *, internal: bool = False, replies: list[TicketReply] | None = None) -> dict:
        """Notes and who has taken it travel only with `internal`; `replies` are shown instead of all."""
        shown = self.replies if replies is None else replies
        return {
            "id": self.id,
            "subject": self.subject,
            "status": self.status,
            "author_id": self.author_id,
            "author": _briefly(self.author),
            **({"assignee": _briefly(self.assignee)} if internal else {}),
            "email": self.address,
            "image_id": self.image_id,
            "trace": self.trace,
            "created_at": iso(self.created_at),
            "updated_at": iso(self.updated_at),
            "replies": [reply.to_payload() for reply in shown if internal or not reply.internal],
        }

    @property
    def place(self) -> tuple[datetime, str]:
        return self.updated_at, self.id

    @property
    def address(self) -> str:
        """Where answers go: an account's present address, else the one that was given."""
        return self.author.email if self.author else self.email

    @property
    def number(self) -> str:
        """What people call it by."""
        return self.id[-6:].upper()

    def move(self, status: str) -> None:
        self.status, self.updated_at = status, now()

    @staticmethod
    def unsolved(author_id: str) -> int:
        """How many tickets of a person are not solved."""
        query = select(func.count()).select_from(Ticket)
        return db.session.scalar(query.where(Ticket.author_id == author_id, Ticket.status != "solved"))


def _briefly(user: User | None) -> dict | None:
    return user and {"id": user.id, "name": user.name, "color": user.color}


class CannedReply(db.Model):
    __tablename__ = "canned_replies"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    title: Mapped[str] = mapped_column(String(80))
    body: Mapped[str] = mapped_column(Text)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    def to_payload(self) -> dict:
        return {"id": self.id, "title": self.title, "body": self.body, "updated_at": iso(self.updated_at)}

    @property
    def place(self) -> tuple[datetime, str]:
        return self.updated_at, self.id

    @staticmethod
    def all() -> list["CannedReply"]:
        return list(db.session.scalars(select(CannedReply)))
