"""Workspace: a shared room; Membership: a user's role in it; Invite: a link that makes members."""

import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.errors import Gone, NotFound
from server.extensions import config, db, now
from server.models.columns import Id, UtcDateTime, iso, new_id
from server.models.user import User

RANKS = {"viewer": 0, "editor": 1, "owner": 2}


class Workspace(db.Model):
    __tablename__ = "workspaces"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(80))
    owner_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    theme_id: Mapped[str | None] = mapped_column(ForeignKey("themes.id"), index=True)
    is_sample: Mapped[bool] = mapped_column(default=False)
    seq: Mapped[int] = mapped_column(default=0)
    epoch: Mapped[str] = mapped_column(String(32), default=lambda: secrets.token_hex(8))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def to_payload(self) -> dict:
        return {
            "id": self.id,
            "name": self.name,
            "owner_id": self.owner_id,
            "theme_id": self.theme_id,
            "is_sample": self.is_sample,
            "read_only": self.is_read_only,
            "created_at": iso(self.created_at),
            "updated_at": iso(self.updated_at),
        }

    @property
    def is_read_only(self) -> bool:
        """Whether its owner's plan keeps it for reading only: on Free, each workspace but the oldest."""
        if self.is_sample or not config().billing_enabled or db.session.get(User, self.owner_id).plan != "free":
            return False
        return Workspace.kept_by(self.owner_id) != self.id

    @staticmethod
    def kept_by(owner_id: str) -> str | None:
        """The workspace that a Free owner may still change: the oldest that counts."""
        query = Workspace.counting(owner_id).with_only_columns(Workspace.id)
        return db.session.scalar(query.order_by(Workspace.created_at, Workspace.id).limit(1))

    @staticmethod
    def counting(owner_id: str):
        """A query for the workspaces of an owner that count against the plan; the sample never does."""
        return select(Workspace).where(
            Workspace.owner_id == owner_id, Workspace.deleted_at.is_(None), Workspace.is_sample.is_(False)
        )


class Membership(db.Model):
    __tablename__ = "memberships"

    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(String(10))
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    user: Mapped[User] = relationship(lazy="joined")
    workspace: Mapped[Workspace] = relationship(lazy="joined")

    @property
    def place(self) -> tuple[datetime, str]:
        return self.joined_at, self.user_id

    def may(self, role: str) -> bool:
        """Whether this member has at least that role."""
        return RANKS[self.role] >= RANKS[role]

    def to_payload(self) -> dict:
        return {
            "user_id": self.user_id,
            "name": self.user.name,
            "color": self.user.color,
            "role": self.role,
            "joined_at": iso(self.joined_at),
        }

    @staticmethod
    def find(workspace_id: str, user_id: str) -> "Membership | None":
        """The membership in a workspace that is not deleted."""
        query = (
            select(Membership)
            .join(Workspace)
            .where(
                Membership.workspace_id == workspace_id,
                Membership.user_id == user_id,
                Workspace.deleted_at.is_(None),
            )
        )
        return db.session.scalar(query.execution_options(populate_existing=True))

    @staticmethod
    def share(one_id: str, other_id: str) -> bool:
        """Whether two people are in a workspace together, or are the same."""
        theirs = select(Membership.workspace_id).where(Membership.user_id == other_id)
        query = select(Membership.user_id).where(Membership.user_id == one_id, Membership.workspace_id.in_(theirs))
        return one_id == other_id or db.session.scalar(query.limit(1)) is not None

    @staticmethod
    def of_user(user_id: str):
        """A query for the memberships of a person in workspaces that are not deleted."""
        return select(Membership).join(Workspace).where(Membership.user_id == user_id, Workspace.deleted_at.is_(None))

    @staticmethod
    def of_workspace(workspace_id: str) -> list["Membership"]:
        query = select(Membership).where(Membership.workspace_id == workspace_id)
        return list(db.session.scalars(query.order_by(Membership.joined_at, Membership.user_id)))


class Invite(db.Model):
    __tablename__ = "invites"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), index=True)
    author_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    token: Mapped[str] = mapped_column(String(64), unique=True, default=lambda: secrets.token_urlsafe(24))
    role: Mapped[str] = mapped_column(String(10))
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    max_uses: Mapped[int | None]
    uses: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    workspace: Mapped[Workspace] = relationship(lazy="joined")

    def to_payload(self, base_url: str) -> dict:
        return {
            "id": self.id,
            "token": self.token,
            "url": f"{base_url}/invite/{self.token}",
            "role": self.role,
            "expires_at": iso(self.expires_at),
            "max_uses": self.max_uses,
            "uses": self.uses,
        }

    @property
    def place(self) -> tuple[datetime, str]:
        return self.created_at, self.id

    def check_open(self) -> None:
        """Raise Gone when the link is used up, expired or taken back."""
        if self.revoked_at or self.workspace.deleted_at:
            raise Gone("This invitation was taken back. Ask for a new link.")
        if self.expires_at and self.expires_at < now():
            raise Gone("This invitation has expired. Ask for a new link.")
        if self.max_uses is not None and self.uses >= self.max_uses:
            raise Gone("This invitation has been used up. Ask for a new link.")

    @staticmethod
    def by_token(token: str) -> "Invite":
        invite = db.session.scalar(select(Invite).where(Invite.token == token[:64]))
        if invite is None:
            raise NotFound("This invitation does not exist. Check the link.")
        return invite
