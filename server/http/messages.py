"""The chat of a workspace and its proposals."""

from flask import Blueprint

from server.actions import access, messages
from server.extensions import limiter
from server.http.body import answer, before, empty, id_of, me, page, page_limit, read
from server.http.limits import person
from server.models import Message
from server.protocol.requests import DecideProposal, Empty, SendMessage

door = Blueprint("messages", __name__, url_prefix="/api")


@door.get("/workspaces/<id>/messages")
def index(id: str):
    access.member(me(), id_of(id))
    limit = page_limit()
    return page(Message.recent(id_of(id), limit + 1, before()), limit)


@door.post("/workspaces/<id>/messages")
@limiter.limit("120/minute", key_func=person)
def send(id: str):
    message, reply, is_new = messages.send(me(), id_of(id), read(SendMessage))
    return answer(202 if is_new else 200, message=message, reply=reply)


@door.post("/messages/<id>/stop")
def stop(id: str):
    read(Empty)
    return answer(message=messages.stop(me(), id_of(id)))


@door.post("/messages/<id>/retry")
@limiter.limit("120/minute", key_func=person)
def retry(id: str):
    read(Empty)
    return answer(202, message=messages.retry(me(), id_of(id)))


@door.delete("/messages/<id>")
def delete(id: str):
    messages.delete(me(), id_of(id))
    return empty()


@door.patch("/proposals/<id>")
def decide(id: str):
    return answer(proposal=messages.decide(me(), id_of(id), read(DecideProposal)))
