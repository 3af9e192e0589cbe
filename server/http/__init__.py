"""Door 2: pages and the API, one blueprint a noun."""

from flask import Flask


def register(app: Flask) -> None:
    """Bind every blueprint and what is common to all answers."""
    from server.http import (
        auth,
        billing,
        errors,
        generate,
        health,
        images,
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

    for module in (
        auth,
        billing,
        generate,
        health,
        images,
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
    errors.register(app)
    security.register(app)
