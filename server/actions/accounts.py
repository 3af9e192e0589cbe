"""Accounts: registering, signing in, changing name and address."""

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from server.actions import audit, leaving, mails, passwords, sample, signins
from server.actions.brakes import LOGIN_ACCOUNT, LOGIN_ADDRESS, RESET_ACCOUNT
from server.actions.transaction import Transaction, transaction
from server.billing import quota
from server.errors import AppError, Conflict, Forbidden, Gone, Invalid
from server.extensions import config, db, network, now
from server.models import MailLink, Membership, Session, User, color_of
from server.models.columns import new_id
from server.protocol.requests import ChangeAccount, ConfirmAddress, Login, Register

WRONG = "That email and password do not match."
UNCONFIRMED = "Your address is not confirmed yet. We have sent you the link once more: look into your mail."
USED_UP = "This link was used, or is older than three days. Log in to get a new one."


class WrongPassword(AppError):
    code, status = "signed_out", 401


def register(request: Register, user_agent: str, address: str) -> tuple[User, Session] | None:
    """Make an account and sign it in. The first one of an installation is its superuser.

    None where addresses are confirmed by mail: then it makes no difference whether the address is taken.
    """
    confirms = config().confirms_mail
    email = request.email.lower()
    if confirms:
        RESET_ACCOUNT.take(email)
    elif User.by_email(email):
        raise _taken()
    password_hash = passwords.hashed(request.password)
    try:
        with transaction() as tx:
            if confirms and User.by_email(email):
                mails.post(tx, "already", email)
                return None
            user = _make(tx, email, request.name, password_hash)
            audit.note(tx, "registered", user.id)
            if confirms:
                mails.post(tx, "confirm", email, user_id=user.id)
                return None
            session = signins.open_one(tx, user, user_agent, address)
    except IntegrityError:
        if confirms:
            return None
        raise _taken() from None
    return user, session


def log_in(request: Login, user_agent: str, address: str) -> tuple[User, Session]:
    """Same words and same work for a wrong password and an unknown email.

    Where an account was signed in to before it has tries of its own: strangers who guess cannot keep its owner out.
    """
    email, place = request.email.lower(), network(address)
    account = f"{email} {place}" if Session.came_from(email, address) else email
    LOGIN_ADDRESS.take(place)
    LOGIN_ACCOUNT.take(account)
    user = User.by_email(email)
    if not passwords.is_right(user, request.password) or user.disabled_at:
        _note_refusal(user)
        raise WrongPassword(WRONG)
    LOGIN_ACCOUNT.release(account)
    LOGIN_ADDRESS.give_back(place)
    if config().confirms_mail and user.confirmed_at is None:
        _send_confirmation(user)
        raise Forbidden(UNCONFIRMED)
    with transaction() as tx:
        user = User.locked(user.id)
        if user.deleted_at:
            leaving.come_back(tx, user, request.restore)
        session = signins.open_one(tx, user, user_agent, address)
    return user, session


def standing(user: User | None) -> dict:
    """{plan, quota} of a user; both empty for a stranger."""
    if user is None:
        return {"plan": None, "quota": None}
    return {"plan": quota.plan_of(user), "quota": quota.quota_of(user)}


def change(user: User, request: ChangeAccount) -> User:
    """A new name shows in every room of that person; a new address takes the password."""
    email = request.email.lower() if request.email else user.email
    if email != user.email:
        _check_new_address(user, email, request.current)
    try:
        with transaction() as tx:
            if request.name is not None:
                _rename(tx, user, request.name)
            if email != user.email:
                _readdress(tx, user, email)
    except IntegrityError:
        raise _taken() from None
    return user


def confirm(request: ConfirmAddress) -> None:
    """Follow the link in a letter: the address is somebody's own, and the account's from now on."""
    try:
        with transaction() as tx:
            link = MailLink.find("confirm", request.token)
            if link is None or not MailLink.use("confirm", request.token):
                raise Gone(USED_UP)
            user = User.locked(link.user_id)
            user.confirmed_at = now()
            if link.email != user.email:
                _move(tx, user, link.email)
    except IntegrityError:
        raise Gone("Another account has this address by now.") from None


def _make(tx: Transaction, email: str, name: str, password_hash: str) -> User:
    is_first = db.session.scalar(select(func.count()).select_from(User)) == 0
    id = new_id()
    user = User(
        id=id, email=email, name=name, color=color_of(id), password_hash=password_hash, is_superuser=is_first
    )
    db.session.add(user)
    db.session.flush()
    if is_first:
        sample.create(tx, user)
    return user


def _note_refusal(user: User | None) -> None:
    """The same work whether the address is somebody's or nobody's."""
    with transaction() as tx:
        audit.note(tx, "sign_in.refused" if user else "sign_in.unknown", None, user.id if user else None)


def _send_confirmation(user: User) -> None:
    RESET_ACCOUNT.take(user.email)
    with transaction() as tx:
        mails.post(tx, "confirm", user.email, user_id=user.id)


def _check_new_address(user: User, email: str, current: str | None) -> None:
    if current is None:
        raise Invalid("Give your current password to change the address.", field="current")
    passwords.check_current(user, current)
    if config().confirms_mail:
        RESET_ACCOUNT.take(email)
    elif User.by_email(email):
        raise _taken()


def _rename(tx: Transaction, user: User, name: str) -> None:
    user.name = name
    for membership in db.session.scalars(Membership.of_user(user.id)):
        tx.publish(membership.workspace_id, "member.updated", user.id, member=membership)


def _readdress(tx: Transaction, user: User, email: str) -> None:
    """At once, or where addresses are confirmed when the link in the letter is followed."""
    if config().confirms_mail:
        kind = "already" if User.by_email(email) else "confirm"
        mails.post(tx, kind, email, user_id=user.id, known=user.password_mark)
        mails.post(tx, "address_asked", user.email, new=email)
    else:
        _move(tx, user, email)


def _move(tx: Transaction, user: User, email: str) -> None:
    mails.post(tx, "address_changed", user.email, new=email)
    user.email = email
    MailLink.void("reset", user.id)
    db.session.flush()


def _taken() -> Conflict:
    return Conflict("There is already an account with this email. Sign in instead.", code="email_taken", field="email")
