"""Alembic's door: migrations run inside the app, on its engine."""

from alembic import context
from flask import current_app

import server.models  # noqa: F401  (fills the metadata)

extension = current_app.extensions["migrate"]

with extension.db.engine.connect() as connection:
    context.configure(connection=connection, target_metadata=extension.db.metadata, **extension.configure_args)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
