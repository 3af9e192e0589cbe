"""Passwords: hashing, checking, changing, and choosing a new one by mail."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from server.actions import audit, mails, signins
from server.actions.brakes import CURRENT, RESET_ACCOUNT, RESET_ADDRESS
from server.actions.transaction import Transaction, transaction
from server.errors import Gone, Invalid
from server.extensions import db, network, now, offload
from server.models import MailLink, Session, User
from server.protocol.requests import AskReset, ChangePassword, ConfirmReset

hasher = PasswordHasher()
NOBODY = hasher.hash("the password of nobody")
USED_UP = "This link was used, or is older than half an hour. Ask for a new one."


def hashed(password: str) -> str:
    """Argon2id; it takes its time beside the event loop."""
    return offload.run(hasher.hash, password)


def is_right(user: User | None, password: str) -> bool:
    """Whether it is the user's; for nobody it takes as long and is wrong."""
    right = offload.run(_verify, user.password_hash if user else NOBODY, password)
    return right and user is not None


def check_current(user: User, password: str, field: str = "current") -> None:
    """Invalid unless a signed-in person knows their password; guessing is slowed down."""
    CURRENT.take(user.id)
    if not is_right(user, password):
        raise Invalid("The current password is not right.", field=field)
    CURRENT.release(user.id)


def change(user: User, session: Session, request: ChangePassword) -> None:
    """Change it and end every other sign-in."""
    check_current(user, request.current)
    password_hash = hashed(request.password)
    with transaction() as tx:
        _set(tx, user, password_hash, keep=session.id)


def ask_reset(request: AskReset, address: str) -> None:
    """Post a link to choose a new password; the worker finds out whether anybody has that address."""
    email = request.email.lower()
    RESET_ADDRESS.take(network(address))
    RESET_ACCOUNT.take(email)
    with transaction() as tx:
        mails.post(tx, "reset", email)


def reset(request: ConfirmReset) -> None:
    """Choose a new password by a link that works once; it ends every sign-in and key, whoever made them."""
    user_id = _use_up(request.token)
    password_hash = hashed(request.password)
    with transaction() as tx:
        user = User.locked(user_id)
        user.confirmed_at = user.confirmed_at or now()
        signins.end_keys(user)
        _set(tx, user, password_hash)


def _use_up(token: str) -> str:
    """Whose link it was. It is used before the slow hashing begins, so that many tries at once cost one."""
    with transaction():
        link = MailLink.find("reset", token)
        if link is None or not MailLink.use("reset", token):
            raise Gone(USED_UP)
        user = db.session.get(User, link.user_id)
        if user.disabled_at or user.email != link.email:
            raise Gone(USED_UP)
    return user.id


def _set(tx: Transaction, user: User, password_hash: str, keep: str | None = None) -> None:
    user.password_hash = password_hash
    MailLink.void("reset", user.id)
    MailLink.void_moves(user.id, user.email)
    signins.end_all(tx, user, keep)
    mails.post(tx, "password_changed", user.email)
    audit.note(tx, "password_changed", user.id)


def _verify(password_hash: str, password: str) -> bool:
    try:
        return hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
