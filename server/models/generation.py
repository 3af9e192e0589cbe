"""Generation: one request for one or more images."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import db, now
from server.models.columns import Id, Json, UtcDateTime, iso, new_id


class Generation(db.Model):
    __tablename__ = "generations"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), index=True)
    author_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    template: Mapped[str] = mapped_column(Text)
    negative: Mapped[str] = mapped_column(Text, default="")
    model: Mapped[str] = mapped_column(String(200))
    styles: Mapped[list] = mapped_column(Json, default=list)
    settings: Mapped[dict] = mapped_column(Json, default=dict)
    axes: Mapped[list] = mapped_column(Json, default=list)
    count: Mapped[int]
    proposal_id: Mapped[str | None] = mapped_column(ForeignKey("proposals.id"))
    parent_id: Mapped[str | None] = mapped_column(Id)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)

    def to_payload(self) -> dict:
        return {
            "id": self.id,
            "workspace_id": self.workspace_id,
            "author_id": self.author_id,
            "template": self.template,
            "negative": self.negative,
            "model": self.model,
            "styles": self.styles,
            "settings": self.settings,
            "axes": self.axes,
            "count": self.count,
            "proposal_id": self.proposal_id,
            "parent_id": self.parent_id,
            "created_at": iso(self.created_at),
        }
