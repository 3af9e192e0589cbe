"""Writing down who did what: in the transaction that does it, so that nothing is done without its line."""

from sqlalchemy import update

from server.actions.transaction import Transaction, transaction
from server.extensions import asked_from, db, now
from server.models import AuditEntry, User
from server.models.audit import ADDRESS_KEPT
from server.models.columns import iso, new_id
from server.realtime import publisher


def note(tx: Transaction, act: str, actor_id: str | None, target_id: str | None = None, **facts) -> None:
    """One line of the log; whoever watches the desk sees it after the commit."""
    named = {"act": act, "actor_id": actor_id, "target_id": target_id, "facts": facts}
    entry = AuditEntry(id=new_id(), created_at=now(), **named, **asked_from())
    db.session.add(entry)
    names = {"actor": _name(actor_id), "target": _name(target_id)}
    shown = {"type": act, "at": iso(entry.created_at), "data": {**entry.to_payload(), **names}}
    tx.after(lambda: publisher.show_watchers("admin.event", **shown))


def tidy() -> None:
    """Forget from where old things were done; it is all that the database lets go of."""
    is_old = AuditEntry.address.is_not(None), AuditEntry.created_at < now() - ADDRESS_KEPT
    with transaction():
        db.session.execute(update(AuditEntry).where(*is_old).values(address=None))


def _name(id: str | None) -> str | None:
    """Of a person; what else has an id has no name."""
    user = db.session.get(User, id) if id else None
    return user.name if user else None
