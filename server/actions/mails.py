"""Posting mail, and what the worker does with it: write it, send it, try again later.

The one who posts waits for nothing, and what depends on whether an account exists is decided by the worker.
"""

import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parseaddr

import structlog
from flask_mail import Message
from sqlalchemy import delete, or_, select

from server.actions import claims
from server.actions.transaction import Transaction, transaction
from server.extensions import carrier, config, db, now
from server.mail import letters
from server.models import Mail, MailLink, User

TRIES = 6
HOLD = timedelta(seconds=90)
REMEMBERED = timedelta(days=30)
log = structlog.get_logger()


def post(tx: Transaction, kind: str, to: str, **facts) -> Mail:
    """Put a letter of `letters.LETTERS` on its way; `facts` fill its texts beside `email` and `at`."""
    mail = Mail(kind=kind, to=to, facts={"email": to, "at": said(now()), **facts})
    db.session.add(mail)
    tx.ring("mail")
    return mail


def send_next(worker: str) -> bool:
    """Send the oldest waiting mail; False when there is none."""
    mail = _take_up()
    if mail is None:
        return False
    if mail.status == "waiting":
        _settle(mail.id, *_try(mail))
    return True


def tidy() -> None:
    """Forget what is a month old, and the links that nobody can use any more."""
    with transaction():
        db.session.execute(delete(Mail).where(Mail.created_at < now() - REMEMBERED))
        db.session.execute(delete(MailLink).where(MailLink.expires_at < now() - REMEMBERED))


def said(moment: datetime) -> str:
    """A moment as a letter says it: 24 November 2026 at 14:06 UTC."""
    return f"{moment.day} {moment:%B %Y at %H:%M} UTC"


def _take_up() -> Mail | None:
    """The next mail, written and held for this worker; one that concerns nobody is dropped."""
    if db.session.scalar(_waiting()) is None:
        db.session.rollback()
        return None
    with transaction():
        claims.one_claim_at_a_time()
        mail = db.session.scalar(_waiting())
        if mail is None:
            return None
        if not mail.text and not _write(mail):
            db.session.delete(mail)
            mail.status = "dropped"
        elif not config().mail_url:
            mail.finish("kept")
        else:
            mail.tries += 1
            mail.lease_until = now() + HOLD
    return mail


def _waiting():
    due = or_(Mail.run_after.is_(None), Mail.run_after <= now())
    free = or_(Mail.lease_until.is_(None), Mail.lease_until <= now())
    query = select(Mail).where(Mail.status == "waiting", due, free).order_by(Mail.created_at, Mail.id).limit(1)
    return query.execution_options(populate_existing=True)


def _write(mail: Mail) -> bool:
    secret = SECRETS.get(mail.kind, lambda mail: {})(mail)
    if secret is None:
        return False
    written = letters.write(mail.kind, {**mail.facts, **secret}, config().home)
    mail.subject, mail.text, mail.html = written.subject, written.text, written.html
    return True


def _reset_link(mail: Mail) -> dict | None:
    user = User.by_email(mail.to)
    return {"token": MailLink.issue("reset", user.id, user.email)} if user and not user.disabled_at else None


def _confirm_link(mail: Mail) -> dict | None:
    """Nothing once the password was changed: whoever asked may have been shut out by that."""
    user = db.session.get(User, mail.facts["user_id"])
    if not user or user.disabled_at or mail.facts.get("known", user.password_mark) != user.password_mark:
        return None
    return {"token": MailLink.issue("confirm", user.id, mail.to)}


SECRETS: dict[str, Callable[[Mail], dict | None]] = {"reset": _reset_link, "confirm": _confirm_link}


def _try(mail: Mail) -> tuple[str, str | None]:
    """What became of it, and why: sent, failed for good, or waiting for another try."""
    message = Message(mail.subject, recipients=[mail.to], body=mail.text, html=mail.html)
    message.msgId = f"<{mail.id}@{parseaddr(message.sender)[1].rpartition('@')[2]}>"
    try:
        carrier.send(message)
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        return _refused(code, words)
    except smtplib.SMTPAuthenticationError:
        return "waiting", "The mail server does not accept our name and password."
    except smtplib.SMTPResponseException as error:
        return _refused(error.smtp_code, error.smtp_error)
    except (smtplib.SMTPException, OSError) as error:
        return "waiting", f"The mail server cannot be reached ({type(error).__name__})."
    return "sent", None


def _refused(code: int, words: bytes | str) -> tuple[str, str]:
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    return "failed" if code >= 500 else "waiting", f"{code} {said}"[:300]


def _settle(mail_id: str, outcome: str, error: str | None) -> None:
    with transaction():
        mail = db.session.get(Mail, mail_id, populate_existing=True)
        if mail is None:
            return
        if outcome == "waiting" and mail.tries < TRIES:
            mail.wait(now() + timedelta(seconds=config().retry_pause * 4 ** (mail.tries - 1)), error)
        else:
            mail.finish("sent" if outcome == "sent" else "failed", error)
            if outcome == "sent" and letters.is_secret(mail.kind):
                mail.forget_words()
    log.info("mail", id=mail_id, kind=mail.kind, status=mail.status, error=error)
