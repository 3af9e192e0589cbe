"""MailLink: the secret of a link that was mailed; only its hash is kept."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import db, now
from server.models.columns import Id, UtcDateTime, new_id

VALID = {"reset": timedelta(minutes=30), "confirm": timedelta(days=3)}


def digest(secret: str) -> str:
    """SHA-256 in hex: enough for secrets of 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


class MailLink(db.Model):
    """`kind` is what it opens: `reset` a new password, `confirm` the address `email`."""

    __tablename__ = "mail_links"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(254))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @staticmethod
    def issue(kind: str, user_id: str, email: str) -> str:
        """A new token; it makes the earlier ones of its kind worthless."""
        MailLink.void(kind, user_id)
        token = secrets.token_urlsafe(32)
        made = MailLink(kind=kind, user_id=user_id, email=email, hash=digest(token), expires_at=now() + VALID[kind])
        db.session.add(made)
        return token

    @staticmethod
    def void(kind: str, user_id: str) -> None:
        links = update(MailLink).where(MailLink.user_id == user_id, MailLink.kind == kind, MailLink.used_at.is_(None))
        db.session.execute(links.values(used_at=now()))

    @staticmethod
    def void_moves(user_id: str, email: str) -> None:
        """Make every link worthless that would give the account another address than this one."""
        moves = update(MailLink).where(MailLink.user_id == user_id, MailLink.kind == "confirm", MailLink.email != email)
        db.session.execute(moves.where(MailLink.used_at.is_(None)).values(used_at=now()))

    @staticmethod
    def find(kind: str, token: str) -> "MailLink | None":
        """The link of a token that can still be used."""
        return db.session.scalar(select(MailLink).where(*MailLink._usable(kind, token)))

    @staticmethod
    def use(kind: str, token: str) -> bool:
        """Use it up; of any number of tries at once one succeeds."""
        query = update(MailLink).where(*MailLink._usable(kind, token)).values(used_at=now())
        return db.session.execute(query.execution_options(synchronize_session=False)).rowcount == 1

    @staticmethod
    def _usable(kind: str, token: str) -> tuple:
        return (
            MailLink.hash == digest(token),
            MailLink.kind == kind,
            MailLink.used_at.is_(None),
            MailLink.expires_at > now(),
        )
