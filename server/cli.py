"""`python -m server.cli <command>`: what an operator does by hand. Each command says in one line what it did."""

import argparse
import errno
import getpass
import sys
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError

from server import create_app
from server.actions import backups, carriage, superusers
from server.config import Config
from server.errors import AppError, NotFound
from server.extensions import config, db
from server.launch import preflight, schema
from server.launch.refusal import Refusal
from server.launch.register import Register as Running
from server.launch.valkey import EmbeddedValkey
from server.models import User, Workspace
from server.protocol.requests import Register

NOWHERE = "redis://127.0.0.1:1"
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def main(arguments: list[str]) -> None:
    given = commands().parse_args(arguments)
    preflight.load_dotenv()
    with create_app(reachable(preflight.settings()), role="cli").app_context():
        if given.run is not restore:
            Running(config().data_dir).join()
        print(given.run(given))


def commands() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m server.cli", description=__doc__)
    known = parser.add_subparsers(required=True, metavar="command")
    export = known.add_parser("export", help="write a workspace to a .tar.gz")
    export.add_argument("workspace", type=UUID, help="its id, as in its address")
    export.add_argument("file", type=Path)
    export.set_defaults(run=carry_away)
    bring = known.add_parser("import", help="make a workspace of a .tar.gz")
    bring.add_argument("file", type=Path)
    bring.add_argument("--owner", required=True, help="the email of whose it will be")
    bring.add_argument("--name", help="another name than the one in the archive")
    bring.set_defaults(run=carry_back)
    first = known.add_parser("create-superuser", help="make an account that may do everything, or raise one to it")
    first.add_argument("email")
    first.add_argument("--name", default="Admin")
    first.set_defaults(run=create_superuser)
    keep = known.add_parser("backup", help="write database and pictures into one file, while everything runs")
    keep.add_argument("file", type=Path)
    keep.set_defaults(run=back_up)
    put_back = known.add_parser("restore", help="bring a backup back; the product must not run")
    put_back.add_argument("file", type=Path)
    put_back.add_argument("--force", action="store_true", help="in the place of what is there")
    put_back.set_defaults(run=restore)
    purge = known.add_parser("purge", help="remove transfers older than a day")
    purge.set_defaults(run=lambda given: carriage.expire() or "Old transfers are removed.")
    return parser


def reachable(config: Config) -> Config:
    """With the address of a running product's Redis, so that its tabs hear the news; without one all else works."""
    return replace(config, redis_url=config.redis_url or EmbeddedValkey.running(config.data_dir) or NOWHERE)


def carry_away(given: argparse.Namespace) -> str:
    workspace = db.session.get(Workspace, str(given.workspace))
    if workspace is None or workspace.deleted_at:
        raise NotFound("There is no such workspace.")
    summary = carriage.write_archive(workspace.id, place(given.file))
    return f"{given.file}: {counted(summary)}"


def carry_back(given: argparse.Namespace) -> str:
    if not given.file.is_file():
        raise NotFound(f"There is no file {given.file}.")
    workspace, summary = carriage.read_archive(account(given.owner), given.file.absolute(), given.name)
    return f"{workspace.name} is {workspace.id}: {counted(summary)}"


def back_up(given: argparse.Namespace) -> str:
    count = backups.back_up(place(given.file))
    return f"{given.file}: the database and {count:,} files of pictures, {given.file.stat().st_size / 1e6:,.1f} MB"


def restore(given: argparse.Namespace) -> str:
    if not given.file.is_file():
        raise NotFound(f"There is no file {given.file}.")
    running = Running(config().data_dir)
    try:
        running.clear_out()
    except Refusal as refusal:
        raise Refusal(f"{refusal} Stop it first; nothing was changed.") from None
    count = backups.restore(given.file.absolute(), schema.revisions(), given.force)
    return f"The database and {count:,} files of pictures are back; open tabs start afresh."


def create_superuser(given: argparse.Namespace) -> str:
    """The password is read from the terminal, or from the standard input when that is none."""
    if user := User.by_email(given.email):
        superusers.raise_up(user)
        return f"{given.email} is a superuser now."
    password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    superusers.create(Register(email=given.email, password=password, name=given.name))
    return f"{given.email} is a superuser."


def place(file: Path) -> Path:
    """Where to write a file; its folder must be there."""
    target = file.absolute()
    if not target.parent.is_dir():
        raise NotFound(f"There is no folder {target.parent}.")
    return target


def account(email: str) -> User:
    user = User.by_email(email)
    if user is None:
        raise NotFound(f"Nobody has the email {email}.")
    return user


def counted(summary: dict) -> str:
    return ", ".join(f"{count:,} {noun if count != 1 else noun[:-1]}" for noun, count in summary.items())


def plainly(error: Exception) -> str:
    """What went wrong and what to do, in one line."""
    match error:
        case ValidationError():
            return f"{'.'.join(map(str, error.errors()[0]['loc']))}: {error.errors()[0]['msg']}"
        case DBAPIError():
            return f"The database at DATABASE_URL refused: {str(error.orig).strip().splitlines()[0]}"
        case OSError(errno=number) if number in NO_ROOM:
            return "The disk is full. Free some space, or name a file on another disk; what was begun is removed."
        case OSError():
            return f"{error.filename or 'The file'}: {error.strerror or error}. Name a place that is open to you."
    return str(error)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (AppError, Refusal, OSError, ValidationError, DBAPIError) as problem:
        sys.exit(plainly(problem))
