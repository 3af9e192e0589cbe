"""Who is asking, from where, and the headers that every answer carries."""

import structlog
from flask import Flask, Response, g, request
from flask_login import UserMixin, current_user
from flask_wtf.csrf import validate_csrf
from sqlalchemy.exc import OperationalError
from wtforms import ValidationError

from server.actions import signins
from server.errors import AppError, NotFound, SignedOut
from server.extensions import config, csrf, db, login_manager
from server.http import scopes
from server.models import ApiKey, Session, User
from server.models.columns import new_id

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
WRITES = {"POST", "PUT", "PATCH", "DELETE"}
UNWATCHED = ("health", "static")
log = structlog.get_logger()


class CsrfFailed(AppError):
    code, status = "csrf_failed", 400


class SignedIn(UserMixin):
    """The identity behind a cookie: one living session and its user."""

    def __init__(self, session: Session):
        self.session = session
        self.id = session.id
        self.user_id = session.user_id

    @property
    def user(self) -> User:
        return self.session.user

    def note(self) -> None:
        if self.session.is_unseen:
            signins.seen(self.session)


class KeyHolder(UserMixin):
    """The identity behind an API key. It has no session, and no door that needs one opens for it."""

    session = None

    def __init__(self, key: ApiKey):
        self.key = key
        self.id = key.id
        self.user_id = key.user_id

    @property
    def user(self) -> User:
        return self.key.user

    def note(self) -> None:
        if self.key.is_unseen:
            signins.used(self.key)


def register(app: Flask) -> None:
    login_manager.user_loader(load)
    login_manager.request_loader(load_key)
    login_manager.unauthorized_handler(lambda: ("", 401))
    app.before_request(check_address)
    app.before_request(check_origin)
    app.before_request(check_key)
    app.before_request(note_use)
    app.after_request(add_headers)


def name_request() -> None:
    """Give the request an id, by which its answer, the lines of the log and those of the audit are found."""
    g.request_id = new_id()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=g.request_id)


def by_key() -> bool:
    """Whether the request comes with an API key; then no cookie counts, and no other site can have sent it."""
    given = request.authorization
    return bool(given and given.type == "bearer" and request.path.startswith(("/api/", "/media/")))


def load(session_id: str) -> SignedIn | None:
    if by_key():
        return None
    session = db.session.get(Session, session_id)
    return SignedIn(session) if session and session.is_alive else None


def load_key(asked) -> KeyHolder | None:
    key = ApiKey.by_secret(request.authorization.token or "") if by_key() else None
    return KeyHolder(key) if key else None


def check_key() -> None:
    """What a key does not open stays shut, whatever its owner may do."""
    if not by_key():
        return
    if not current_user.is_authenticated:
        raise SignedOut("There is no such API key.")
    scopes.check(current_user.key.scopes)


def note_use() -> None:
    """Say in the list of sign-ins and keys that this one is in use; a database that is busy is not waited for twice."""
    if not request.path.startswith("/api/") or request.blueprint in UNWATCHED or not current_user.is_authenticated:
        return
    try:
        current_user.note()
    except OperationalError as error:
        log.warning("last use was not noted", error=str(error.orig)[:80])


def check_address() -> None:
    """Nothing that can be stored has a NUL in its name, and PostgreSQL will not even look for it."""
    if "\x00" in request.path:
        raise NotFound("There is nothing at this address.")


def check_origin() -> None:
    """A write that a browser sends for another site is refused, whatever token it carries."""
    if by_key():
        return
    csrf.protect(apply_exemptions=True)
    origin = request.headers.get("Origin")
    if request.method in WRITES and origin and not config().admits(origin, request.host_url):
        raise csrf_failed()


def check_token() -> None:
    """The CSRF token of a write whose body must not be read before; it comes in the header then."""
    if by_key():
        return
    try:
        validate_csrf(request.headers.get("X-CSRFToken"))
    except ValidationError:
        raise csrf_failed() from None


def add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers["X-Request-Id"] = g.request_id
    if request.path.startswith("/api/"):
        response.headers["Cache-Control"] = "no-store"
    if config().public_url.startswith("https:"):
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response


def csrf_failed() -> CsrfFailed:
    """The token or the origin is wrong; clients fetch a new token once."""
    return CsrfFailed("This page is out of date. Reload it and try again.")
