"""The styles of a workspace."""

from flask import Blueprint

from server.actions import access, styles
from server.http.body import answer, empty, id_of, me, page_of, read
from server.models import Style
from server.protocol.requests import ChangeStyle, SaveStyle

door = Blueprint("styles", __name__, url_prefix="/api")


@door.get("/workspaces/<id>/styles")
def index(id: str):
    access.member(me(), id_of(id))
    return page_of(Style.of_workspace(id_of(id)))


@door.post("/workspaces/<id>/styles")
def create(id: str):
    style, is_new = styles.create(me(), id_of(id), read(SaveStyle))
    return answer(201 if is_new else 200, style=style)


@door.patch("/styles/<id>")
def change(id: str):
    return answer(style=styles.change(me(), id_of(id), read(ChangeStyle)))


@door.delete("/styles/<id>")
def delete(id: str):
    styles.delete(me(), id_of(id))
    return empty()
