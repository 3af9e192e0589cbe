"""Sign-ins: opening one, seeing them, ending them on every door."""

from sqlalchemy import delete, update

from server.actions import audit
from server.actions.transaction import Transaction, transaction
from server.errors import NotFound
from server.extensions import db, now
from server.models import ApiKey, Session, User
from server.protocol.requests import LogOutEverywhere
from server.realtime import publisher


def open_one(tx: Transaction, user: User, user_agent: str, address: str) -> Session:
    """A new sign-in, in the transaction of the caller."""
    session = Session(user=user, user_id=user.id, user_agent=user_agent[:200], address=address[:64])
    db.session.add(session)
    db.session.flush()
    audit.note(tx, "signed_in", user.id)
    return session


def log_out(session: Session) -> None:
    with transaction() as tx:
        end(tx, session)
        audit.note(tx, "signed_out", session.user_id)


def end_one(user: User, session_id: str) -> None:
    """One of one's own."""
    with transaction() as tx:
        session = db.session.get(Session, session_id)
        if session is None or session.user_id != user.id or session.revoked_at:
            raise NotFound("There is no such sign-in among yours.")
        end(tx, session)
        audit.note(tx, "device_signed_out", user.id)


def end_everywhere(user: User, request: LogOutEverywhere) -> None:
    """End every sign-in of a person, and with `keys` every API key."""
    with transaction() as tx:
        end_all(tx, user)
        if request.keys:
            end_keys(user)
        audit.note(tx, "signed_out_everywhere", user.id, keys=request.keys)


def end_keys(user: User) -> None:
    """Delete every API key of a person."""
    db.session.execute(delete(ApiKey).where(ApiKey.user_id == user.id))


def end_all(tx: Transaction, user: User, keep: str | None = None) -> None:
    """End every sign-in of a person but the session `keep`; their sockets are cut after the commit."""
    for session in Session.of_user(user.id):
        if session.id != keep:
            end(tx, session)


def end(tx: Transaction, session: Session) -> None:
    session.revoked_at = now()
    tx.after(lambda: publisher.tell_session(session.id, "signed_out", reason="signed_out"))
    tx.after(lambda: publisher.cut(publisher.room_of_session(session.id)))


def seen(session: Session) -> None:
    """Note that somebody uses it, every few minutes at most."""
    _stamp(Session, session.id, last_seen_at=now())


def used(key: ApiKey) -> None:
    _stamp(ApiKey, key.id, last_used_at=now())


def _stamp(table, id: str, **values) -> None:
    with transaction():
        db.session.execute(update(table).where(table.id == id).values(**values))
