"""AuditEntry: who did what to whom, and when. The database refuses to change or delete a row."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import db, now
from server.models.columns import Id, Json, UtcDateTime, iso, new_id


class AuditEntry(db.Model):
    """`actor_id` is empty for what Stripe says and the command line does; `target_id` names to whom or what.
    It holds ids and no names: nothing of a person is left here once their account is purged."""

    __tablename__ = "audit"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    act: Mapped[str] = mapped_column(String(40), index=True)
    actor_id: Mapped[str | None] = mapped_column(Id)
    target_id: Mapped[str | None] = mapped_column(Id)
    facts: Mapped[dict] = mapped_column(Json, default=dict)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)

    def to_payload(self) -> dict:
        return {
            "id": self.id,
            "act": self.act,
            "actor_id": self.actor_id,
            "target_id": self.target_id,
            "facts": self.facts,
            "created_at": iso(self.created_at),
        }
