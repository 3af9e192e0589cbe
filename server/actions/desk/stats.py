"""The numbers of this moment, for the tiles and charts of the desk. Every query is bounded by an index or a window."""

from datetime import UTC, datetime, time
from time import monotonic
from typing import ClassVar

from sqlalchemy import func, select

from server.actions.desk import works
from server.actions.desk.lately import lately
from server.actions.desk.steps import spread
from server.extensions import config, db, now
from server.models import Image, Invoice, Message, Subscription, UsageDay, User
from server.realtime import first_words, headcount

SLOW = 4.0


class _Kept:
    """What changes slowly is counted every four seconds."""

    at = -SLOW
    numbers: ClassVar[dict] = {}


def read() -> dict:
    """The event `stats` as it travels."""
    lately.look()
    return {
        **headcount.read(),
        "queues": {"images": _images(), "chat": _chat()},
        "workers": works.crew(),
        "images_per_min": lately.last_minute(),
        "failures": lately.failures(),
        "finished": len(lately.images),
        "connections": works.conditions(),
        "first_token": spread(first_words.read()),
        "image_latency": lately.latency(),
        "wait": lately.wait(),
        "minute": lately.minutes(1)[0],
        **_slow(),
    }


def _images() -> dict:
    query = select(Image.status, func.count(), func.min(Image.created_at))
    query = query.where(Image.status.in_(("queued", "running"))).group_by(Image.status)
    return _queue({status: (count, oldest) for status, count, oldest in db.session.execute(query)})


def _chat() -> dict:
    under_way = Message.worker.is_not(None)
    query = select(under_way, func.count(), func.min(Message.created_at)).where(Message.status == "streaming")
    rows = db.session.execute(query.group_by(under_way))
    return _queue({"running" if at_work else "queued": (count, oldest) for at_work, count, oldest in rows})


def _queue(found: dict) -> dict:
    queued, oldest = found.get("queued", (0, None))
    oldest = max(0.0, round((now() - oldest).total_seconds(), 1)) if oldest else None
    return {"queued": queued, "running": found.get("running", (0, None))[0], "oldest_s": oldest}


def _slow() -> dict:
    if monotonic() - _Kept.at > SLOW:
        _Kept.numbers, _Kept.at = _of_the_books(), monotonic()
    return _Kept.numbers


def _of_the_books() -> dict:
    return {"today": _today(), "revenue": _revenue(), "paying": Subscription.count_payers(config().stripe.is_live)}


def _today() -> dict:
    day = now().date()
    begin = datetime.combine(day, time.min, UTC)
    images = select(func.coalesce(func.sum(UsageDay.used), 0)).where(UsageDay.day == day)
    messages = select(func.count()).where(Message.created_at >= begin, Message.role == "user")
    users = select(func.count()).where(User.created_at >= begin)
    return {
        "images": db.session.scalar(images),
        "messages": db.session.scalar(messages),
        "users": db.session.scalar(users),
    }


def _revenue() -> dict[str, int]:
    """What came and stayed of the invoices since the first of the month, in the smallest unit of each currency."""
    begin = now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return Invoice.revenue(begin, config().stripe.is_live)
