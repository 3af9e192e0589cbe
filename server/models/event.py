"""WorkspaceEvent: the news. One row for each durable change, numbered in each workspace without holes."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import db, now
from server.models.columns import Json, UtcDateTime, iso

MOST_REPLAYED = 500


class WorkspaceEvent(db.Model):
    __tablename__ = "workspace_events"

    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    type: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict] = mapped_column(Json)
    actor_id: Mapped[str | None] = mapped_column(String(36))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)
    trimmed: Mapped[bool] = mapped_column(default=False)

    def to_envelope(self) -> dict:
        return {
            "workspace_id": self.workspace_id,
            "seq": self.seq,
            "type": self.type,
            "at": iso(self.created_at),
            "actor_id": self.actor_id,
            "data": self.payload,
        }

    def trim(self) -> None:
        """Keep only the type and the ids."""
        self.payload = {
            name: value.get("id") if isinstance(value, dict) else value
            for name, value in self.payload.items()
            if not isinstance(value, list)
        }
        self.trimmed = True

    @staticmethod
    def after(workspace_id: str, seq: int, limit: int) -> list["WorkspaceEvent"]:
        """The events that follow `seq`, oldest first."""
        query = select(WorkspaceEvent).where(WorkspaceEvent.workspace_id == workspace_id, WorkspaceEvent.seq > seq)
        return list(db.session.scalars(query.order_by(WorkspaceEvent.seq).limit(limit)))

    @staticmethod
    def replay(workspace_id: str, since: int, head: int) -> list[dict] | None:
        """The envelopes after `since` up to `head`; None when they are too many or no longer kept."""
        if not 0 <= head - since <= MOST_REPLAYED:
            return None
        rows = WorkspaceEvent.after(workspace_id, since, MOST_REPLAYED)
        whole = len(rows) >= head - since and not any(row.trimmed for row in rows)
        return [row.to_envelope() for row in rows] if whole else None
