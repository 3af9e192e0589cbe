"""Carrying workspaces away and back: asking for it, confirming it, fetching it; `carriage.py` does the work."""

import shutil
from pathlib import Path

from sqlalchemy import and_, or_, select

from server.actions import access, audit, exporting, importing, workspaces
from server.actions.transaction import transaction
from server.errors import Conflict, Gone, NotFound, RateLimited, Unavailable
from server.extensions import config, db
from server.models import Transfer, User, Workspace
from server.models.columns import new_id
from server.protocol.requests import ConfirmImport, CreateExport

ROOM_LEFT = 1024**3
MOST_UNDER_WAY = 10
MOST_KEPT = 20
RETRY_AFTER = 10


def begin_export(user: User, workspace_id: str, request: CreateExport) -> tuple[Transfer, bool]:
    """Editors and the owner may carry a copy away."""
    with transaction() as tx:
        workspace = access.member(user, workspace_id, "editor", reads=True).workspace
        earlier = access.repeated(Transfer, request.id, user_id=user.id, kind="export", workspace_id=workspace_id)
        if earlier:
            return earlier, False
        _check_disk(0)
        forgotten = _make_way(user)
        transfer = Transfer(id=request.id or new_id(), user_id=user.id, kind="export", workspace_id=workspace_id)
        transfer.name = workspace.name
        send_off(tx, transfer)
        audit.note(tx, "workspace.exported", user.id, workspace_id)
    _clear_all(forgotten)
    return transfer, True


def check_import(user: User, size: int) -> None:
    """Before an upload is read: PlanLimit, or Unavailable when it could not be stored. No connection is held after."""
    workspaces.check_room_for_another(user)
    db.session.rollback()
    _check_disk(2 * size)


def begin_import(user: User, upload: Path, id: str | None) -> tuple[Transfer, bool]:
    """Take over an uploaded archive, to be looked through; `upload` is moved."""
    with transaction() as tx:
        earlier = access.repeated(Transfer, id, user_id=user.id, kind="import")
        if earlier:
            return earlier, False
        if id and db.session.get(Workspace, id):
            raise Conflict("This id is taken. Make a new one.", code="id_taken", field="id")
        forgotten = _make_way(user)
        transfer = Transfer(id=id or new_id(), user_id=user.id, kind="import", bytes=upload.stat().st_size)
        upload.replace(archive_of(transfer))
        send_off(tx, transfer)
    _clear_all(forgotten)
    return transfer, True


def confirm(user: User, transfer_id: str, request: ConfirmImport) -> Transfer:
    """Make the workspace of an import that was looked through."""
    with transaction() as tx:
        transfer = own(user, transfer_id, lock=True)
        if transfer.kind == "import" and transfer.confirmed_at and transfer.status != "failed":
            return transfer
        transfer.confirm(request.name or transfer.name)
        workspaces.check_room_for_another(user)
        send_off(tx, transfer)
    return transfer


def drop(user: User, transfer_id: str) -> None:
    """Forget a transfer and its files; a workspace that came of it stays."""
    with transaction():
        transfer = own(user, transfer_id, lock=True)
        if transfer.status == "running":
            raise Conflict("This is being worked on. Wait a moment.")
        db.session.delete(transfer)
    clear(transfer)


def own(user: User, transfer_id: str, lock: bool = False) -> Transfer:
    """A transfer is its owner's alone."""
    transfer = db.session.get(Transfer, transfer_id, populate_existing=True, with_for_update=lock or None)
    if transfer is None or transfer.user_id != user.id:
        raise NotFound("There is no such transfer among yours.")
    return transfer


def file_of(user: User, transfer_id: str) -> tuple[Path, str]:
    """The archive of a finished export, and what to call it."""
    transfer = own(user, transfer_id)
    if transfer.kind != "export":
        raise NotFound("Only an export has a file.")
    if transfer.status != "ready":
        raise Conflict("This export is not ready.")
    path = archive_of(transfer)
    if not path.exists():
        raise Gone("This export is older than a day and was removed. Make a new one.")
    return path, exporting.file_name(transfer.name, transfer.created_at)


def archive_of(transfer: Transfer) -> Path:
    config().transfers.mkdir(parents=True, exist_ok=True)
    return config().transfers / f"{transfer.id}.tar.gz"


def send_off(tx, transfer: Transfer) -> None:
    """Keep it waiting for a worker."""
    db.session.add(transfer)
    db.session.flush()
    tell(tx, transfer)
    tx.ring("transfers")


def tell(tx, transfer: Transfer) -> None:
    """Its owner's tabs hear of it after the commit."""
    tx.tell(transfer.user_id, "transfer", transfer=transfer.to_payload())


def clear(transfer: Transfer) -> None:
    """Remove the files of a transfer that leads nowhere any more, those of lost workers too."""
    archive = archive_of(transfer)
    for path in (archive, archive.with_name(transfer.id), *archive.parent.glob(f".{archive.name}.*")):
        remove(path)
    if transfer.kind == "import":
        importing.discard(transfer.id)


def remove(path: Path) -> None:
    """Remove a file or a folder of ours, if it is there."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _make_way(user: User) -> list[Transfer]:
    """Nobody fills the queue or the disk: few of one's transfers are under way, and of those at rest the newest stay.

    Those that have to go; their files are removed after the commit.
    """
    mine = select(Transfer).where(Transfer.user_id == user.id).order_by(Transfer.created_at.desc(), Transfer.id.desc())
    under_way = mine.where(Transfer.status.in_(("queued", "running"))).limit(MOST_UNDER_WAY)
    if len(db.session.scalars(under_way).all()) == MOST_UNDER_WAY:
        words = f"{MOST_UNDER_WAY} of your exports and imports are under way. Wait until one is done."
        raise RateLimited(words, retry_after=RETRY_AFTER)
    is_export = and_(Transfer.kind == "export", Transfer.status == "ready")
    at_rest = mine.where(or_(is_export, Transfer.status == "inspected"))
    forgotten = list(db.session.scalars(at_rest.offset(MOST_KEPT - 1)))
    for transfer in forgotten:
        db.session.delete(transfer)
    return forgotten


def _clear_all(transfers: list[Transfer]) -> None:
    for transfer in transfers:
        clear(transfer)


def _check_disk(size: int) -> None:
    config().data_dir.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(config().data_dir).free < size + ROOM_LEFT:
        raise Unavailable("The disk of this server is too full for that. Tell its operator.")
