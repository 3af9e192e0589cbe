"""Registering, signing in and out; the session that a page begins with."""

from flask import Blueprint, request
from flask import session as cookie
from flask_login import current_user, login_user, logout_user
from flask_wtf.csrf import generate_csrf

from server.actions import accounts
from server.extensions import limiter
from server.http.body import answer, empty, me, read
from server.http.security import SignedIn
from server.protocol.requests import ChangeAccount, ChangePassword, Empty, Login, Register

door = Blueprint("auth", __name__, url_prefix="/api")


@door.get("/session")
def session():
    signed_in = current_user.is_authenticated
    user = current_user.user if signed_in else None
    return answer(user=user, csrf_token=generate_csrf(), **accounts.standing(user))


@door.post("/auth/register")
@limiter.limit("30/minute")
def register():
    user, signed_in = accounts.register(read(Register), *caller())
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
        accounts.log_out(current_user.session)
    logout_user()
    cookie.clear()
    return empty()


@door.post("/auth/logout-everywhere")
def logout_everywhere():
    read(Empty)
    accounts.log_out_everywhere(me())
    logout_user()
    cookie.clear()
    return empty()


@door.post("/auth/password")
@limiter.limit("10/minute")
def password():
    accounts.change_password(me(), current_user.session, read(ChangePassword))
    return empty()


@door.get("/account")
def account():
    return answer(user=me())


@door.patch("/account")
def change_account():
    return answer(user=accounts.change_account(me(), read(ChangeAccount)))


def caller() -> tuple[str, str]:
    """The browser and address that a sign-in is listed with."""
    return request.headers.get("User-Agent", ""), request.remote_addr or ""


def remember(signed_in) -> None:
    """A new cookie for a new sign-in: nothing of the old one is kept."""
    cookie.clear()
    cookie.permanent = True
    login_user(SignedIn(signed_in))
