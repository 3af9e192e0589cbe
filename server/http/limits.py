"""Whom a rate limit counts: the person where one is signed in, else the address; and how much is usual."""

from flask import request
from flask_login import current_user

from server.extensions import network


def person() -> str:
    return current_user.user_id if current_user.is_authenticated else network(request.remote_addr or "")


def usual() -> str:
    """What a door without a limit of its own allows, to each person."""
    if request.blueprint == "media":
        return "6000/minute"
    return "3000/minute" if request.method in ("GET", "HEAD") else "600/minute"
