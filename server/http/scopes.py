"""What an API key opens: for each blueprint the scope that its reads and its writes take; None is closed to keys.

What is `ABSENT` answers a key as an address does at which there is nothing.
"""

from flask import request

from server.errors import Forbidden, NotFound

ABSENT = "absent"
SCOPES: dict[str, tuple[str | None, str | None]] = {
    "auth": ("read", None),
    "billing": (None, None),
    "account": (None, None),
    "admin": (ABSENT, ABSENT),
    "keys": (None, None),
    "pages": (None, None),
    "static": (None, None),
    "health": ("read", None),
    "models": ("read", "read"),
    "generate": ("read", "generate"),
    "images": ("read", "generate"),
    "media": ("read", None),
    "messages": ("read", "generate"),
    "styles": ("read", "generate"),
    "themes": ("read", "generate"),
    "tickets": (None, None),
    "members": ("read", "admin"),
    "transfers": ("read", "admin"),
    "webhooks": (None, None),
    "workspaces": ("read", "admin"),
}
READS = ("GET", "HEAD")


def check(held: list[str]) -> None:
    """Forbidden unless a key with these scopes opens the door that is asked for."""
    reads, writes = SCOPES.get(request.blueprint, (ABSENT, ABSENT))
    needed = reads if request.method in READS else writes
    if needed == ABSENT:
        raise NotFound("There is nothing here.")
    if needed is None:
        raise Forbidden("API keys do not open this. Sign in instead.")
    if needed not in held:
        raise Forbidden(f"This key has no scope {needed}. Make one that has it.")
