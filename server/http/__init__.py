"""Door 2: pages and the API, one blueprint a noun."""

from flask import Flask


def register(app: Flask) -> None:
    """Bind every blueprint and what is common to all answers."""
    from server.extensions import limiter
    from server.http import (
        account,
        auth,
        billing,
        errors,
        generate,
        health,
        images,
        keys,
        media,
        members,
        messages,
        models,
        pages,
        security,
        static,
        styles,
        themes,
        transfers,
        webhooks,
        workspaces,
    )
    from server.http.limits import person, usual

    for module in (
        account,
        auth,
        billing,
        generate,
        health,
        images,
        keys,
        media,
        members,
        messages,
        models,
        pages,
        static,
        styles,
        themes,
        transfers,
        webhooks,
        workspaces,
    ):
        app.register_blueprint(module.door)
        if module not in (health, static, webhooks):
            limiter.limit(usual, key_func=person)(module.door)
    errors.register(app)
    security.register(app)
