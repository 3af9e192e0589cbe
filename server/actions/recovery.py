"""What upkeep does: give back the work of workers that died, ask connections how they are, throw old things away."""

import threading
from datetime import timedelta
from time import monotonic

import structlog
from flask import current_app
from sqlalchemy import select, update

from server.actions import (
    attempts,
    audit,
    carriage,
    catalogue,
    claims,
    developing,
    leaving,
    mails,
    moving,
    subscriptions,
)
from server.actions.transaction import transaction
from server.errors import ProviderError
from server.extensions import config, db, now
from server.models import Image, Lease, Message, WorkspaceEvent

TRIES = 3
PAYLOADS_KEPT = timedelta(days=7)
AT_ONCE = 200
LOST = "The worker that made this was lost three times. Nothing was charged."
log = structlog.get_logger()


class _Rhythm:
    """When the slow chores were last done by this process."""

    probed = -1e9
    cleaned = -1e9
    parted = -1e9
    probing: threading.Thread | None = None


def sweep(holder: str) -> None:
    """One round, by whichever upkeep process holds the lease."""
    if not _leads(holder):
        return
    release_images()
    release_replies()
    carriage.release_lost()
    if monotonic() - _Rhythm.parted > 5 * config().upkeep_period:
        _Rhythm.parted = monotonic()
        leaving.purge_due()
    _probe_now_and_then()
    if monotonic() - _Rhythm.cleaned > 3600:
        _Rhythm.cleaned = monotonic()
        trim_events()
        carriage.expire()
        moving.tidy()
        mails.tidy()
        subscriptions.tidy()
        audit.tidy()


def release_images() -> None:
    """Put images whose worker is gone back into the queue; after three attempts they fail."""
    if not _any_expired(Image, Image.status == "running"):
        return
    with transaction() as tx:
        claims.one_claim_at_a_time()
        for image in _expired(Image, Image.status == "running"):
            attempts.discard(tx, image)
            if developing.is_in_doubt(image):
                developing.give_up(tx, image, developing.unknown())
            elif image.tries >= TRIES:
                developing.give_up(tx, image, ProviderError("lost", LOST, permanent=False))
            else:
                image.postpone(None)
                tx.publish(image.workspace_id, "image.updated", None, image=image)
                tx.ring("images")


def release_replies() -> None:
    """Let another worker write, from the beginning, what a lost one had begun."""
    if not _any_expired(Message, Message.status == "streaming"):
        return
    with transaction() as tx:
        claims.one_claim_at_a_time()
        for reply in _expired(Message, Message.status == "streaming"):
            if reply.tries >= TRIES:
                reply.finish("failed", "", {"kind": "lost", "message": LOST})
            else:
                reply.worker, reply.lease_until = None, None
                reply.attempt += 1
                tx.ring("chat")
            tx.publish(reply.workspace_id, "message.updated", None, message=reply)


def trim_events() -> None:
    """Cut the payloads of old events to their ids; tabs from before get a snapshot."""
    is_old = WorkspaceEvent.created_at < now() - PAYLOADS_KEPT
    old = select(WorkspaceEvent).where(is_old, WorkspaceEvent.trimmed.is_(False))
    while True:
        with transaction():
            rows = list(db.session.scalars(old.limit(AT_ONCE)))
            for row in rows:
                row.trim()
        if not rows:
            return


def _any_expired(table, condition) -> bool:
    """A look without a lock keeps the usual round, with nothing to do, cheap."""
    query = select(table.id).where(condition, table.lease_until < now()).limit(1)
    return db.session.scalar(query) is not None


def _expired(table, condition) -> list:
    query = select(table).where(condition, table.lease_until < now()).limit(AT_ONCE)
    return list(db.session.scalars(query.with_for_update(of=table)))


def _leads(holder: str) -> bool:
    """Take or keep the lease of upkeep; True when it is ours."""
    until = now() + timedelta(seconds=max(5.0, 3 * config().upkeep_period))
    with transaction():
        taken = db.session.execute(
            update(Lease)
            .where(Lease.name == "upkeep", (Lease.holder == holder) | (Lease.until < now()))
            .values(holder=holder, until=until)
        )
        if taken.rowcount == 0 and db.session.get(Lease, "upkeep") is None:
            db.session.add(Lease(name="upkeep", holder=holder, until=until))
            return True
    return taken.rowcount == 1


def _probe_now_and_then() -> None:
    """In a thread of its own: a vendor that does not answer must not hold up the rest."""
    busy = _Rhythm.probing is not None and _Rhythm.probing.is_alive()
    if busy or monotonic() - _Rhythm.probed < config().probe_period:
        return
    _Rhythm.probed = monotonic()
    _Rhythm.probing = threading.Thread(target=_probe, args=(current_app._get_current_object(),), daemon=True)
    _Rhythm.probing.start()


def _probe(app) -> None:
    with app.app_context():
        catalogue.probe()
