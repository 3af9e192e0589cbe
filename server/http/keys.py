"""One's API keys."""

from flask import Blueprint

from server.actions import keys
from server.http.body import answer, empty, id_of, me, page_of, read
from server.models import ApiKey
from server.protocol.requests import CreateKey

door = Blueprint("keys", __name__, url_prefix="/api/keys")


@door.get("")
def index():
    return page_of(ApiKey.of_user(me().id))


@door.post("")
def create():
    key, secret = keys.create(me(), read(CreateKey))
    return answer(201, key=key, secret=secret)


@door.delete("/<id>")
def delete(id: str):
    keys.delete(me(), id_of(id))
    return empty()
