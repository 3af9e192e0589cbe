"""Static files under a prefix that changes with their contents, so that they can be kept for ever."""

import gzip
import hashlib
import mimetypes
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, current_app, request, send_from_directory, url_for
from werkzeug.security import safe_join

from server.extensions import config

CLIENT = Path(__file__).resolve().parents[2] / "client"
ROBOTS = "User-agent: *\nAllow: /$\nAllow: /static/\nDisallow: /\n"
TEXTS = (".css", ".js", ".mjs", ".svg")
door = Blueprint("static", __name__)


@door.get("/static/<version>/<path:name>")
def file(version: str, name: str):
    folder, name = (CLIENT / "vendor", name[7:]) if name.startswith("vendor/") else (CLIENT / "static", name)
    response = squeezed(folder, name) or send_from_directory(folder, name)
    response.vary.add("Accept-Encoding")
    if version == current_version():
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def squeezed(folder: Path, name: str) -> Response | None:
    """A text as gzip, when whoever asks reads that. Nothing secret is in these files, so their size may be seen."""
    path = safe_join(str(folder), name)
    if path is None or not name.endswith(TEXTS) or not request.accept_encodings["gzip"] or not Path(path).is_file():
        return None
    body = gzipped(path, Path(path).stat().st_mtime_ns)
    response = current_app.response_class(body, mimetype=mimetypes.guess_type(name)[0])
    response.content_encoding = "gzip"
    response.add_etag()
    return response.make_conditional(request)


@cache
def gzipped(path: str, changed_at: int) -> bytes:
    return gzip.compress(Path(path).read_bytes(), mtime=0)


@door.get("/favicon.ico")
def favicon():
    return send_from_directory(CLIENT / "static" / "img", "favicon.svg")


@door.get("/robots.txt")
def robots():
    return current_app.response_class(ROBOTS, mimetype="text/plain")


@door.app_template_global()
def asset(name: str) -> str:
    """The address of a file of the client."""
    return url_for("static.file", version=current_version(), name=name)


@door.app_template_global()
def public(path: str = "/") -> str:
    """The whole address of a path of ours, for those who read a page from elsewhere."""
    return config().home + path


@cache
def current_version() -> str:
    """A name for the state of all static files, by their sizes and times."""
    digest = hashlib.sha256()
    for folder in (CLIENT / "static", CLIENT / "vendor"):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                stat = path.stat()
                digest.update(f"{path.relative_to(CLIENT)} {stat.st_size} {stat.st_mtime_ns}".encode())
    return digest.hexdigest()[:10]
