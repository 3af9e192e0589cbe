"""The installation in one file and back: its database, its pictures, its secret.

The database comes first: a picture without a row does no harm, a row without its picture does.
"""

import secrets
import shutil
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import text, update

from server.actions.databases import database, kind
from server.archive import backup
from server.errors import Conflict, Invalid, NotFound
from server.extensions import config, db, now
from server.models import Workspace
from server.models.columns import iso

FORMAT = 1
SECRET = "secret_key"


def back_up(target: Path) -> int:
    """Write everything into a new file while the product runs; how many pictures and thumbnails are in it."""
    if target.exists():
        raise Conflict(f"{target.name} exists already; name another file.")
    if database().is_empty():
        raise NotFound("There is no database yet, so there is nothing to back up.")
    with TemporaryDirectory(dir=config().data_dir, prefix=".backup-") as folder:
        dump = Path(folder) / "database"
        database().dump(dump)
        kept = [("database", dump), (SECRET, config().data_dir / SECRET)]
        return backup.write(target, _about(), chain(kept, _media())) - sum(path.exists() for _, path in kept)


def restore(file: Path, revisions: set[str], force: bool = False) -> int:
    """Bring everything back, in the place of what is there only by force; how many pictures and thumbnails came.

    `revisions` are the states of the database that this version knows. Open tabs start afresh, since every
    workspace has another epoch.
    """
    if not force and not (database().is_empty() and next(_media(), None) is None):
        raise Conflict("There are data here already. Nothing was changed; --force puts the backup in their place.")
    with TemporaryDirectory(dir=config().data_dir, prefix=".restore-") as name:
        folder = Path(name)
        _check(backup.unpack(file, folder), revisions)
        database().load(folder / "database")
        db.session.execute(update(Workspace).values(epoch=secrets.token_hex(8)))
        db.session.commit()
        _put_back(folder)
    return sum(1 for _ in _media())


def _about() -> dict:
    revision = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    db.session.rollback()
    return {"format": FORMAT, "version": config().version, "database": kind(), "revision": revision,
            "made_at": iso(now())}  # fmt: skip


def _check(about: dict, revisions: set[str]) -> None:
    if about.get("format") != FORMAT or about.get("revision") not in revisions:
        raise Invalid("This backup was made by a newer version. Update Emulsion first; nothing was changed.")
    if about.get("database") != kind():
        raise Invalid(f"This backup is of {about.get('database')}; DATABASE_URL names {kind()}. Nothing was changed.")


def _media() -> Iterator[tuple[str, Path]]:
    """(name in the backup, path) of every whole file."""
    for path in config().originals.rglob("*"):
        if path.is_file() and not path.name.startswith("."):
            yield f"media/{path.relative_to(config().originals)}", path


def _put_back(folder: Path) -> None:
    """Put the files in the place of those that are there."""
    media, before = folder / "media", folder / "before"
    media.mkdir(exist_ok=True)
    if config().originals.exists():
        config().originals.rename(before)
    media.rename(config().originals)
    if (folder / SECRET).exists():
        shutil.move(folder / SECRET, config().data_dir / SECRET)
        (config().data_dir / SECRET).chmod(0o600)
