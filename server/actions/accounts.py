"""Registering, signing in and out."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from server.actions import sample
from server.actions.transaction import transaction
from server.billing import quota
from server.errors import AppError, Conflict, Invalid
from server.extensions import db, now, offload
from server.models import Membership, Session, User, color_of
from server.models.columns import new_id
from server.protocol.requests import ChangeAccount, ChangePassword, Login, Register
from server.realtime import publisher

hasher = PasswordHasher()
NOBODY = hasher.hash("the password of nobody")
WRONG = "That email and password do not match."


class WrongPassword(AppError):
    code, status = "signed_out", 401


def register(request: Register, user_agent: str, address: str) -> tuple[User, Session]:
    """Make an account and sign it in. The first one of an installation is its superuser."""
    email = request.email.lower()
    if User.by_email(email):
        raise _taken()
    password_hash = offload.run(hasher.hash, request.password)
    user_id = new_id()
    try:
        with transaction() as tx:
            is_first = db.session.scalar(select(func.count()).select_from(User)) == 0
            user = User(
                id=user_id,
                email=email,
                name=request.name,
                color=color_of(user_id),
                password_hash=password_hash,
                is_superuser=is_first,
            )
            db.session.add(user)
            db.session.flush()
            session = _open_session(user, user_agent, address)
            if is_first:
                sample.create(tx, user)
    except IntegrityError:
        raise _taken() from None
    return user, session


def log_in(request: Login, user_agent: str, address: str) -> tuple[User, Session]:
    """Same words and same work for a wrong password and an unknown email."""
    user = User.by_email(request.email)
    right = offload.run(_verify, user.password_hash if user else NOBODY, request.password)
    if user is None or not right or user.disabled_at:
        raise WrongPassword(WRONG)
    with transaction():
        session = _open_session(user, user_agent, address)
    return user, session


def standing(user: User | None) -> dict:
    """{plan, quota} of a user; both empty for a stranger."""
    if user is None:
        return {"plan": None, "quota": None}
    return {"plan": quota.plan_of(user), "quota": quota.quota_of(user)}


def log_out(session: Session) -> None:
    """End one sign-in on every door."""
    with transaction() as tx:
        session.revoked_at = now()
        _cut(tx, session)


def log_out_everywhere(user: User) -> None:
    with transaction() as tx:
        _revoke_others(tx, user, keep=None)


def change_password(user: User, session: Session, request: ChangePassword) -> None:
    """Change it and end every other sign-in."""
    if not offload.run(_verify, user.password_hash, request.current):
        raise Invalid("The current password is not right.", field="current")
    password_hash = offload.run(hasher.hash, request.password)
    with transaction() as tx:
        user.password_hash = password_hash
        _revoke_others(tx, user, keep=session.id)


def change_account(user: User, request: ChangeAccount) -> User:
    """A new name shows in every room of that person."""
    with transaction() as tx:
        if request.name is not None:
            user.name = request.name
        for membership in db.session.scalars(Membership.of_user(user.id)):
            tx.publish(membership.workspace_id, "member.updated", user.id, member=membership)
    return user


def _open_session(user: User, user_agent: str, address: str) -> Session:
    session = Session(user=user, user_id=user.id, user_agent=user_agent[:200], address=address[:64])
    db.session.add(session)
    db.session.flush()
    return session


def _revoke_others(tx, user: User, keep: str | None) -> None:
    query = select(Session).where(Session.user_id == user.id, Session.revoked_at.is_(None))
    for session in db.session.scalars(query):
        if session.id != keep:
            session.revoked_at = now()
            _cut(tx, session)


def _cut(tx, session: Session) -> None:
    tx.after(lambda: publisher.tell_session(session.id, "signed_out", reason="signed_out"))
    tx.after(lambda: publisher.cut(publisher.room_of_session(session.id)))


def _verify(password_hash: str, password: str) -> bool:
    try:
        return hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def _taken() -> Conflict:
    return Conflict("There is already an account with this email. Sign in instead.", code="email_taken", field="email")
