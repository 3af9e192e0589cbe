"""Door 2: pages and the API, one blueprint a noun."""

from flask import Flask


def register(app: Flask) -> None:
    """Bind every blueprint and what is common to all answers."""
    from server.http import (
        auth,
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
        workspaces,
    )

    for module in (
        auth,
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
        workspaces,
    ):
        app.register_blueprint(module.door)
    errors.register(app)
    security.register(app)
