"""Whether a SQLite database is already at the newest migration, told without loading the whole application."""

import re
import sqlite3
from pathlib import Path

VERSIONS = Path(__file__).resolve().parents[1] / "migrations" / "versions"


def is_current(database_url: str) -> bool:
    """False also means "cannot tell": then the migrations are run, which does no harm."""
    path = database_url.removeprefix("sqlite:///")
    if path == database_url or not Path(path).exists():
        return False
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
            return {row[0] for row in database.execute("SELECT version_num FROM alembic_version")} == heads()
    except sqlite3.Error:
        return False


def revisions() -> set[str]:
    """Every state of the database that a migration of ours leads to."""
    return set().union(*(named("revision", path.read_text()) for path in VERSIONS.glob("*.py")))


def heads() -> set[str]:
    """The revisions that no other revision builds on."""
    texts = [path.read_text() for path in VERSIONS.glob("*.py")]
    return set().union(*(named("revision", text) for text in texts)) - set().union(
        *(named("down_revision", text) for text in texts)
    )


def named(variable: str, text: str) -> set[str]:
    line = re.search(rf"^{variable}\b[^=\n]*=(.*)$", text, re.MULTILINE)
    return set(re.findall(r"[\"'](\w+)[\"']", line[1])) if line else set()
