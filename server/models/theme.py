"""Theme: the subject world of a workspace; Style: how a picture is made."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import db, now
from server.models.columns import Id, UtcDateTime, iso, new_id


class Theme(db.Model):
    __tablename__ = "themes"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    owner_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    base_prompt: Mapped[str] = mapped_column(Text, default="")
    description: Mapped[str] = mapped_column(Text, default="")
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def to_payload(self) -> dict:
        return {
            "id": self.id,
            "owner_id": self.owner_id,
            "name": self.name,
            "base_prompt": self.base_prompt,
            "description": self.description,
            "updated_at": iso(self.updated_at),
        }

    @property
    def place(self) -> tuple[datetime, str]:
        return self.updated_at, self.id


class Style(db.Model):
    __tablename__ = "styles"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), index=True)
    author_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str] = mapped_column(String(80))
    positive: Mapped[str] = mapped_column(Text, default="")
    negative: Mapped[str] = mapped_column(Text, default="")
    cfg_scale: Mapped[float | None]
    steps: Mapped[int | None]
    seed: Mapped[int | None] = mapped_column(BigInteger)
    width: Mapped[int | None]
    height: Mapped[int | None]
    sampler: Mapped[str | None] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def to_payload(self) -> dict:
        return {
            "id": self.id,
            "workspace_id": self.workspace_id,
            "name": self.name,
            "positive": self.positive,
            "negative": self.negative,
            "cfg_scale": self.cfg_scale,
            "steps": self.steps,
            "seed": self.seed,
            "width": self.width,
            "height": self.height,
            "sampler": self.sampler,
            "updated_at": iso(self.updated_at),
        }

    @property
    def place(self) -> tuple[datetime, str]:
        return self.created_at, self.id

    @staticmethod
    def of_workspace(workspace_id: str) -> list["Style"]:
        query = select(Style).where(Style.workspace_id == workspace_id, Style.deleted_at.is_(None))
        return list(db.session.scalars(query.order_by(Style.created_at, Style.id)))
