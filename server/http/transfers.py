"""Workspaces on their way out and in: ask, confirm, fetch the file. Uploads go to the disk as they come."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from flask import Blueprint, request, send_file
from pydantic import ValidationError
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from server.actions import transfers
from server.errors import Invalid, TooLarge
from server.extensions import config, csrf, limiter, socketio
from server.http.body import answer, empty, id_of, me, read
from server.http.limits import person
from server.http.security import check_token
from server.protocol.requests import ConfirmImport, CreateExport

door = Blueprint("transfers", __name__, url_prefix="/api")
OVERHEAD = 512 * 1024
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
    sinks: list[Sink] = []

    def sink(*_, **__) -> Sink:
        if sinks:
            raise Invalid("Send one file at a time.", field="file")
        sinks.append(Sink(path))
        return sinks[0]

    try:
        form, files = parse(sink)
        if "file" not in files:
            raise Invalid(NO_FILE, field="file")
        sinks[0].close()
        yield path, given_id(form)
    finally:
        for opened in sinks:
            opened.close()
        path.unlink(missing_ok=True)


def parse(sink) -> tuple[dict, dict]:
    request.max_content_length = limit = config().import_most + OVERHEAD
    parser = FormDataParser(stream_factory=sink, max_form_memory_size=OVERHEAD, max_form_parts=8, silent=False)
    try:
        if (request.content_length or 0) > limit:
            raise RequestEntityTooLarge
        _, form, files = parser.parse(
            request.stream, request.mimetype, request.content_length, request.mimetype_params
        )
    except RequestEntityTooLarge:
        raise TooLarge(f"This server takes exports of at most {config().import_most // 1024**2:,} MB.") from None
    except ValueError:
        raise Invalid(NO_FILE, field="file") from None
    return form, files


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
