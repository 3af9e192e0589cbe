"""What a worker does for a transfer: one try at a time, under a lease that it holds by telling how far it is."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic, time

import structlog
from sqlalchemy import delete, select

from server.actions import claims, exporting, importing
from server.actions.transaction import transaction
from server.actions.transfers import archive_of, clear, remove, send_off, tell
from server.archive.contents import Contents
from server.errors import AppError
from server.extensions import config, db, now
from server.models import Transfer, User, Workspace
from server.models.columns import new_id

TRIES = 3
LEASES = 3
KEPT = timedelta(hours=24)
REMEMBERED = timedelta(days=30)
SHOW_EVERY = 0.4
BROKEN = "Something broke on our side. Nothing was imported or lost; try again."
LOST = "The worker that did this was lost three times. Try again."
FORGOTTEN = "This import was not confirmed within a day. Drop the archive again."
log = structlog.get_logger()


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
    """One worker's try at one transfer; it begins by removing what a lost one had begun."""

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
                tell(tx, held)
        if held:
            clear(held)

    def _export(self) -> None:
        clear(self.transfer)
        summary = exporting.export(self.transfer.workspace_id, self._archive, self._show)
        self._finish("ready", summary=summary, bytes=self._archive.stat().st_size)

    def _look_through(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        contents, summary = importing.examine(self._archive, self._folder, self._show)
        self._finish("inspected", summary=summary, name=contents.manifest.about["name"])
        self._archive.unlink(missing_ok=True)

    def _import(self) -> None:
        importing.discard(self.transfer.id)
        user = db.session.get(User, self.transfer.user_id)
        arrival = importing.Arrival(user, self.transfer.id, Contents(self._folder))
        arrival.keep_files(self._show)
        with transaction() as tx:
            held = self._held() or self._let_go()
            held.workspace_id = arrival.write_rows(tx, held.name).id
            held.finish("ready")
            tell(tx, held)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _finish(self, status: str, **facts) -> None:
        with transaction() as tx:
            held = self._held() or self._let_go()
            for name, value in facts.items():
                setattr(held, name, value)
            held.finish(status)
            tell(tx, held)

    def _show(self, fraction: float) -> None:
        """Tell the owner how far it is, and hold the lease."""
        if monotonic() - self._shown < SHOW_EVERY:
            return
        self._shown = monotonic()
        with transaction() as tx:
            held = self._held() or self._let_go()
            held.fraction, held.lease_until = round(fraction, 4), _lease_end()
            tell(tx, held)

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


def write_archive(workspace_id: str, target: Path) -> dict:
    """Export at once, without a transfer; {images, styles, messages}."""
    return exporting.export(workspace_id, target, lambda fraction: None)


def read_archive(user: User, archive: Path, name: str | None) -> tuple[Workspace, dict]:
    """Import at once, without a transfer; the workspace and {images, styles, messages}."""
    id = new_id()
    folder = config().transfers / id
    try:
        contents, summary = importing.examine(archive, folder, lambda fraction: None)
        arrival = importing.Arrival(user, id, contents)
        arrival.keep_files(lambda fraction: None)
        with transaction() as tx:
            return arrival.write_rows(tx, name or contents.manifest.about["name"]), summary
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        importing.discard(id)


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
                tell(tx, transfer)
            else:
                transfer.wait()
                send_off(tx, transfer)
    for transfer in failed:
        clear(transfer)


def expire() -> None:
    """Files are kept for a day, what was done with them for a month."""
    with transaction() as tx:
        waiting = select(Transfer).where(Transfer.status == "inspected", Transfer.finished_at < now() - KEPT)
        for transfer in db.session.scalars(waiting):
            transfer.finish("failed", {"kind": "expired", "message": FORGOTTEN})
            tell(tx, transfer)
        db.session.execute(delete(Transfer).where(Transfer.created_at < now() - REMEMBERED))
    if config().transfers.exists():
        for path in config().transfers.iterdir():
            if path.lstat().st_mtime < time() - KEPT.total_seconds():
                remove(path)


def _lease_end() -> datetime:
    """Longer than that of a picture: some steps, such as writing down every row, cannot tell how far they are."""
    return now() + LEASES * timedelta(seconds=config().lease)


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
        transfer.claim(worker, _lease_end())
        tell(tx, transfer)
    db.session.expunge(transfer)
    return transfer
