"""The images of a workspace: list, star, tag, delete, restore, cancel, retry, vary, move; a recipe in any picture."""

import json
import os
from tempfile import TemporaryFile

from flask import Blueprint, request
from sqlalchemy import String, cast, func, select

from server.actions import access, generations, images, moving, provenance
from server.errors import TooLarge
from server.extensions import csrf, limiter
from server.http.body import answer, before, empty, id_in, id_of, me, moment_of, page, page_limit, read, text_in
from server.http.limits import person
from server.http.security import check_token
from server.http.upload import one_file
from server.models import Generation, Image, ImageStar
from server.models.snapshot import generations_of, latest_images
from server.protocol.requests import ChangeImage, Empty, MoveImages, VaryImage

door = Blueprint("images", __name__, url_prefix="/api")
YES = ("1", "true", "yes")
LARGEST = 25 * 1024**2
TOO_LARGE = "This picture is larger than 25 MB."


@door.get("/workspaces/<id>/images")
def index(id: str):
    user, id, limit = me(), id_of(id), page_limit()
    access.member(user, id)
    trash = request.args.get("trash") in YES
    rows = latest_images(id, limit + 1, before(), filters(user.id), trash)
    return page(rows, limit, generations=generations_of(rows[:limit]))


@door.post("/images/inspect")
@csrf.exempt
@limiter.limit("60/minute", key_func=person)
def inspect():
    """Who asks is settled before the body is read."""
    me()
    check_token()
    with one_file(TemporaryFile, LARGEST, "Send the picture as `file`, in a multipart form.", TOO_LARGE) as (sink, _):
        if os.fstat(sink.fileno()).st_size > LARGEST:
            raise TooLarge(TOO_LARGE)
        return answer(**provenance.inspect(sink))


@door.patch("/images/<id>")
def change(id: str):
    return answer(image=images.change(me(), id_of(id), read(ChangeImage)))


@door.delete("/images/<id>")
def delete(id: str):
    images.delete(me(), id_of(id))
    return empty()


@door.post("/images/<id>/restore")
def restore(id: str):
    read(Empty)
    return answer(image=images.restore(me(), id_of(id)))


@door.post("/images/<id>/cancel")
def cancel(id: str):
    read(Empty)
    return answer(image=images.cancel(me(), id_of(id)))


@door.post("/images/<id>/retry")
@limiter.limit("240/minute", key_func=person)
def retry(id: str):
    read(Empty)
    generation, made = images.retry(me(), id_of(id))
    if generation is None:
        return answer(202, image=made[0])
    return answer(202, generation=generation, images=made)


@door.post("/images/<id>/vary")
@limiter.limit("240/minute", key_func=person)
def vary(id: str):
    user = me()
    image = access.row(user, Image, id_of(id))
    generation, made, is_new = generations.vary(user, image, read(VaryImage))
    return answer(202 if is_new else 200, generation=generation, images=made)


@door.post("/images/move")
@limiter.limit("60/minute", key_func=person)
def move():
    generations, made = moving.move(me(), read(MoveImages))
    return answer(201, generations=generations, images=made)


def filters(user_id: str) -> list:
    """The conditions that the address asks for."""
    found = []
    if text := text_in("q").strip()[:200]:
        found.append(func.lower(Image.prompt).contains(text.lower(), autoescape=True))
    if request.args.get("starred") in YES:
        found.append(Image.stars.any(ImageStar.user_id == user_id))
    if tag := text_in("tag"):
        found.append(cast(Image.tags, String).contains(json.dumps(tag[:40]), autoescape=True))
    if style := id_in("style"):
        found.append(Image.generation_id.in_(_with_style(style)))
    for name, column in (("by", Image.author_id), ("generation", Image.generation_id)):
        if id := id_in(name):
            found.append(column == id)
    for name, column in (("model", Image.model), ("status", Image.status)):
        if text := text_in(name):
            found.append(column == text[:200])
    if since := moment_of("since"):
        found.append(Image.created_at >= since)
    if until := moment_of("until"):
        found.append(Image.created_at < until)
    return found


def _with_style(style_id: str):
    return select(Generation.id).where(cast(Generation.styles, String).like(f"%{style_id}%"))
