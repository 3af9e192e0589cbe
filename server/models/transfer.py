"""Transfer: a workspace on its way out or in.

An export goes queued -> running -> ready | failed. An import goes queued -> running -> inspected, waits there until
its owner confirms it, and goes queued -> running -> ready | failed. The workspace an import makes carries its id.
"""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from server.errors import Conflict
from server.extensions import db, now
from server.models.columns import Id, Json, UtcDateTime, new_id


class Transfer(db.Model):
    """`user_id` alone sees it; `bytes` is the size of the archive; `tries` counts the workers that took it up."""

    __tablename__ = "transfers"
    __table_args__ = (Index("ix_transfers_waiting", "status", "created_at"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    workspace_id: Mapped[str | None] = mapped_column(ForeignKey("workspaces.id"))
    status: Mapped[str] = mapped_column(String(10), default="queued")
    fraction: Mapped[float] = mapped_column(default=0.0)
    bytes: Mapped[int | None] = mapped_column(BigInteger)
    name: Mapped[str | None] = mapped_column(String(80))
    summary: Mapped[dict | None] = mapped_column(Json)
    error: Mapped[dict | None] = mapped_column(Json)
    tries: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str | None] = mapped_column(String(80))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def to_payload(self) -> dict:
        has_file = self.kind == "export" and self.status == "ready"
        return {
            "id": self.id,
            "kind": self.kind,
            "workspace_id": self.workspace_id,
            "status": self.status,
            "fraction": self.fraction,
            "bytes": self.bytes,
            "name": self.name,
            "summary": self.summary,
            "file_url": f"/api/transfers/{self.id}/file" if has_file else None,
            "error": self.error,
        }

    def claim(self, worker: str, until: datetime) -> None:
        self.status, self.worker, self.lease_until = "running", worker, until
        self.tries += 1

    def wait(self) -> None:
        """Let another worker begin it anew."""
        self.status, self.fraction, self.worker, self.lease_until = "queued", 0.0, None, None

    def confirm(self, name: str) -> None:
        if self.kind != "import" or self.status != "inspected":
            raise Conflict("Only an import that was looked through, and not confirmed yet, can be confirmed.")
        self.wait()
        self.name, self.tries, self.confirmed_at = name, 0, now()

    def finish(self, status: str, error: dict | None = None) -> None:
        self.status, self.error, self.finished_at = status, error, now()
        self.worker, self.lease_until = None, None
        self.fraction = self.fraction if error else 1.0
