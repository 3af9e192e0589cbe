"""Asking for pictures, and the generations that came of it."""

from flask import Blueprint

from server.actions import access, generations, news
from server.extensions import limiter
from server.http.body import answer, id_in, id_of, me, read
from server.http.limits import person
from server.protocol.requests import Empty, Generate

door = Blueprint("generate", __name__, url_prefix="/api")


@door.post("/generate")
@limiter.limit("240/minute", key_func=person)
def generate():
    generation, images, is_new = generations.submit(me(), read(Generate))
    return answer(202 if is_new else 200, generation=generation, images=images)


@door.post("/generations/<id>/cancel")
def cancel(id: str):
    read(Empty)
    generation, images = generations.cancel(me(), id_of(id))
    return answer(202, generation=generation, images=images)


@door.post("/generations/<id>/retry")
@limiter.limit("240/minute", key_func=person)
def retry(id: str):
    read(Empty)
    generation, images = generations.retry(me(), id_of(id))
    return answer(202, generation=generation, images=images)


@door.get("/queue")
def queue():
    user, workspace_id = me(), id_in("workspace_id")
    if workspace_id:
        access.member(user, workspace_id)
    return answer(**news.waiting(user.id), **news.places(user, workspace_id))
