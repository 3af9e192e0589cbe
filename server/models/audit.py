"""AuditEntry: who did what to whom, when and from where. The database refuses to change or delete a row."""

from datetime import datetime, timedelta

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import db, now
from server.models.columns import Id, Json, UtcDateTime, iso, new_id

# Written into the triggers as well: only then may an address be taken out.
ADDRESS_KEPT = timedelta(days=90)


class AuditEntry(db.Model):
    """`actor_id` is empty for what Stripe says, the command line does and strangers try; `target_id` names to whom or
    what. It holds ids and no names, and the address for ninety days: nothing of a person is left here for good."""

    __tablename__ = "audit"
    __table_args__ = (
        Index(
            "ix_audit_addressed",
            "created_at",
            sqlite_where=text("address IS NOT NULL"),
            postgresql_where=text("address IS NOT NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    act: Mapped[str] = mapped_column(String(40), index=True)
    actor_id: Mapped[str | None] = mapped_column(Id)
    target_id: Mapped[str | None] = mapped_column(Id)
    facts: Mapped[dict] = mapped_column(Json, default=dict)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)
    address: Mapped[str | None] = mapped_column(String(64))
    request_id: Mapped[str | None] = mapped_column(Id)

    def to_payload(self) -> dict:
        return {
            "id": self.id,
            "act": self.act,
            "actor_id": self.actor_id,
            "target_id": self.target_id,
            "facts": self.facts,
            "address": self.address,
            "request_id": self.request_id,
            "created_at": iso(self.created_at),
        }
