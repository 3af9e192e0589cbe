"""Door 2: pages and the API, one blueprint a noun."""

from importlib import import_module

from flask import Flask

NOUNS = (
    "account",
    "admin",
    "auth",
    "billing",
    "generate",
    "health",
    "images",
    "keys",
    "media",
    "members",
    "messages",
    "models",
    "pages",
    "static",
    "styles",
    "themes",
    "tickets",
    "transfers",
    "webhooks",
    "workspaces",
)
UNLIMITED = {"health", "static", "webhooks"}


def register(app: Flask) -> None:
    """Bind every blueprint and what is common to all answers."""
    from server.extensions import limiter
    from server.http import errors, security
    from server.http.limits import person, usual

    app.before_request(security.name_request)
    for noun in NOUNS:
        door = import_module(f"server.http.{noun}").door
        app.register_blueprint(door)
        if noun not in UNLIMITED:
            limiter.limit(usual, key_func=person)(door)
    errors.register(app)
    security.register(app)
