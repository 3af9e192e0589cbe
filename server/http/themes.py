"""Themes: one's own."""

from flask import Blueprint
from sqlalchemy import select

from server.actions import themes
from server.extensions import db
from server.http.body import answer, empty, id_of, me, page_of, read
from server.models import Theme
from server.protocol.requests import ChangeTheme, SaveTheme

door = Blueprint("themes", __name__, url_prefix="/api/themes")


@door.get("")
def index():
    query = select(Theme).where(Theme.owner_id == me().id, Theme.deleted_at.is_(None))
    return page_of(list(db.session.scalars(query)))


@door.post("")
def create():
    theme, is_new = themes.create(me(), read(SaveTheme))
    return answer(201 if is_new else 200, theme=theme)


@door.patch("/<id>")
def change(id: str):
    return answer(theme=themes.change(me(), id_of(id), read(ChangeTheme)))


@door.delete("/<id>")
def delete(id: str):
    themes.delete(me(), id_of(id))
    return empty()
