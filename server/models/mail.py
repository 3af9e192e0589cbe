"""Mail: a letter on its way out; the worker writes and sends it. It is waiting -> sent | failed | kept."""

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import db, now
from server.models.columns import Id, Json, UtcDateTime, iso, new_id


class Mail(db.Model):
    """`facts` fill the letter of its `kind`; the words are empty until it is written, and again once a secret is sent.
    `kept` is what could not be sent for want of a mail server: whoever runs the installation reads it."""

    __tablename__ = "mails"
    __table_args__ = (Index("ix_mails_waiting", "status", "created_at"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    to: Mapped[str] = mapped_column(String(254))
    kind: Mapped[str] = mapped_column(String(40))
    facts: Mapped[dict] = mapped_column(Json, default=dict)
    subject: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    html: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[str] = mapped_column(String(10), default="waiting")
    tries: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    run_after: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str | None] = mapped_column(String(300))

    def to_payload(self) -> dict:
        return {
            "id": self.id,
            "to": self.to,
            "kind": self.kind,
            "subject": self.subject,
            "text": self.text,
            "status": self.status,
            "tries": self.tries,
            "error": self.error,
            "created_at": iso(self.created_at),
            "sent_at": iso(self.sent_at),
        }

    @property
    def place(self) -> tuple[datetime, str]:
        return self.created_at, self.id

    def wait(self, until: datetime | None = None, error: str | None = None) -> None:
        """Go out later, or again."""
        self.status, self.run_after, self.lease_until, self.error = "waiting", until, None, error

    def finish(self, status: str, error: str | None = None) -> None:
        self.status, self.error, self.lease_until = status, error, None
        self.sent_at = now() if status == "sent" else None

    def forget_words(self) -> None:
        self.text, self.html = "", ""
