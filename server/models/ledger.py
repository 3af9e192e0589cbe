"""UsageDay: the images a user has spent on a UTC day; Lease: who does a thing that only one may do."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import db, now
from server.models.columns import Json, UtcDateTime

INSERTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class UsageDay(db.Model):
    __tablename__ = "usage_days"

    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True, index=True)
    used: Mapped[int] = mapped_column(default=0)

    @staticmethod
    def spend(user_id: str, day: date, count: int, limit: int | None) -> bool:
        """Add `count` if the day stays within `limit`; the one UPDATE decides, so parallel requests cannot pass."""
        insert = INSERTS[db.engine.dialect.name](UsageDay).values(user_id=user_id, day=day, used=0)
        db.session.execute(insert.on_conflict_do_nothing())
        query = update(UsageDay).where(UsageDay.user_id == user_id, UsageDay.day == day)
        if limit is not None:
            query = query.where(UsageDay.used + count <= limit)
        return db.session.execute(query.values(used=UsageDay.used + count)).rowcount == 1

    @staticmethod
    def give_back(user_id: str, day: date, count: int = 1) -> None:
        query = update(UsageDay).where(UsageDay.user_id == user_id, UsageDay.day == day)
        db.session.execute(query.values(used=UsageDay.used - count))

    @staticmethod
    def used_on(user_id: str, day: date) -> int:
        query = select(UsageDay.used).where(UsageDay.user_id == user_id, UsageDay.day == day)
        return db.session.scalar(query) or 0


class Lease(db.Model):
    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(String(80))
    until: Mapped[datetime] = mapped_column(UtcDateTime)


class ConnectionProbe(db.Model):
    """What a backend last said of itself: its models as they travel, and whether it answers."""

    __tablename__ = "connection_probes"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    healthy: Mapped[bool] = mapped_column(default=True)
    models: Mapped[list] = mapped_column(Json, default=list)
    message: Mapped[str | None] = mapped_column(String(300))
    checked_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
