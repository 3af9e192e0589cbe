"""Taking work: the fairest waiting row goes to the worker that asks, under a lease that it renews.

Among people the one with the fewest running images is served first, then the one served least recently; of the
replies that wait, the oldest one of whoever has the fewest under way. A row that somebody holds, to cancel it perhaps,
is passed over: what it will be is not known yet.
"""

from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import func, or_, select, text, update
from sqlalchemy.orm import aliased

from server.actions import catalogue
from server.actions.transaction import transaction
from server.extensions import config, db, now
from server.models import Image, Message, User

AT_ONCE = 8
MOST_PLACES = 1000
CLAIM_LOCK = 7_113_042


class Waiting(NamedTuple):
    """An image in the queue, by its fields."""

    id: str
    author_id: str
    workspace_id: str
    model: str
    width: int
    height: int
    connection: str


def next_image(worker: str) -> Image | None:
    """The claimed image, `running` in its next attempt, or None when nothing can start now."""
    with transaction() as tx:
        one_claim_at_a_time()
        image = db.session.scalar(_fairest())
        if image is None:
            return None
        image.status, image.worker, image.error = "running", worker, None
        image.attempt += 1
        image.tries += 1
        image.started_at, image.lease_until = now(), lease_end()
        db.session.get(User, image.author_id).served_at = image.started_at
        tx.publish(image.workspace_id, "image.updated", None, image=image)
    return _as_claimed(image)


def next_reply(worker: str) -> Message | None:
    """The oldest reply that nobody writes yet, among those whose askers have the fewest under way."""
    with transaction():
        one_claim_at_a_time()
        message = db.session.scalar(_next_asked())
        if message is None:
            return None
        message.worker, message.lease_until = worker, lease_end()
        message.tries += 1
    return _as_claimed(message)


def _next_asked():
    question, answered = aliased(Message), aliased(Message)
    writing = (
        select(answered.author_id, func.count().label("replies"))
        .join(Message, Message.reply_to == answered.id)
        .where(Message.status == "streaming", Message.worker.is_not(None), Message.deleted_at.is_(None))
        .group_by(answered.author_id)
        .subquery()
    )
    return (
        select(Message)
        .outerjoin(question, question.id == Message.reply_to)
        .outerjoin(writing, writing.c.author_id == question.author_id)
        .where(
            Message.status == "streaming",
            Message.worker.is_(None),
            Message.deleted_at.is_(None),
            or_(Message.run_after.is_(None), Message.run_after <= now()),
        )
        .order_by(func.coalesce(writing.c.replies, 0), Message.created_at, Message.id)
        .limit(1)
        .with_for_update(of=Message, skip_locked=True)
    )


def _as_claimed(row):
    """The row as it was claimed, whatever becomes of it later: its attempt is what fences late results."""
    db.session.expunge(row)
    return row


def still_mine(row: Image | Message, worker: str) -> bool:
    """Whether the attempt is still this worker's; asked often while it works."""
    table = type(row)
    query = select(table.attempt, table.worker).where(table.id == row.id)
    mine = db.session.execute(query).one_or_none() == (row.attempt, worker)
    db.session.rollback()
    return mine


def renew(row: Image | Message, worker: str) -> None:
    """Hold the lease for another period, if it is still this worker's."""
    with transaction():
        held = locked(row, worker)
        if held:
            held.lease_until = lease_end()


def let_go(process: str) -> None:
    """A process that ends gives back what its slots could not finish: their leases end now."""
    for table in (Image, Message):
        with transaction():
            theirs = table.worker.startswith(f"{process}:", autoescape=True)
            db.session.execute(update(table).where(theirs).values(lease_until=now()))


def locked(row, worker: str):
    """The row as it is now, held until the transaction ends, or None when the attempt is not ours any more."""
    table = type(row)
    query = select(table).where(table.id == row.id, table.attempt == row.attempt, table.worker == worker)
    return db.session.scalar(query.with_for_update(of=table).execution_options(populate_existing=True))


def lease_end():
    return now() + timedelta(seconds=config().lease)


def one_claim_at_a_time() -> None:
    """Claims decide by counting, so on PostgreSQL they queue up; SQLite has one writer anyway."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CLAIM_LOCK})


def order_of_service() -> list[Waiting]:
    """The waiting images: everyone gets one before anyone gets two."""
    turn = func.row_number().over(partition_by=Image.author_id, order_by=(Image.created_at, Image.index, Image.id))
    waiting = (
        select(*(getattr(Image, name) for name in Waiting._fields), turn.label("turn"), User.served_at)
        .join(User, User.id == Image.author_id)
        .where(Image.status == "queued", Image.deleted_at.is_(None))
        .subquery()
    )
    query = select(*(waiting.c[name] for name in Waiting._fields)).order_by(
        waiting.c.turn, waiting.c.served_at.is_not(None), waiting.c.served_at, waiting.c.id
    )
    return [Waiting(*row) for row in db.session.execute(query.limit(MOST_PLACES))]


def _fairest():
    running = (
        select(Image.author_id, func.count().label("images"))
        .where(Image.status == "running")
        .group_by(Image.author_id)
        .subquery()
    )
    at_work = func.coalesce(running.c.images, 0)
    return (
        select(Image)
        .join(User, User.id == Image.author_id)
        .outerjoin(running, running.c.author_id == Image.author_id)
        .where(
            Image.status == "queued",
            Image.deleted_at.is_(None),
            at_work < AT_ONCE,
            or_(Image.run_after.is_(None), Image.run_after <= now()),
            Image.connection.not_in(_occupied()),
        )
        .order_by(at_work, User.served_at.is_not(None), User.served_at, Image.created_at, Image.index, Image.id)
        .limit(1)
        .with_for_update(of=Image, skip_locked=True)
        .execution_options(populate_existing=True)
    )


def _occupied() -> list[str]:
    """The connections that make as many pictures at once as they can."""
    bounds = catalogue.bounds()
    if not bounds:
        return []
    running = select(Image.connection, func.count()).where(Image.status == "running", Image.connection.in_(bounds))
    return [id for id, count in db.session.execute(running.group_by(Image.connection)) if count >= bounds[id]]
