"""Carrying workspaces away and back: asking for it, confirming it, and the work that a worker does for it."""

import shutil
from datetime import timedelta
from pathlib import Path
from time import monotonic, time

import structlog
from sqlalchemy import delete, select

from server.actions import access, claims, exporting, importing, workspaces
from server.actions.transaction import transaction
from server.archive.contents import Contents
from server.errors import AppError, Conflict, Gone, NotFound, Unavailable
from server.extensions import config, db, now
from server.models import Transfer, User, Workspace
from server.models.columns import new_id
from server.protocol.requests import ConfirmImport, CreateExport

TRIES = 3
KEPT = timedelta(hours=24)
REMEMBERED = timedelta(days=30)
SHOW_EVERY = 0.4
ROOM_LEFT = 1024**3
BROKEN = "Something broke on our side. Nothing was imported or lost; try again."
LOST = "The worker that did this was lost three times. Try again."
FORGOTTEN = "This import was not confirmed within a day. Drop the archive again."
log = structlog.get_logger()


def begin_export(user: User, workspace_id: str, request: CreateExport) -> tuple[Transfer, bool]:
    """Editors and the owner may carry a copy away."""
    with transaction() as tx:
        workspace = access.member(user, workspace_id, "editor").workspace
        earlier = access.repeated(Transfer, request.id, user_id=user.id, kind="export", workspace_id=workspace_id)
        if earlier:
            return earlier, False
        _check_disk(0)
        transfer = Transfer(id=request.id or new_id(), user_id=user.id, kind="export", workspace_id=workspace_id)
        transfer.name = workspace.name
        _send_off(tx, transfer)
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
        transfer = Transfer(id=id or new_id(), user_id=user.id, kind="import", bytes=upload.stat().st_size)
        upload.replace(archive_of(transfer))
        _send_off(tx, transfer)
    return transfer, True


def confirm(user: User, transfer_id: str, request: ConfirmImport) -> Transfer:
    """Make the workspace of an import that was looked through."""
    with transaction() as tx:
        transfer = own(user, transfer_id, lock=True)
        if transfer.kind == "import" and transfer.confirmed_at and transfer.status != "failed":
            return transfer
        transfer.confirm(request.name or transfer.name)
        workspaces.check_room_for_another(user)
        _send_off(tx, transfer)
    return transfer


def drop(user: User, transfer_id: str) -> None:
    """Forget a transfer and its files; a workspace that came of it stays."""
    with transaction():
        transfer = own(user, transfer_id, lock=True)
        if transfer.status == "running":
            raise Conflict("This is being worked on. Wait a moment.")
        db.session.delete(transfer)
    _clear(transfer)


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


def carry_next(worker: str) -> bool:
    """Do the oldest waiting transfer; False when there is none."""
    transfer = _claim(worker)
    if transfer is None:
        return False
    carriage = _Carriage(transfer, worker)
    try:
        carriage.run()
    except _LetGoError:
        db.session.rollback()
    except AppError as error:
        carriage.fail({"kind": error.code, "message": error.message})
    except Exception:
        log.exception("transfer failed", transfer=transfer.id)
        carriage.fail({"kind": "internal", "message": BROKEN})
    return True


class _LetGoError(Exception):
    """The transfer is not ours any more."""


