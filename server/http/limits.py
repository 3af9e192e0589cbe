"""Whom a rate limit counts: the person where one is signed in, else the address."""

from flask import request
from flask_login import current_user


def person() -> str:
    return current_user.user_id if current_user.is_authenticated else request.remote_addr or "unknown"
