"""The bytes of an image, to members only."""

from pathlib import Path

from flask import Blueprint, Response, request, send_file

from server.actions import access, provenance
from server.actions.attempts import ENDINGS
from server.errors import Invalid, NotFound
from server.extensions import config, limiter, storage
from server.http.body import id_of, me
from server.http.limits import person
from server.models import Image

door = Blueprint("media", __name__, url_prefix="/media")
FOREVER = "private, max-age=31536000, immutable"
FORMATS = {"png": "image/png", "jpeg": "image/jpeg", "jpg": "image/jpeg", "webp": "image/webp"}
METADATA = {"1": True, "true": True, "yes": True, "keep": True}
METADATA |= {"0": False, "false": False, "no": False, "strip": False, "none": False}


@door.get("/<id>/original")
def original(id: str):
    image = _ready(id)
    return _send(image.file_key, image.media_type, image.sha256)


@door.get("/<id>/thumb")
def thumb(id: str):
    image, width = _ready(id), request.args.get("w", "384")
    if width not in map(str, storage.THUMB_WIDTHS):
        raise Invalid("Thumbnails are 384 or 768 wide.", field="w")
    return _send(storage.thumb_key(image.file_key, int(width)), "image/webp", f"{image.sha256}-{width}")


@door.get("/<id>/download")
@limiter.limit("240/minute", key_func=person)
def download(id: str):
    """As it was delivered; in another `format`; with its recipe written into the file (`metadata=1`) or bare (`0`)."""
    image = _ready(id)
    media_type = _choice("format", FORMATS, "A picture can be had as png, jpeg or webp.")
    metadata = _choice("metadata", METADATA, "Metadata is 1 to write the recipe into the file, or 0 to leave all out.")
    name = f"emulsion-{image.id[-8:]}.{ENDINGS[media_type or image.media_type]}"
    if metadata is None and media_type in (None, image.media_type):
        return _send(image.file_key, image.media_type, image.sha256, name)
    return _copy(image, media_type or image.media_type, bool(metadata), name)


def _choice(name: str, choices: dict, complaint: str):
    asked = request.args.get(name, "").lower()
    if asked and asked not in choices:
        raise Invalid(complaint, field=name)
    return choices.get(asked)


def _copy(image: Image, media_type: str, with_recipe: bool, name: str) -> Response:
    """Made anew only for a browser that has none yet."""
    response = Response(mimetype=media_type)
    response.set_etag(f"{image.sha256}-{ENDINGS[media_type]}-{int(with_recipe)}")
    response.headers["Cache-Control"] = FOREVER
    response.headers.set("Content-Disposition", "attachment", filename=name)
    if request.if_none_match.contains_weak(response.get_etag()[0]):
        response.status_code = 304
        return response
    _present(image.file_key)
    response.data = provenance.copy(image, media_type, with_recipe)[1]
    return response.make_conditional(request, accept_ranges=True, complete_length=len(response.data))


def _ready(id: str) -> Image:
    image = access.row(me(), Image, id_of(id), "viewer", trash=True)
    if not image.file_key:
        raise NotFound("This image is not ready.")
    return image


def _send(key: str, media_type: str, etag: str, name: str | None = None):
    path = _present(key)
    response = send_file(
        path, mimetype=media_type, etag=etag, conditional=True, as_attachment=name is not None, download_name=name
    )
    response.headers["Cache-Control"] = FOREVER
    return _by_the_proxy(response, key) if config().media_accel else response


def _present(key: str) -> Path:
    path = storage.path(key)
    if not path.exists():
        raise NotFound("The file of this image is missing.")
    return path


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