class _Carriage:
    """One worker's try at one transfer."""

    def __init__(self, transfer: Transfer, worker: str):
        self.transfer, self.worker = transfer, worker
        self._archive = archive_of(transfer)
        self._folder = self._archive.with_name(transfer.id)
        self._shown = monotonic()

    def run(self) -> None:
        if self.transfer.kind == "export":
            self._export()
        elif self.transfer.confirmed_at is None:
            self._look_through()
        else:
            self._import()

    def fail(self, error: dict) -> None:
        """Say why; nothing of it stays."""
        db.session.rollback()
        with transaction() as tx:
            held = self._held()
            if held:
                held.finish("failed", error)
                _tell(tx, held)
        if held:
            _clear(held)

    def _export(self) -> None:
        summary = exporting.export(self.transfer.workspace_id, self._archive, self._show)
        self._finish("ready", summary=summary, bytes=self._archive.stat().st_size)

    def _look_through(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        contents, summary = importing.examine(self._archive, self._folder, self._show)
        self._finish("inspected", summary=summary, name=contents.manifest.about["name"])
        self._archive.unlink(missing_ok=True)

    def _import(self) -> None:
        user = db.session.get(User, self.transfer.user_id)
        arrival = importing.Arrival(user, self.transfer.id, Contents(self._folder))
        arrival.keep_files(self._show)
        with transaction() as tx:
            held = self._held() or self._let_go()
            held.workspace_id = arrival.write_rows(tx, held.name).id
            held.finish("ready")
            _tell(tx, held)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _finish(self, status: str, **facts) -> None:
        with transaction() as tx:
            held = self._held() or self._let_go()
            for name, value in facts.items():
                setattr(held, name, value)
            held.finish(status)
            _tell(tx, held)

    def _show(self, fraction: float) -> None:
        """Tell the owner how far it is, and hold the lease."""
        if monotonic() - self._shown < SHOW_EVERY:
            return
        self._shown = monotonic()
        with transaction() as tx:
            held = self._held() or self._let_go()
            held.fraction, held.lease_until = round(fraction, 4), claims.lease_end()
            _tell(tx, held)

    def _held(self) -> Transfer | None:
        """The row as it is now, if this try is still ours."""
        query = select(Transfer).where(
            Transfer.id == self.transfer.id,
            Transfer.worker == self.worker,
            Transfer.tries == self.transfer.tries,
            Transfer.status == "running",
        )
        return db.session.scalar(query.with_for_update(of=Transfer).execution_options(populate_existing=True))

    def _let_go(self):
        raise _LetGoError


def release_lost() -> None:
    """Let another worker begin anew what a lost one had begun."""
    lost = select(Transfer).where(Transfer.status == "running", Transfer.lease_until < now())
    if db.session.scalar(lost.limit(1)) is None:
        return
    failed = []
    with transaction() as tx:
        for transfer in db.session.scalars(lost.with_for_update(of=Transfer)):
            if transfer.tries >= TRIES:
                transfer.finish("failed", {"kind": "lost", "message": LOST})
                failed.append(transfer)
                _tell(tx, transfer)
            else:
                transfer.wait()
                _send_off(tx, transfer)
    for transfer in failed:
        _clear(transfer)


def expire() -> None:
    """Files are kept for a day, what was done with them for a month."""
    with transaction() as tx:
        waiting = select(Transfer).where(Transfer.status == "inspected", Transfer.finished_at < now() - KEPT)
        for transfer in db.session.scalars(waiting):
            transfer.finish("failed", {"kind": "expired", "message": FORGOTTEN})
            _tell(tx, transfer)
        db.session.execute(delete(Transfer).where(Transfer.created_at < now() - REMEMBERED))
    if config().transfers.exists():
        for path in config().transfers.iterdir():
            if path.lstat().st_mtime < time() - KEPT.total_seconds():
                _remove(path)


def _claim(worker: str) -> Transfer | None:
    waiting = select(Transfer).where(Transfer.status == "queued").order_by(Transfer.created_at, Transfer.id).limit(1)
    if db.session.scalar(waiting) is None:
        db.session.rollback()
        return None
    with transaction() as tx:
        claims.one_claim_at_a_time()
        transfer = db.session.scalar(waiting.execution_options(populate_existing=True))
        if transfer is None:
            return None
        transfer.claim(worker, claims.lease_end())
        _tell(tx, transfer)
    db.session.expunge(transfer)
    return transfer


def _send_off(tx, transfer: Transfer) -> None:
    db.session.add(transfer)
    db.session.flush()
    _tell(tx, transfer)
    tx.ring("transfers")


def _tell(tx, transfer: Transfer) -> None:
    tx.tell(transfer.user_id, "transfer", transfer=transfer.to_payload())


def _clear(transfer: Transfer) -> None:
    """Remove the files of a transfer that leads nowhere any more."""
    archive = archive_of(transfer)
    for path in (archive, archive.with_name(transfer.id)):
        _remove(path)
    if transfer.kind == "import":
        importing.discard(transfer.id)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _check_disk(size: int) -> None:
    config().data_dir.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(config().data_dir).free < size + ROOM_LEFT:
        raise Unavailable("The disk of this server is too full for that. Tell its operator.")
