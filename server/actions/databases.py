"""The whole database in one file, and back: SQLite by its online backup, PostgreSQL by pg_dump and pg_restore."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from server.errors import Conflict, Unavailable
from server.extensions import db

ASIDE = "before_restore"
TABLES = "SELECT count(*) FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema')"
OTHERS = """SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
AND backend_type = 'client backend'"""


class SqliteFile:
    """The database of one machine; it may be in use while it is dumped."""

    def __init__(self):
        self.path = Path(db.engine.url.database)

    def is_empty(self) -> bool:
        return not self.path.exists() or not self.path.stat().st_size

    def dump(self, target: Path) -> None:
        try:
            with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(target)) as copy:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.Error as error:
            raise Unavailable(f"The database could not be copied ({error}). Is there room in DATA_DIR?") from None

    def load(self, dump: Path) -> None:
        """Put it in the place of what is there, which goes only when the dump lies whole beside it."""
        fresh = self.path.with_name(f".{self.path.name}.restored")
        shutil.move(dump, fresh)
        for leftover in ("-wal", "-shm"):
            self.path.with_name(self.path.name + leftover).unlink(missing_ok=True)
        fresh.replace(self.path)


class PostgresServer:
    """What is there is set aside while a dump is loaded, and is back when that fails."""

    def is_empty(self) -> bool:
        with db.engine.connect() as connection:
            return not connection.scalar(text(TABLES))

    def dump(self, target: Path) -> None:
        self._run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")

    def load(self, dump: Path) -> None:
        db.engine.dispose()
        self._execute(f"DROP SCHEMA IF EXISTS {ASIDE} CASCADE", f"ALTER SCHEMA public RENAME TO {ASIDE}",
                      "CREATE SCHEMA public")  # fmt: skip
        try:
            self._run("pg_restore", "--single-transaction", "--no-owner", "--no-privileges", str(dump))
        except Unavailable:
            self._execute("DROP SCHEMA public CASCADE", f"ALTER SCHEMA {ASIDE} RENAME TO public")
            raise
        self._execute(f"DROP SCHEMA {ASIDE} CASCADE")

    def _execute(self, *statements: str) -> None:
        with db.engine.begin() as connection:
            if connection.scalar(text(OTHERS)):
                raise Conflict("Somebody uses this database. Stop the app and its workers first.")
            for statement in statements:
                connection.execute(text(statement))
        db.engine.dispose()

    def _run(self, program: str, *arguments: str) -> None:
        path = shutil.which(program)
        if path is None:
            raise Unavailable(f"{program} is missing. Install PostgreSQL's client programs (postgresql-client).")
        url = db.engine.url
        where = url.set(drivername="postgresql", password=None).render_as_string()
        secret = {"PATH": f"{Path(path).parent}:{os.defpath}", "PGPASSWORD": url.password or ""}
        command = [path, "--no-password", f"--dbname={where}", *arguments]
        done = subprocess.run(command, env=secret, capture_output=True, text=True)
        if "server version mismatch" in done.stderr:
            raise Unavailable(f"{program} is older than the server. Install the client programs of its version.")
        if done.returncode != 0:
            raise Unavailable(f"{program} failed: {(done.stderr.strip() or 'no reason given').splitlines()[0]}")


def database() -> SqliteFile | PostgresServer:
    """The one of this installation."""
    return SqliteFile() if kind() == "sqlite" else PostgresServer()


def kind() -> str:
    return db.engine.dialect.name
