"""ApiKey: what a program signs in with instead of a cookie; only its hash is kept."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.extensions import db, now
from server.models.columns import Id, Json, UtcDateTime, iso, new_id
from server.models.mail_link import digest
from server.models.user import User

PREFIX = "em_"


class ApiKey(db.Model):
    """`scopes` are among read, generate and admin; none of them includes another."""

    __tablename__ = "api_keys"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    scopes: Mapped[list] = mapped_column(Json)
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    last4: Mapped[str] = mapped_column(String(4))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    user: Mapped[User] = relationship(lazy="joined")

    def to_payload(self) -> dict:
        return {
            "id": self.id,
            "name": self.name,
            "scopes": self.scopes,
            "last4": self.last4,
            "created_at": iso(self.created_at),
            "last_used_at": iso(self.last_used_at),
        }

    @property
    def place(self) -> tuple[datetime, str]:
        return self.created_at, self.id

    @property
    def is_unseen(self) -> bool:
        """Whether it is time to note again that somebody uses it."""
        return self.last_used_at is None or now() - self.last_used_at > timedelta(minutes=1)

    @staticmethod
    def new_secret() -> str:
        """256 random bits; the prefix tells scanners of public code what it is."""
        return PREFIX + secrets.token_urlsafe(32)

    @staticmethod
    def by_secret(secret: str) -> "ApiKey | None":
        """The key of a secret, if its owner may still use the product."""
        key = db.session.scalar(select(ApiKey).where(ApiKey.hash == digest(secret)))
        return key if key and key.user.is_open else None

    @staticmethod
    def of_user(user_id: str) -> list["ApiKey"]:
        return list(db.session.scalars(select(ApiKey).where(ApiKey.user_id == user_id)))
