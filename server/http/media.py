"""The bytes of an image, to members only."""

from flask import Blueprint, Response, request, send_file

from server.actions import access
from server.errors import Invalid, NotFound
from server.extensions import config, storage
from server.http.body import id_of, me
from server.models import Image

door = Blueprint("media", __name__, url_prefix="/media")
FOREVER = "private, max-age=31536000, immutable"
WIDTHS = (384, 768)


@door.get("/<id>/original")
def original(id: str):
    image = _ready(id)
    return _send(image.file_key, image.media_type, image.sha256)


@door.get("/<id>/thumb")
def thumb(id: str):
    image, width = _ready(id), request.args.get("w", "384")
    if width not in map(str, WIDTHS):
        raise Invalid("Thumbnails are 384 or 768 wide.", field="w")
    return _send(storage.thumb_key(image.file_key, int(width)), "image/webp", f"{image.sha256}-{width}")


@door.get("/<id>/download")
def download(id: str):
    image = _ready(id)
    name = f"emulsion-{image.id[-8:]}.{image.file_key.rsplit('.', 1)[1]}"
    return _send(image.file_key, image.media_type, image.sha256, name)


def _ready(id: str) -> Image:
    image = access.row(me(), Image, id_of(id), "viewer", trash=True)
    if not image.file_key:
        raise NotFound("This image is not ready.")
    return image


def _send(key: str, media_type: str, etag: str, name: str | None = None):
    path = storage.path(key)
    if not path.exists():
        raise NotFound("The file of this image is missing.")
    response = send_file(
        path, mimetype=media_type, etag=etag, conditional=True, as_attachment=name is not None, download_name=name
    )
    response.headers["Cache-Control"] = FOREVER
    return _by_the_proxy(response, key) if config().media_accel else response


def _by_the_proxy(response: Response, key: str) -> Response:
    """Let nginx send the file (X-Accel-Redirect); who may have it was decided here."""
    if response.status_code == 304:
        return response
    response.close()
    handed = Response(status=200, headers=response.headers)
    for name in ("Content-Length", "Content-Range", "Accept-Ranges"):
        handed.headers.pop(name, None)
    handed.headers["X-Accel-Redirect"] = config().media_accel + key
    return handed
