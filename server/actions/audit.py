"""Writing down who did what: in the transaction that does it, so that nothing is done without its line."""

from server.actions.transaction import Transaction
from server.extensions import db, now
from server.models import AuditEntry, User
from server.models.columns import iso, new_id
from server.realtime import publisher


def note(tx: Transaction, act: str, actor_id: str | None, target_id: str | None = None, **facts) -> None:
    """One line of the log; whoever watches the desk sees it after the commit."""
    entry = AuditEntry(id=new_id(), act=act, actor_id=actor_id, target_id=target_id, facts=facts, created_at=now())
    db.session.add(entry)
    named = {"actor": _name(actor_id), "target": _name(target_id)}
    shown = {"type": act, "at": iso(entry.created_at), "data": {**entry.to_payload(), **named}}
    tx.after(lambda: publisher.show_watchers("admin.event", **shown))


def _name(id: str | None) -> str | None:
    """Of a person; what else has an id has no name."""
    user = db.session.get(User, id) if id else None
    return user.name if user else None
