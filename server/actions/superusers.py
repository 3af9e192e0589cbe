"""Who is a superuser, and making one from the command line, where nobody is signed in yet."""

from argon2 import PasswordHasher

from server.actions import audit
from server.actions.transaction import transaction
from server.errors import NotFound
from server.extensions import db, now
from server.models import User, color_of
from server.models.columns import new_id
from server.protocol.requests import Register


def check(user: User) -> None:
    """NotFound to everyone else: what is theirs is not there for others."""
    if not user.is_superuser:
        raise NotFound("There is nothing here.")


def create(request: Register) -> User:
    """A new account that may do everything; its address needs no letter."""
    id = new_id()
    password_hash = PasswordHasher().hash(request.password)
    with transaction() as tx:
        user = User(id=id, email=request.email.lower(), name=request.name, color=color_of(id))
        user.password_hash, user.is_superuser, user.confirmed_at = password_hash, True, now()
        db.session.add(user)
        audit.note(tx, "user.raised", None, user.id)
    return user


def raise_up(user: User) -> None:
    with transaction() as tx:
        user.is_superuser = True
        db.session.add(user)
        audit.note(tx, "user.raised", None, user.id)
