"""User: an account with a plan; Session: one sign-in of it."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.extensions import db, now
from server.models.columns import Id, UtcDateTime, iso, new_id
from server.models.mail_link import digest

COLORS = ("#7cc4ff", "#ff9db5", "#8be0a4", "#c9a7ff", "#ffd27a", "#6fe0d8", "#ff9f7a", "#b8c3d9")
SEEN_EVERY = timedelta(minutes=5)


def color_of(user_id: str) -> str:
    """One of the eight presence colours, the same for a person everywhere."""
    return COLORS[hashlib.sha256(user_id.encode()).digest()[0] % len(COLORS)]


class User(db.Model):
    """`daily_images` is what a superuser allows instead of the Free plan's number. `deleted_at` is when its owner asked
    for deletion; `purged_at` when nothing but a nameless row was left."""

    __tablename__ = "users"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    color: Mapped[str] = mapped_column(String(7))
    password_hash: Mapped[str] = mapped_column(String(200))
    is_superuser: Mapped[bool] = mapped_column(default=False)
    plan: Mapped[str] = mapped_column(String(20), default="free")
    daily_images: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)
    served_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    purged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def is_open(self) -> bool:
        """Whether it may be used: nobody closed it, and its owner does not want it gone."""
        return self.disabled_at is None and self.deleted_at is None

    @property
    def password_mark(self) -> str:
        """Another one after each change of the password; tells nothing of it."""
        return digest(self.password_hash)[:16]

    def to_payload(self) -> dict:
        return {
            "id": self.id,
            "name": self.name,
            "email": self.email,
            "color": self.color,
            "is_superuser": self.is_superuser,
        }

    @staticmethod
    def locked(id: str) -> "User":
        """The row as it is now, held until the transaction ends."""
        return db.session.get(User, id, populate_existing=True, with_for_update={"of": User})

    @staticmethod
    def superuser_ids() -> list[str]:
        """Those who run this installation, and staff its helpdesk."""
        query = select(User.id).where(User.is_superuser, User.deleted_at.is_(None), User.disabled_at.is_(None))
        return list(db.session.scalars(query))

    @staticmethod
    def by_email(email: str) -> "User | None":
        return db.session.scalar(select(User).where(User.email == email.lower()))


class Session(db.Model):
    """The row behind a cookie: revoked, it ends that sign-in on every door. Until `sure_until` it may do what takes
    a password that was typed lately."""

    __tablename__ = "sessions"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    user_agent: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(64), default="")
    last_seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sure_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    user: Mapped[User] = relationship(lazy="joined")

    @property
    def is_alive(self) -> bool:
        return self.revoked_at is None and self.user.is_open

    @property
    def place(self) -> tuple[datetime, str]:
        return self.created_at, self.id

    @property
    def seen_at(self) -> datetime:
        return self.last_seen_at or self.created_at

    @property
    def is_unseen(self) -> bool:
        """Whether it is time to note again that somebody uses it."""
        return now() - self.seen_at > SEEN_EVERY

    @property
    def is_sure(self) -> bool:
        return self.sure_until is not None and self.sure_until > now()

    def to_payload(self) -> dict:
        return {
            "id": self.id,
            "user_agent": self.user_agent,
            "address": self.address,
            "created_at": iso(self.created_at),
            "last_seen_at": iso(self.seen_at),
        }

    @staticmethod
    def alive():
        """What a query must ask of sessions joined to their users."""
        return Session.revoked_at.is_(None), User.disabled_at.is_(None), User.deleted_at.is_(None)

    @staticmethod
    def of_user(user_id: str) -> list["Session"]:
        """The sign-ins that are open, the one used last first."""
        query = select(Session).where(Session.user_id == user_id, Session.revoked_at.is_(None))
        return sorted(db.session.scalars(query), key=lambda session: session.seen_at, reverse=True)

    @staticmethod
    def came_from(email: str, address: str) -> bool:
        """Whether this account has been signed in to from this address before."""
        query = select(Session.id).join(User).where(User.email == email.lower(), Session.address == address[:64])
        return db.session.scalar(query.limit(1)) is not None
