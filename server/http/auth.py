"""Registering, signing in and out, passwords; the session that a page begins with."""

from flask import Blueprint, request
from flask import session as cookie
from flask_login import current_user, login_user, logout_user
from flask_wtf.csrf import generate_csrf

from server.actions import accounts, passwords, signins
from server.extensions import limiter
from server.http.body import answer, empty, me, read
from server.http.security import SignedIn
from server.protocol.requests import (
    AskReset,
    ChangePassword,
    ConfirmAddress,
    ConfirmReset,
    Empty,
    Login,
    LogOutEverywhere,
    Register,
)

door = Blueprint("auth", __name__, url_prefix="/api")


@door.get("/session")
def session():
    signed_in = current_user.is_authenticated
    user = current_user.user if signed_in else None
    return answer(user=user, csrf_token=generate_csrf(), **accounts.standing(user))


@door.post("/auth/register")
@limiter.limit("30/minute")
def register():
    made = accounts.register(read(Register), *caller())
    if made is None:
        return answer(202)
    user, signed_in = made
    remember(signed_in)
    return answer(201, user=user)


@door.post("/auth/login")
@limiter.limit("30/minute")
def login():
    user, signed_in = accounts.log_in(read(Login), *caller())
    remember(signed_in)
    return answer(user=user)


@door.post("/auth/logout")
def logout():
    read(Empty)
    if current_user.is_authenticated:
        signins.log_out(current_user.session)
    forget()
    return empty()


@door.post("/auth/logout-everywhere")
def logout_everywhere():
    signins.end_everywhere(me(), read(LogOutEverywhere))
    forget()
    return empty()


@door.post("/auth/password")
@limiter.limit("10/minute")
def password():
    passwords.change(me(), current_user.session, read(ChangePassword))
    return empty()


@door.post("/auth/password-reset")
@limiter.limit("30/minute")
def ask_reset():
    passwords.ask_reset(read(AskReset), request.remote_addr or "")
    return answer(202)


@door.post("/auth/password-reset/confirm")
@limiter.limit("30/minute")
def reset():
    passwords.reset(read(ConfirmReset))
    return empty()


@door.post("/auth/confirm")
@limiter.limit("30/minute")
def confirm():
    accounts.confirm(read(ConfirmAddress))
    return empty()


def caller() -> tuple[str, str]:
    """The browser and address that a sign-in is listed with."""
    return request.headers.get("User-Agent", ""), request.remote_addr or ""


def remember(signed_in) -> None:
    """A new cookie for a new sign-in: nothing of the old one is kept."""
    cookie.clear()
    cookie.permanent = True
    login_user(SignedIn(signed_in))


def forget() -> None:
    logout_user()
    cookie.clear()
