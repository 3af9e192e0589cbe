"""Draft: the prompt a person is writing in a workspace, private to them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import db, now
from server.models.columns import Json, UtcDateTime

EMPTY = {"text": "", "negative": "", "settings": {}}


class Draft(db.Model):
    __tablename__ = "drafts"

    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text, default="")
    negative: Mapped[str] = mapped_column(Text, default="")
    settings: Mapped[dict] = mapped_column(Json, default=dict)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    def to_payload(self) -> dict:
        return {"text": self.text, "negative": self.negative, "settings": self.settings}

    @staticmethod
    def of(workspace_id: str, user_id: str) -> dict:
        draft = db.session.get(Draft, (workspace_id, user_id))
        return draft.to_payload() if draft else dict(EMPTY)

    @staticmethod
    def is_newer(workspace_id: str, user_id: str, moment: datetime | None) -> bool:
        """Whether the person wrote on it after that moment."""
        draft = db.session.get(Draft, (workspace_id, user_id))
        return bool(draft and moment and draft.updated_at > moment)
