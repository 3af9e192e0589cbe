"""Who is asking, from where, and the headers that every answer carries."""

from flask import Flask, Response, request
from flask_login import UserMixin
from flask_wtf.csrf import validate_csrf
from wtforms import ValidationError

from server.errors import AppError
from server.extensions import config, db, login_manager
from server.models import Session, User

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


def register(app: Flask) -> None:
    login_manager.user_loader(load)
    login_manager.unauthorized_handler(lambda: ("", 401))
    app.before_request(check_origin)
    app.after_request(add_headers)


def load(session_id: str) -> SignedIn | None:
    session = db.session.get(Session, session_id)
    return SignedIn(session) if session and session.is_alive else None


def check_origin() -> None:
    """A write that a browser sends for another site is refused, whatever token it carries."""
    origin = request.headers.get("Origin")
    if request.method in WRITES and origin and not config().admits(origin, request.host_url):
        raise csrf_failed()


def check_token() -> None:
    """The CSRF token of a write whose body must not be read before; it comes in the header then."""
    try:
        validate_csrf(request.headers.get("X-CSRFToken"))
    except ValidationError:
        raise csrf_failed() from None


def add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.path.startswith("/api/"):
        response.headers["Cache-Control"] = "no-store"
    if config().public_url.startswith("https:"):
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response


def csrf_failed() -> CsrfFailed:
    """The token or the origin is wrong; clients fetch a new token once."""
    return CsrfFailed("This page is out of date. Reload it and try again.")
