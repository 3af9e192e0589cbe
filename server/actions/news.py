"""What one person's tabs are told besides the room's events: their quota and the queue."""

from time import monotonic

from sqlalchemy import func, select

from server.actions import claims
from server.billing import quota
from server.extensions import db
from server.models import Image, User
from server.models.image import UNFINISHED
from server.realtime import publisher

EVERY = 1.0
_told: dict[str, float] = {}


def spent(tx, user: User) -> None:
    """Their plan, quota and place in the queue, after the commit."""
    tx.after(lambda: publisher.tell(user.id, "account", plan=quota.plan_of(user), quota=quota.quota_of(user)))
    tx.after(lambda: queue(user.id))


def settled(tx, image: Image) -> None:
    """An image is over without a picture: its author waits for less, whoever paid has a unit back."""
    for user_id in {image.author_id, image.charged_to or image.author_id}:
        spent(tx, db.session.get(User, user_id))


def queue(user_id: str) -> None:
    """{mine, all} unfinished images, at most once a second a person."""
    if monotonic() - _told.get(user_id, -EVERY) < EVERY:
        return
    _told[user_id] = monotonic()
    publisher.tell(user_id, "queue", **waiting(user_id))


def waiting(user_id: str) -> dict:
    """How many images are unfinished: {mine, all}."""
    query = select(Image.author_id, func.count()).where(Image.status.in_(UNFINISHED), Image.deleted_at.is_(None))
    counts = dict(db.session.execute(query.group_by(Image.author_id)).all())
    return {"mine": counts.get(user_id, 0), "all": sum(counts.values())}


def places(user_id: str) -> dict:
    """{items: [{image_id, position, eta_s}], next: {user_id, name} | None} of the waiting images, in serving order."""
    rows = claims.order_of_service()
    mine = [
        {"image_id": id, "position": place, "eta_s": None}
        for place, (id, author_id) in enumerate(rows, 1)
        if author_id == user_id
    ]
    following = db.session.get(User, rows[0][1]) if rows else None
    return {"items": mine, "next": {"user_id": following.id, "name": following.name} if following else None}
