"""Alembic's door: migrations run inside the app, on its engine.

SQLite changes a table by making a new one and dropping the old: references are not enforced meanwhile, only checked
at the end (www.sqlite.org/lang_altertable.html, section 7).
"""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

import server.models  # noqa: F401  (fills the metadata)

extension = current_app.extensions["migrate"]


def migrate(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=extension.db.metadata, **extension.configure_args)
    with context.begin_transaction():
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            assert not connection.exec_driver_sql("PRAGMA foreign_key_check").first(), "a reference leads nowhere"
    connection.commit()


with extension.db.engine.connect() as connection:
    pragma = connection.connection.driver_connection.execute if connection.dialect.name == "sqlite" else lambda _: None
    pragma("PRAGMA foreign_keys=OFF")
    try:
        migrate(connection)
    finally:
        connection.rollback()
        pragma("PRAGMA foreign_keys=ON")
