"""Image: one tile. Its life: queued -> running -> ready | failed | cancelled, and back to queued by a retry."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.errors import Conflict
from server.extensions import db, now, storage
from server.models.columns import Id, Json, UtcDateTime, iso, new_id

UNFINISHED = ("queued", "running")


class ImageStar(db.Model):
    __tablename__ = "image_stars"

    image_id: Mapped[str] = mapped_column(ForeignKey("images.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True, index=True)


class Image(db.Model):
    """`attempt` only grows and fences late results; `tries` counts attempts since a person asked, and
    `doubts` those of them after which nobody knows whether the vendor took the order; `charged_to` and `charged_on`
    are the user and the day whose quota pays for it, the day empty once given back."""

    __tablename__ = "images"
    __table_args__ = (
        Index("ix_images_place", "workspace_id", "created_at", "id"),
        Index("ix_images_waiting", "status", "run_after"),
        Index("uq_images_place", "generation_id", "index", unique=True),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    generation_id: Mapped[str] = mapped_column(ForeignKey("generations.id"))
    index: Mapped[int]
    author_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    status: Mapped[str] = mapped_column(String(10), default="queued")
    attempt: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    doubts: Mapped[int] = mapped_column(default=0)
    prompt: Mapped[str] = mapped_column(Text)
    negative: Mapped[str] = mapped_column(Text, default="")
    assignment: Mapped[dict] = mapped_column(Json, default=dict)
    model: Mapped[str] = mapped_column(String(200))
    connection: Mapped[str] = mapped_column(String(40))
    seed: Mapped[int] = mapped_column(BigInteger)
    width: Mapped[int]
    height: Mapped[int]
    steps: Mapped[int | None]
    cfg_scale: Mapped[float | None]
    sampler: Mapped[str | None] = mapped_column(String(80))
    strength: Mapped[float | None]
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("images.id"))
    ignored: Mapped[list] = mapped_column(Json, default=list)
    error: Mapped[dict | None] = mapped_column(Json)
    handle: Mapped[str | None] = mapped_column(Text)
    worker: Mapped[str | None] = mapped_column(String(80))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    run_after: Mapped[datetime | None] = mapped_column(UtcDateTime)
    charged_to: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    charged_on: Mapped[date | None]
    file_key: Mapped[str | None] = mapped_column(String(200))
    media_type: Mapped[str | None] = mapped_column(String(20))
    bytes: Mapped[int | None]
    sha256: Mapped[str | None] = mapped_column(String(64))
    thumbhash: Mapped[str | None] = mapped_column(String(64))
    tags: Mapped[list] = mapped_column(Json, default=list)
    cost: Mapped[float | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deleted_by: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    stars: Mapped[list[ImageStar]] = relationship(lazy="selectin", order_by="ImageStar.user_id")

    def to_payload(self) -> dict:
        version = f"?v={self.sha256[:8]}" if self.sha256 else ""
        media = f"/media/{self.id}"
        thumbs = {str(width): f"{media}/thumb{version}&w={width}" for width in storage.THUMB_WIDTHS} if version else {}
        return {
            "id": self.id,
            "workspace_id": self.workspace_id,
            "generation_id": self.generation_id,
            "index": self.index,
            "author_id": self.author_id,
            "status": self.status,
            "attempt": self.attempt,
            "prompt": self.prompt,
            "negative": self.negative,
            "assignment": self.assignment,
            "model": self.model,
            "connection": self.connection,
            "seed": self.seed,
            "width": self.width,
            "height": self.height,
            "steps": self.steps,
            "cfg_scale": self.cfg_scale,
            "parent_id": self.parent_id,
            "ignored": self.ignored,
            "error": self.error,
            "original_url": f"{media}/original{version}" if version else None,
            "thumbs": thumbs,
            "thumbhash": self.thumbhash,
            "bytes": self.bytes,
            "sha256": self.sha256,
            "starred_by": [star.user_id for star in self.stars],
            "tags": self.tags,
            "cost": self.cost,
            "created_at": iso(self.created_at),
            "started_at": iso(self.started_at),
            "finished_at": iso(self.finished_at),
            "deleted_at": iso(self.deleted_at),
            "deleted_by": self.deleted_by,
        }

    @property
    def place(self) -> tuple[datetime, str]:
        return self.created_at, self.id

    @property
    def is_unfinished(self) -> bool:
        return self.status in UNFINISHED

    def charge(self, user_id: str, day: date) -> None:
        self.charged_to, self.charged_on = user_id, day

    def wait(self) -> None:
        """A person asks again for a failed or cancelled image: same row and seed, the next attempt."""
        if self.status not in ("failed", "cancelled"):
            raise Conflict("Only a failed or cancelled image can be tried again.")
        self.status, self.tries, self.doubts, self.error, self.handle = "queued", 0, 0, None, None
        self.started_at, self.finished_at, self.run_after = None, None, None

    def postpone(self, until: datetime | None) -> None:
        """Give the row back to the queue after a failure that may pass."""
        self.status, self.worker, self.lease_until, self.run_after = "queued", None, None, until
        self.started_at = None

    def finish(self, status: str, error: dict | None = None) -> None:
        self.status, self.error, self.finished_at = status, error, now()
        self.worker, self.lease_until, self.run_after = None, None, None
