"""User: an account with a plan; Session: one sign-in of it."""

import hashlib
from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.extensions import db, now
from server.models.columns import Id, UtcDateTime, new_id

COLORS = ("#7cc4ff", "#ff9db5", "#8be0a4", "#c9a7ff", "#ffd27a", "#6fe0d8", "#ff9f7a", "#b8c3d9")


def color_of(user_id: str) -> str:
    """One of the eight presence colours, the same for a person everywhere."""
    return COLORS[hashlib.sha256(user_id.encode()).digest()[0] % len(COLORS)]


class User(db.Model):
    __tablename__ = "users"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    color: Mapped[str] = mapped_column(String(7))
    password_hash: Mapped[str] = mapped_column(String(200))
    is_superuser: Mapped[bool] = mapped_column(default=False)
    plan: Mapped[str] = mapped_column(String(20), default="free")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    served_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def to_payload(self) -> dict:
        return {
            "id": self.id,
            "name": self.name,
            "email": self.email,
            "color": self.color,
            "is_superuser": self.is_superuser,
        }

    @staticmethod
    def by_email(email: str) -> "User | None":
        return db.session.scalar(select(User).where(User.email == email.lower()))


class Session(db.Model):
    """The row behind a cookie: revoked, it ends that sign-in on every door."""

    __tablename__ = "sessions"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    user_agent: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(64), default="")
    user: Mapped[User] = relationship(lazy="joined")

    @property
    def is_alive(self) -> bool:
        return self.revoked_at is None and self.user.disabled_at is None
