"""Whether the product is well."""

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from server import queue
from server.config import VERSION
from server.extensions import db, redis_client
from server.models import Image


def report() -> dict:
    """The body of /api/health."""
    database, queued = _ask_database()
    redis = bool(redis_client.attempt(lambda client: client.ping()))
    workers = queue.attendance()
    well = database and redis and all(workers.values())
    return {
        "status": "ok" if well else "degraded",
        "version": VERSION,
        "database": database,
        "redis": redis,
        "workers": workers,
        "queued": queued,
    }


def _ask_database() -> tuple[bool, int]:
    try:
        return True, db.session.scalar(select(func.count()).where(Image.status == "queued"))
    except SQLAlchemyError:
        db.session.rollback()
        return False, 0
