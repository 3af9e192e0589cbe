"""Workspaces on their way out and in: ask, confirm, fetch the file. Uploads go to the disk as they come."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from flask import Blueprint, request, send_file
from pydantic import ValidationError

from server.actions import transfers
from server.errors import Invalid
from server.extensions import config, csrf, limiter, socketio
from server.http.body import answer, empty, id_of, me, read
from server.http.limits import person
from server.http.security import check_token
from server.http.upload import one_file
from server.protocol.requests import ConfirmImport, CreateExport

door = Blueprint("transfers", __name__, url_prefix="/api")
YIELD_EVERY = 1024 * 1024
NO_FILE = "Send the export as `file`, in a multipart form."


@door.post("/workspaces/<id>/exports")
@limiter.limit("60/minute", key_func=person)
def export(id: str):
    transfer, is_new = transfers.begin_export(me(), id_of(id), read(CreateExport))
    return answer(202 if is_new else 200, transfer=transfer)


@door.post("/imports")
@csrf.exempt
@limiter.limit("240/minute", key_func=person)
def take_in():
    """Who asks is settled before the body is read, so that strangers cannot fill the disk."""
    user = me()
    check_token()
    transfers.check_import(user, request.content_length or 0)
    with uploaded() as (path, id):
        transfer, is_new = transfers.begin_import(user, path, id)
    return answer(202 if is_new else 200, transfer=transfer)


@door.get("/transfers/<id>")
def show(id: str):
    return answer(transfer=transfers.own(me(), id_of(id)))


@door.post("/transfers/<id>/confirm")
def confirm(id: str):
    return answer(202, transfer=transfers.confirm(me(), id_of(id), read(ConfirmImport)))


@door.delete("/transfers/<id>")
def drop(id: str):
    transfers.drop(me(), id_of(id))
    return empty()


@door.get("/transfers/<id>/file")
def file(id: str):
    """Ranges and a strong ETag: an interrupted download goes on where it stopped."""
    path, name = transfers.file_of(me(), id_of(id))
    return send_file(
        path, mimetype="application/gzip", etag=id_of(id), conditional=True, as_attachment=True, download_name=name
    )


@contextmanager
def uploaded() -> Iterator[tuple[Path, str | None]]:
    """The one file of a multipart form as a file of ours, and the id that the form names; gone afterwards."""
    path = config().transfers / f".upload-{token_hex(8)}"
    path.parent.mkdir(parents=True, exist_ok=True)
    most = config().import_most
    too_large = f"This server takes exports of at most {most // 1024**2:,} MB."
    try:
        with one_file(lambda: Sink(path), most, NO_FILE, too_large) as (sink, form):
            sink.close()
            yield path, given_id(form)
    finally:
        path.unlink(missing_ok=True)


def given_id(form: dict) -> str | None:
    try:
        return CreateExport(id=form.get("id")).id
    except ValidationError:
        raise Invalid("Id: is not a UUID.", field="id") from None


class Sink(io.FileIO):
    """A new file that lets other requests in between while it is written."""

    def __init__(self, path: Path):
        super().__init__(path, "x+")
        self._since = 0

    def write(self, data) -> int:
        self._since += len(data)
        if self._since >= YIELD_EVERY:
            self._since = 0
            socketio.sleep(0)
        return super().write(data)
