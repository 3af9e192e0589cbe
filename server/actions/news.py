"""What one person's tabs are told besides the room's events: their quota and the queue."""

import threading
from time import monotonic

from flask import Flask, current_app
from sqlalchemy import func, select

from server.actions import claims, estimates
from server.billing import quota
from server.extensions import db
from server.models import Image, Membership, User
from server.models.image import UNFINISHED
from server.realtime import publisher

EVERY = 1.0
_told: dict[str, float] = {}
_due: set[str] = set()


def spent(tx, user: User) -> None:
    """Their plan, quota and place in the queue, after the commit."""
    tx.after(lambda: quota.note(user))
    tx.after(lambda: publisher.tell(user.id, "account", plan=quota.plan_of(user), quota=quota.quota_of(user)))
    tx.after(lambda: queue(user.id))


def settled(tx, image: Image) -> None:
    """An image is over without a picture: its author waits for less, whoever paid has a unit back."""
    for user_id in {image.author_id, image.charged_to or image.author_id}:
        spent(tx, db.session.get(User, user_id))


def queue(user_id: str) -> None:
    """{mine, all} unfinished images, at most once a second a person; the last change is always told."""
    pause = _told.get(user_id, -EVERY) + EVERY - monotonic()
    if pause <= 0:
        _tell_queue(user_id)
    elif user_id not in _due:
        _due.add(user_id)
        later = threading.Timer(pause, _tell_later, (current_app._get_current_object(), user_id))
        later.daemon = True
        later.start()


def _tell_later(app: Flask, user_id: str) -> None:
    with app.app_context():
        _tell_queue(user_id)


def _tell_queue(user_id: str) -> None:
    _due.discard(user_id)
    _told[user_id] = monotonic()
    publisher.tell(user_id, "queue", **waiting(user_id))


def waiting(user_id: str) -> dict:
    """How many images are unfinished: {mine, all}."""
    query = select(Image.author_id, func.count()).where(Image.status.in_(UNFINISHED), Image.deleted_at.is_(None))
    counts = dict(db.session.execute(query.group_by(Image.author_id)).all())
    return {"mine": counts.get(user_id, 0), "all": sum(counts.values())}


def places(user: User, workspace_id: str | None = None) -> dict:
    """{items: [{image_id, position, eta_s}], next: {user_id, name} | None} in serving order.

    The items are the person's own, or everyone's in one workspace; only people one works with are named.
    """
    rows = claims.order_of_service()
    etas = estimates.etas(rows)
    items = [
        {"image_id": row.id, "position": place, "eta_s": eta}
        for place, (row, eta) in enumerate(zip(rows, etas, strict=True), 1)
        if (row.workspace_id == workspace_id if workspace_id else row.author_id == user.id)
    ]
    first = rows[0].author_id if rows else None
    following = db.session.get(User, first) if first and Membership.share(user.id, first) else None
    return {"items": items, "next": {"user_id": following.id, "name": following.name} if following else None}
