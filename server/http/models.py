"""The models that are connected, and what a prompt comes to."""

from flask import Blueprint

from server.actions import catalogue, prompting
from server.http.body import answer, me, read
from server.protocol.requests import ExpandPrompt

door = Blueprint("models", __name__, url_prefix="/api")


@door.get("/models")
def index():
    me()
    return answer(items=catalogue.models(), next=None)


@door.post("/prompt/expand")
def expand():
    me()
    return answer(**prompting.expand(read(ExpandPrompt)))
